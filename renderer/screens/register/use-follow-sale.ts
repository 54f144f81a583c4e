import { useEffect } from "react";
import type { RegisterView } from "../../../host/contract/views.ts";
import { useCardRefusal } from "../../state/card-refusal-store.ts";
import { useEntry } from "../../state/entry-store.ts";
import { useNotice } from "../../state/notice-store.ts";
import { usePane } from "../../state/pane-store.ts";
import { useRegister } from "../../state/register-store.ts";
import { useSelection } from "../../state/selection-store.ts";

/**
 * Turns to the pane that the sale asks for: the shift's while none is open, the change when a sale
 * was completed (by whatever tender, also a card that answered late), the goods when the next one
 * begins.
 */
export function useFollowSale(): void {
  useEffect(() => {
    const first = useRegister.getState().view;
    if (first !== null) follow(first, null);
    return useRegister.subscribe(({ view }, { view: before }) => {
      if (view !== null) follow(view, before);
    });
  }, []);
}

function follow(view: RegisterView, before: RegisterView | null): void {
  const { pane, open, close } = usePane.getState();
  const saleId = view.lastSale?.saleId ?? null;
  if (saleId !== null && saleId !== (before?.lastSale?.saleId ?? null)) {
    useSelection.setState({ lineId: null });
    useCardRefusal.setState({ why: null });
    useEntry.setState({ text: "", quantityMilli: null });
    for (const { id } of useNotice.getState().notices) useNotice.getState().dismiss(id);
    return open({ kind: "change" });
  }
  if (view.shift === null && pane.kind === "goods") return open({ kind: "shift" });
  const nextBegan = pane.kind === "change" && view.lastSale === null;
  const nothingToPay = pane.kind === "pay" && view.cart === null;
  if (nextBegan || nothingToPay) close();
}
