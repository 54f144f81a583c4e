import { useTranslation } from "react-i18next";
import { TouchButton } from "../../controls/touch-button.tsx";
import type { Column } from "./column.ts";
import { csvOf } from "./csv.ts";
import { saveFile } from "./save-file.ts";

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
    saveFile(`${fileName}.csv`, "text/csv;charset=utf-8", [csvOf(header, cells)]);
  }

  return (
    <TouchButton disabled={rows.length === 0} title={t("exportHint")} onClick={save}>
      {t("export")}
    </TouchButton>
  );
}
