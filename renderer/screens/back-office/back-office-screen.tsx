export function BackOfficeScreen() {
  return null;
}
