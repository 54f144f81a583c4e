import type { IncomingMessage } from "node:http";
import { failed, ok, type Result } from "../../domain/values/result.ts";

/** [G2] AppSync's limit for a request. */
export const maxRequestBytes = 1_048_576;

/**
 * So much of a body that is too large is still taken from the line, so that the answer can be
 * heard.
 */
const drainedTimes = 16;

/** Reads a body of at most `maxBytes`; of a larger one nothing is kept. */
export async function readBody(
  request: IncomingMessage,
  maxBytes: number,
): Promise<Result<Buffer, "too-large">> {
  let chunks: Buffer[] = [];
  let bytes = 0;
  const isTooLarge = () =>
    bytes > maxBytes || Number(request.headers["content-length"] ?? 0) > maxBytes;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (isTooLarge()) chunks = [];
    else chunks.push(chunk);
    if (bytes > maxBytes * drainedTimes) break;
  }
  return isTooLarge() ? failed("too-large") : ok(Buffer.concat(chunks));
}
