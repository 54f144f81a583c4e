import { deflateRawSync, inflateRawSync } from "node:zlib";
import { failed, ok, type Result } from "../../domain/values/result.ts";
import type { WireFact } from "./wire.ts";

/**
 * [U6] Facts of a push as one string: DEFLATE (RFC 1951) of a frame, in base64. A receipt's text says
 * the same words again and again, so a batch shrinks to a tenth, and escaping, TLS and GraphQL see
 * the tenth only. AppSync takes no request with a `Content-Encoding`; a string argument it takes.
 *
 * The frame: the bodies' lengths in UTF-16 code units as a JSON array, a line feed, then hash and body of every fact
 * without anything between them, so that whatever a broken till wrote travels as it is.
 */
export function packFacts(facts: readonly WireFact[]): string {
  const lengths = facts.map(({ body }) => body.length).join(",");
  const parts = [`[${lengths}]\n`];
  for (const { hash, body } of facts) parts.push(hash, body);
  const frame = parts.join("");
  // Of what shrinks less the rest comes in further pieces.
  const options = { level: fastest, chunkSize: pieceSize(frame.length / 8) };
  return deflateRawSync(frame, options).toString("base64");
}

/** The next level costs half as much again and saves a fiftieth. */
const fastest = 1;

/** A few kilobytes can be made to unpack into gigabytes: more than a batch ever holds is not unpacked. */
const mostBytes = 16 * 1024 * 1024;

/** One piece as a rule: eighty of zlib's usual ones cost as much as the unpacking itself. */
function pieceSize(expected: number): number {
  return Math.min(2 ** 21, Math.max(2 ** 14, Math.ceil(expected)));
}

const hashLength = 64;

/** The facts of a pack; why not, in words, when it is none. Their hashes are yet to be checked. */
export function unpackFacts(packed: string): Result<WireFact[], string> {
  let frame: string;
  try {
    frame = inflateRawSync(Buffer.from(packed, "base64"), {
      maxOutputLength: mostBytes,
      chunkSize: pieceSize(packed.length * 8),
    }).toString("utf8");
  } catch {
    return failed("packed: this does not unpack, or to too much");
  }
  const start = frame.indexOf("\n") + 1;
  const lengths = lengthsOf(frame.slice(0, start));
  if (lengths === null) return failed("packed: the frame names no lengths");
  const facts: WireFact[] = [];
  let at = start;
  for (const length of lengths) {
    const body = at + hashLength;
    facts.push({ hash: frame.slice(at, body), body: frame.slice(body, body + length) });
    at = body + length;
  }
  return at === frame.length ? ok(facts) : failed("packed: the lengths are of other facts");
}

function lengthsOf(header: string): number[] | null {
  let value: unknown;
  try {
    value = JSON.parse(header);
  } catch {
    return null;
  }
  const isLength = (item: unknown) =>
    typeof item === "number" && Number.isSafeInteger(item) && item >= 0;
  return Array.isArray(value) && value.every(isLength) ? (value as number[]) : null;
}
