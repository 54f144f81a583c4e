/** UnifiedPOS: DrawerOpened; `unknown` while the printer that the drawer hangs on is silent. */
export type DrawerState = "open" | "closed" | "unknown";

/**
 * The level of the drawer's pin while it is open. Most drawers close their switch when they open,
 * which pulls the pin low; with none plugged in the pin is high and reads as closed.
 */
export type OpenPin = "low" | "high";

/** What the printer that the drawer is plugged into says of its socket. */
export interface DrawerSocket {
  readonly connection: string;
  readonly drawerPin: "high" | "low" | null;
}

/** The drawer's state from its printer's status. */
export function drawerState(
  { connection, drawerPin }: DrawerSocket,
  openPin: OpenPin,
): DrawerState {
  if (drawerPin === null || connection !== "connected") return "unknown";
  return drawerPin === openPin ? "open" : "closed";
}

/**
 * DLE DC4 function 1: open the drawer now, on connector pin 2, for 200 ms. Not ESC p, which waits in
 * the printer's buffer while paper is out and then opens the drawer in front of someone else.
 */
export const drawerKick = Uint8Array.of(0x10, 0x14, 0x01, 0x00, 0x02);
