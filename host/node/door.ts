import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";

/**
 * Who may come in by the browser. Each printed address carries a token that opens once; the browser
 * that used it is known from then on by a cookie. What is remembered survives a crash of the till, so
 * that an open page comes back by itself and a spent token stays spent.
 */
export interface Door {
  /** Spends a token. The cookie value for the browser that brought it, or null. */
  enter(token: string): string | null;
  isKnown(cookie: string): boolean;
  readonly cookieMaxAgeSeconds: number;
}

const stateSchema = z.object({
  /** Signs the cookies; base64url. */
  key: z.string().min(43),
  /** SHA-256 of the tokens already used, the oldest first. */
  spent: z.array(z.string()),
});

const cookieMaxAgeSeconds = 30 * 24 * 3600;
const spentKept = 200;

/** A fresh token for an address: 256 bits, URL-safe. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** Opens the door for `tokens`; its memory is `file`, readable by this user only. */
export function openDoor(file: string, tokens: readonly string[]): Door {
  const state = load(file);
  const open = new Set(tokens.map(digest).filter((token) => !state.spent.includes(token)));

  function sign(text: string): string {
    return createHmac("sha256", state.key).update(text).digest("base64url");
  }

  return {
    cookieMaxAgeSeconds,
    enter(token) {
      const digested = digest(token);
      if (!open.delete(digested)) return null;
      state.spent = [...state.spent, digested].slice(-spentKept);
      save(file, state);
      const expiresAtMs = Date.now() + cookieMaxAgeSeconds * 1000;
      const text = `${randomBytes(16).toString("base64url")}.${expiresAtMs}`;
      return `${text}.${sign(text)}`;
    },
    isKnown(cookie) {
      const at = cookie.lastIndexOf(".");
      if (at < 0) return false;
      const text = cookie.slice(0, at);
      const given = Buffer.from(cookie.slice(at + 1));
      const right = Buffer.from(sign(text));
      if (given.length !== right.length || !timingSafeEqual(given, right)) return false;
      return Number(text.split(".")[1]) > Date.now();
    },
  };
}

function digest(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

function load(file: string): z.infer<typeof stateSchema> {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    // First start, or somebody damaged it: open pages must then come in by a new address.
    const state = { key: randomBytes(32).toString("base64url"), spent: [] };
    save(file, state);
    return state;
  }
}

function save(file: string, state: z.infer<typeof stateSchema>): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify(state), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
