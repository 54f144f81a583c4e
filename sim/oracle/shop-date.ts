/** The business date by a clock on the shop's wall, which is in Berlin. */
export function dateInShop(atMs: number): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Berlin" }).format(atMs);
}
