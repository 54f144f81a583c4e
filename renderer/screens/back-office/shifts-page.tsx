import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ShiftSummaryView } from "../../../host/contract/views.ts";
import { useCommand } from "../../command/use-command.ts";
import { TouchButton } from "../../controls/touch-button.tsx";
import { ShiftDocument } from "../../documents/shift-document.tsx";
import { paperOfOpenShift, paperOfZ } from "../../documents/shift-paper.ts";
import { useFormats } from "../../formatting/use-formats.ts";
import { useRegister } from "../../state/register-store.ts";
import { besideDetail, type Sorting, sortRows } from "./column.ts";
import { DataTable } from "./data-table.tsx";
import { ExportButton } from "./export-button.tsx";
import { Detail, Page } from "./page.tsx";
import { RowCount } from "./row-count.tsx";
import { useShiftColumns } from "./shifts-columns.tsx";
import { usePages } from "./use-pages.ts";
import classes from "./back-office.module.css";

interface ShiftsPageProps {
  readonly chosen: string | null;
  readonly onChoose: (shiftId: string | null) => void;
}

/** Shifts, newest first; each with its stored Z, or how it stands. */
export function ShiftsPage({ chosen, onChoose }: ShiftsPageProps) {
  const { t } = useTranslation("back-office");
  const formats = useFormats();
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const columns = useShiftColumns();
  const pages = usePages("shifts.list", {}, { refreshOn: ["shifts", "sales"] });
  const rows = useMemo(
    () => sortRows(pages.rows, columns, sorting, formats.money.locale),
    [pages.rows, columns, sorting, formats],
  );
  const shift = pages.rows.find((each) => each.shiftId === chosen);

  return (
    <Page
      title={t("shifts.title")}
      failure={pages.failure}
      actions={
        <>
          <RowCount rows={rows.length} complete={pages.complete} />
          <ExportButton fileName="shifts" {...{ columns, rows }} />
        </>
      }
      detail={shift ? <ShiftDetail shift={shift} onClose={() => onChoose(null)} /> : null}
    >
      {pages.state !== "loading" && rows.length === 0 ? (
        <p className={classes.empty}>{t("shifts.empty")}</p>
      ) : (
        <DataTable
          label={t("shifts.table")}
          keyOf={(row) => row.shiftId}
          onOpen={(row) => onChoose(row.shiftId)}
          openKey={chosen ?? undefined}
          onEnd={pages.readMore}
          onSort={setSorting}
          columns={chosen === null ? columns : besideDetail(columns)}
          {...{ rows, sorting }}
        />
      )}
    </Page>
  );
}

function ShiftDetail(props: { readonly shift: ShiftSummaryView; readonly onClose: () => void }) {
  const { t } = useTranslation("back-office");
  const { shift, onClose } = props;
  const own = useRegister(({ view }) =>
    view?.shift?.shiftId === shift.shiftId ? view.shift : null,
  );
  const { z, running, tillNumber } = shift;
  return (
    <Detail onClose={onClose}>
      {z && (
        <>
          <ShiftDocument paper={paperOfZ(z)} tillNumber={tillNumber} />
          <ReprintZ shiftId={shift.shiftId} />
        </>
      )}
      {!z && running && (
        <>
          <ShiftDocument paper={paperOfOpenShift(shift, running, own)} tillNumber={tillNumber} />
          {(own === null || own.counted === null) && (
            <p className={classes.quiet}>{t("shifts.blind")}</p>
          )}
        </>
      )}
    </Detail>
  );
}

/** The same paper again, marked COPY: a fact, like the copy of a receipt. */
function ReprintZ({ shiftId }: { readonly shiftId: string }) {
  const { t } = useTranslation("back-office");
  const reprint = useCommand("shift.reprint");
  const [copy, setCopy] = useState<number | null>(null);
  const isSignedIn = useRegister(({ view }) => (view?.person ?? null) !== null);
  return (
    <p>
      <TouchButton
        disabled={!isSignedIn || reprint.running}
        onClick={() =>
          void reprint.run({ shiftId }).then((result) => {
            if (result?.ok === true) setCopy(result.value.copy);
          })
        }
      >
        {t("shifts.reprint")}
      </TouchButton>{" "}
      <output data-z-copy={copy}>{copy !== null && t("shifts.reprinted", { copy })}</output>
    </p>
  );
}
