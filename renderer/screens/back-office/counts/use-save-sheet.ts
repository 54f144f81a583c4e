import type { StockCountView, StockMovedView } from "../../../../host/contract/stock-views.ts";
import { useCommand } from "../../../command/use-command.ts";
import { quantityOf } from "./sheet.tsx";
import { type AdjustReason, clearSheet, type Mode, type SheetLine } from "./sheet-store.ts";

/** What came of a sheet. */
export type Saved =
  | { readonly mode: "count"; readonly count: StockCountView }
  | { readonly mode: "receive" | "adjust"; readonly moved: StockMovedView };

export interface SheetToSave {
  readonly mode: Mode;
  readonly lines: readonly SheetLine[];
  readonly reason: AdjustReason;
  readonly note: string;
}

/** These take away, whatever sign was typed. */
const takesAway: ReadonlySet<AdjustReason> = new Set(["waste", "transfer-out"]);

/** Sends a sheet as the one command that it is; null where it was refused, and the notice says why. */
export function useSaveSheet() {
  const count = useCommand("stock.count");
  const receive = useCommand("stock.receive");
  const adjust = useCommand("stock.adjust");

  async function send(sheet: SheetToSave): Promise<Saved | null> {
    const { mode, lines } = sheet;
    const quantities = lines.map((line) => ({ sku: line.sku, milli: quantityOf(mode, line) ?? 0 }));
    const note = sheet.note.trim() === "" ? {} : { note: sheet.note.trim() };
    switch (mode) {
      case "count": {
        const result = await count.run({
          lines: quantities.map(({ sku, milli }) => ({ sku, countedMilli: milli })),
        });
        return result?.ok === true ? { mode, count: result.value } : null;
      }
      case "receive": {
        const result = await receive.run({
          lines: quantities.map(({ sku, milli }) => ({ sku, quantityMilli: milli })),
          ...note,
        });
        return result?.ok === true ? { mode, moved: result.value } : null;
      }
      case "adjust": {
        const { reason } = sheet;
        const sign = (milli: number) => (takesAway.has(reason) ? -Math.abs(milli) : milli);
        const result = await adjust.run({
          reason,
          lines: quantities.map(({ sku, milli }) => ({ sku, deltaMilli: sign(milli) })),
          ...note,
        });
        return result?.ok === true ? { mode, moved: result.value } : null;
      }
    }
  }

  async function save(sheet: SheetToSave): Promise<Saved | null> {
    const saved = await send(sheet);
    if (saved !== null) clearSheet(sheet.mode);
    return saved;
  }

  return { save, running: count.running || receive.running || adjust.running };
}
