/** Takes no props: reads the stores, closes itself with `usePane`. */
export function ShiftPane() {
  return null;
}
