export function ControlCardScreen() {
  return null;
}
