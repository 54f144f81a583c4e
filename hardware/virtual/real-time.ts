/** What a printer obeys while the bytes arrive, before and whatever it is printing. */
export type RealTimeCommand =
  | { readonly kind: "status"; readonly n: 1 | 2 | 3 | 4 }
  | { readonly kind: "pulse"; readonly pin: number }
  | { readonly kind: "clear" };

/**
 * Finds real-time commands in a stream, in text, pictures and everywhere, as an Epson does. Keeps the
 * beginning of one that is cut in two by the network.
 */
export function createRealTimeScanner(): (bytes: Uint8Array) => RealTimeCommand[] {
  let tail: number[] = [];
  return (bytes) => {
    const stream = [...tail, ...bytes];
    tail = [];
    const found: RealTimeCommand[] = [];
    for (let i = 0; i < stream.length; i++) {
      if (stream[i] !== 0x10) continue;
      const cut = commandAt(stream, i);
      if (cut === "incomplete") {
        tail = stream.slice(i);
        break;
      }
      if (cut === null) continue;
      found.push(cut.command);
      i += cut.length - 1;
    }
    return found;
  };
}

const clearSequence = [1, 3, 20, 1, 6, 2, 8] as const;

function commandAt(
  stream: readonly number[],
  at: number,
): { command: RealTimeCommand; length: number } | "incomplete" | null {
  const [, second, fn, m, t] = stream.slice(at, at + 5);
  if (second === undefined) return "incomplete";
  if (second === 0x04) {
    if (fn === undefined) return "incomplete";
    if (fn !== 1 && fn !== 2 && fn !== 3 && fn !== 4) return null;
    return { command: { kind: "status", n: fn }, length: 3 };
  }
  if (second !== 0x14) return null;
  if (fn === undefined) return "incomplete";
  if (fn === 1) {
    if (m === undefined || t === undefined) return "incomplete";
    return m <= 1 && t >= 1 && t <= 8 ? { command: { kind: "pulse", pin: m }, length: 5 } : null;
  }
  if (fn !== 8) return null;
  const rest = stream.slice(at + 3, at + 10);
  if (!rest.every((byte, i) => byte === clearSequence[i])) return null;
  return rest.length < 7 ? "incomplete" : { command: { kind: "clear" }, length: 10 };
}
