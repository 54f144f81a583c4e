import { useRegister } from "../../../state/register-store.ts";
import { ShiftClosePane } from "./shift-close-pane.tsx";
import { ShiftClosedPane } from "./shift-closed-pane.tsx";
import { ShiftOpenPane } from "./shift-open-pane.tsx";
import { useShiftClosing } from "./shift-store.ts";

/** Opens a shift where none is open, else closes it; after the close its stored Z stands here. */
export function ShiftPane() {
  const shift = useRegister((state) => state.view?.shift ?? null);
  const { closing, closed } = useShiftClosing();
  if (closed !== null) return <ShiftClosedPane z={closed.z} />;
  if (shift === null) return closing ? null : <ShiftOpenPane />;
  return <ShiftClosePane key={shift.shiftId} shift={shift} />;
}
