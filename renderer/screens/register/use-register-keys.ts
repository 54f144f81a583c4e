import { useEffect } from "react";
import type { Channel } from "../../../host/contract/channel.ts";
import type { ControlKey } from "../../../hardware/scanner/control-card.ts";
import { useChannel } from "../../channel/channel-context.tsx";
import { useCommand } from "../../command/use-command.ts";
import { useKeys } from "../../keyboard/key-handlers.ts";
import { navigate } from "../../router/route.ts";
import { useEntry, quantityOf } from "../../state/entry-store.ts";
import { useNotice } from "../../state/notice-store.ts";
import { usePane } from "../../state/pane-store.ts";
import { useRegister } from "../../state/register-store.ts";
import { useSelection } from "../../state/selection-store.ts";
import { focusSearch } from "./focus-search.ts";
import { type RegisterAction, registerActionOf } from "./register-actions.ts";
import { typeIntoSearch } from "./type-into-search.ts";
import { useGoods } from "./use-goods.ts";

/** Keys of the keyboard and of the control card, where no pane wanted them. */
export function useRegisterKeys(): void {
  const run = useRegisterActions();
  const goods = useGoods();

  useKeys("screen", (key: ControlKey) => {
    const typed = key === "DOT" ? "." : /^\d{1,2}$/.test(key) ? key : null;
    if (typed !== null) return typeIntoSearch(typed);
    if (key === "BACKSPACE" && useEntry.getState().text !== "") {
      useEntry.setState(({ text }) => ({ text: text.slice(0, -1) }));
      return true;
    }
    if (key === "ENTER" && useEntry.getState().text !== "") {
      goods.takeTyped();
      return true;
    }
    const action = registerActionOf(key);
    if (action === null) return false;
    run(action);
    return true;
  });

  useEffect(() => {
    // Two F5 in a row would load the page again in the middle of a sale.
    const refuse = (event: KeyboardEvent) => {
      if (event.key === "F5" && !event.ctrlKey) event.preventDefault();
    };
    window.addEventListener("keydown", refuse);
    return () => window.removeEventListener("keydown", refuse);
  }, []);
}

/** Carries out what a key or a button of the register means. */
export function useRegisterActions(): (action: RegisterAction) => void {
  const suspend = useCommand("cart.suspend");
  const remove = useCommand("cart.remove-line");
  const signOut = useCommand("session.sign-out");
  const channel = useChannel();
  return (action) => {
    const { open } = usePane.getState();
    const cart = useRegister.getState().view?.cart ?? null;
    switch (action) {
      case "search":
        return focusSearch();
      case "quantity":
        return askQuantity();
      case "suspend":
        return cart === null
          ? open({ kind: "suspended" })
          : void suspend.run({}).then((result) => result?.ok && usePane.getState().close());
      case "remove":
        return removeLine(remove.run);
      case "up":
        return moveSelection(-1);
      case "down":
        return moveSelection(1);
      case "back":
        return goBack();
      case "sign-out":
        return void leave(channel, signOut.run);
      case "back-office":
        return navigate("/back-office/today");
      case "pay":
        return open(cart === null ? { kind: "goods" } : { kind: "pay" });
      default:
        return open({ kind: action });
    }
  };
}

/** [P2] At the day's end what is unsent is shown first; signing out is one press further, and never refused. */
async function leave(
  channel: Channel,
  signOut: (input: object) => Promise<unknown>,
): Promise<void> {
  const leaving = await channel.call("leave.check", { what: "sign-out" });
  if (leaving.ok && leaving.value.reasons.length > 0) usePane.getState().open({ kind: "leave" });
  else void signOut({});
}

/**
 * F3: what was typed becomes the quantity of the next goods; else the lit line's quantity is asked.
 */
function askQuantity(): void {
  const typed = quantityOf(useEntry.getState().text);
  if (typed !== null) {
    useEntry.setState({ text: "", quantityMilli: typed });
    if (usePane.getState().pane.kind === "search") usePane.getState().close();
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    return;
  }
  usePane.getState().open({ kind: "quantity", lineId: useSelection.getState().lineId });
}

function removeLine(run: (input: { lineId: string }) => Promise<unknown>): void {
  const lines = useRegister.getState().view?.cart?.lines ?? [];
  const { lineId } = useSelection.getState();
  const line = lines.find((each) => each.lineId === lineId) ?? lines.at(-1);
  if (line !== undefined) void run({ lineId: line.lineId });
  useSelection.setState({ lineId: null });
}

function moveSelection(by: number): void {
  const lines = useRegister.getState().view?.cart?.lines ?? [];
  if (lines.length === 0) return;
  const { lineId } = useSelection.getState();
  const chosen = lines.findIndex((line) => line.lineId === lineId);
  const next = chosen < 0 ? (by < 0 ? lines.length - 1 : -1) : chosen + by;
  useSelection.setState({ lineId: lines[Math.max(next, 0)]?.lineId ?? null });
}

/**
 * Esc: out of the field, then the chosen line, the typed quantity, the pane, the notice: one thing
 * a press.
 */
function goBack(): void {
  const entry = useEntry.getState();
  const { pane, close } = usePane.getState();
  const notice = useNotice.getState().notices[0];
  if (entry.text !== "" || pane.kind === "search") {
    useEntry.setState({ text: "" });
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    if (pane.kind === "search") close();
  } else if (pane.kind !== "goods") close();
  else if (useSelection.getState().lineId !== null) useSelection.setState({ lineId: null });
  else if (entry.quantityMilli !== null) useEntry.setState({ quantityMilli: null });
  else if (notice !== undefined) useNotice.getState().dismiss(notice.id);
}
