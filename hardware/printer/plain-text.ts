import { unreachable } from "../../domain/values/assert.ts";
import { createInterpreter, type Interpreter } from "./interpreter.ts";
import { commandsOf } from "./decode.ts";
import { characterDots, type PaperItem, type PaperLine } from "./paper.ts";

/** Everything that `bytes` put on paper of a given width, as a printer just switched on would print it. */
export function paperOf(bytes: Uint8Array, paperDots: number): PaperItem[] {
  return itemsOf(bytes, createInterpreter(paperDots));
}

/** What `bytes` add to the paper of a printer that has printed before. */
export function itemsOf(bytes: Uint8Array, interpreter: Interpreter): PaperItem[] {
  return commandsOf(bytes).commands.flatMap((command) =>
    interpreter.run(command).flatMap((effect) => (effect.kind === "item" ? [effect.item] : [])),
  );
}

/**
 * The paper as lines of text, for people who cannot see the picture and for tests. Codes stand in
 * brackets; a line that came as a picture says only that, since its letters are dots.
 */
export function plainTextOf(items: readonly PaperItem[]): string[] {
  return items.flatMap((item) => {
    switch (item.kind) {
      case "line":
        return [textOfLine(item).trimEnd()];
      case "raster":
        return [`[picture ${item.widthDots * item.scaleX}×${item.heightDots * item.scaleY}]`];
      case "barcode":
        return [`[${item.symbology} ${item.data}]`];
      case "qr":
      case "pdf417":
        return [`[${item.kind} ${item.data}]`];
      case "feed":
        return [""];
      case "cut":
        return [];
      default:
        return unreachable(item);
    }
  });
}

/** One line's characters with spaces up to where each run begins, and before a centred or right one. */
function textOfLine(line: PaperLine): string {
  let text = "";
  let dots = 0;
  for (const run of line.runs) {
    if (run.xDots !== null && run.xDots > dots) {
      text += " ".repeat(Math.floor((run.xDots - dots) / 12));
      dots = run.xDots;
    }
    text += run.picture ? "[picture]" : run.text;
    dots +=
      run.picture?.widthDots ?? Array.from(run.text).length * characterDots(run.style).widthDots;
  }
  const spare = Math.max(0, line.areaDots - dots);
  if (line.align === "left") return text;
  return " ".repeat(Math.floor(spare / (line.align === "center" ? 24 : 12))) + text;
}
