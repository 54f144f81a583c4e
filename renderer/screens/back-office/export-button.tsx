import { useTranslation } from "react-i18next";
import { TouchButton } from "../../controls/touch-button.tsx";
import type { Column } from "./column.ts";
import { csvOf } from "./csv.ts";

interface ExportButtonProps<Row> {
  /** Without the ending, e.g. "sales-2026-11-23". */
  readonly fileName: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
}

/** Saves what the table shows, in the order it shows it. The file is made here and goes nowhere else. */
export function ExportButton<Row>({ fileName, columns, rows }: ExportButtonProps<Row>) {
  const { t } = useTranslation("back-office");

  function save(): void {
    const header = columns.map((column) => column.title);
    const cells = rows.map((row) =>
      columns.map((column) => (column.cell ?? column.sortValue)(row)),
    );
    const file = new Blob([csvOf(header, cells)], { type: "text/csv;charset=utf-8" });
    const address = URL.createObjectURL(file);
    const link = document.createElement("a");
    link.href = address;
    link.download = `${fileName}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 1_000);
  }

  return (
    <TouchButton disabled={rows.length === 0} title={t("exportHint")} onClick={save}>
      {t("export")}
    </TouchButton>
  );
}
