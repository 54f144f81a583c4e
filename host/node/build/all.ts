import { ensureDesktop } from "./desktop.ts";
import { ensurePages } from "./pages.ts";

/** `npm run build`: whatever is not fresh. */
const say = (text: string) => process.stderr.write(`${text}\n`);
await ensurePages(say);
await ensureDesktop(say);
