import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCommand } from "../../../command/use-command.ts";
import classes from "./panes.module.css";

/** Prints a copy of a receipt, of the last one where none is named, and keeps which copy it was. */
export function useCopy() {
  const reprint = useCommand("receipt.reprint");
  const [printed, setPrinted] = useState<number | null>(null);

  async function print(saleId: string | null): Promise<boolean> {
    const result = await reprint.run(saleId === null ? {} : { saleId });
    if (result?.ok !== true) return false;
    setPrinted(result.value.copy);
    return true;
  }

  return { print, printed, running: reprint.running };
}

/** Says which copy is on its way to the printer. */
export function CopyDone({ copy }: { readonly copy: number | null }) {
  const { t } = useTranslation("receipts");
  if (copy === null) return null;
  return (
    <output className={classes.done}>
      <span aria-hidden>✓ </span>
      {t("reprinted", { copy })}
    </output>
  );
}
