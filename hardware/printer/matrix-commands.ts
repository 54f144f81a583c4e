import type { Command } from "./decode.ts";
import type { PaperAlign, PaperMatrix } from "./paper.ts";

/** Two-dimensional codes, GS ( k: symbol storage, module sizes, print. */
export interface MatrixCodes {
  /** What is printed, "stored" for a command that only sets something, null for one of another kind. */
  run(command: Command, align: PaperAlign): PaperMatrix | "stored" | null;
}

const kinds: Readonly<Record<number, PaperMatrix["kind"]>> = { 0x30: "pdf417", 0x31: "qr" };

export function createMatrixCodes(): MatrixCodes {
  const stored = new Map<string, { data: string; moduleDots: number }>();
  return {
    run({ op, data }, align) {
      if (op !== "GS ( k") return null;
      const [symbol = 0, fn = 0] = data;
      const kind = kinds[symbol];
      if (kind === undefined) return "stored";
      const code = stored.get(kind) ?? { data: "", moduleDots: 3 };
      if (fn === 0x43) stored.set(kind, { ...code, moduleDots: data[2] ?? 3 });
      if (fn === 0x50) {
        stored.set(kind, { ...code, data: new TextDecoder("latin1").decode(data.subarray(3)) });
      }
      if (fn !== 0x51) return "stored";
      return { kind, data: code.data, moduleDots: code.moduleDots, align };
    },
  };
}
