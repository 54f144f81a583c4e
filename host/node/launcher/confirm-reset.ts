import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

/** Typed by a person who means it. */
const resetWord = "delete";

/**
 * Asks on stderr and reads one line: true only for the word itself. Without a terminal the word must
 * come on stdin (`echo delete | npm start -- --reset`); nothing there is a no.
 */
export async function confirmReset(
  folder: string,
  input: Readable,
  say: (text: string) => void,
): Promise<boolean> {
  say(`--reset deletes everything this till sold and knows, in ${folder}`);
  say("Sales that were not sent to the store server yet are gone with it. There is no way back.");
  say(`Type ${resetWord} and press Enter to go on; anything else keeps everything:`);
  const lines = createInterface({ input });
  try {
    for await (const line of lines) return line.trim() === resetWord;
    return false;
  } finally {
    lines.close();
  }
}
