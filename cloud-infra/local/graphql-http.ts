import type { IncomingMessage, ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import type { Authorizer } from "../handlers/authorize.ts";
import type { AppsyncApi } from "./appsync-api.ts";
import { malformed, unauthorised } from "./graphql-errors.ts";
import { maxRequestBytes, readBody } from "./read-body.ts";

/** [G3] `POST /graphql`, as AppSync answers it. */
export function createGraphqlHttp(api: AppsyncApi, authorize: Authorizer) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== "POST") {
      sendJson(response, 405, { errors: [malformed("GraphQL is asked with POST.")] });
      return;
    }
    const authorizationToken = request.headers.authorization ?? "";
    const caller = await authorize({ authorizationToken });
    if (!caller.isAuthorized) {
      const what = "You are not authorized to make this call.";
      sendJson(response, 401, { errors: [unauthorised(what)] });
      return;
    }
    const body = await readBody(request, maxRequestBytes);
    if (!body.ok) {
      // [G2] The rest is not read: the connection ends with the answer.
      response.setHeader("connection", "close");
      const message = `Request is larger than ${maxRequestBytes} bytes.`;
      sendJson(response, 413, { errors: [{ errorType: "RequestTooLarge", message }] });
      return;
    }
    const input = parseJson(body.value);
    const answer = await api.run(input, caller);
    sendJson(response, answer.status, answer.body, accepted(request));
  };
}

type Encoding = "gzip" | "identity";

/** As AppSync does: what a caller takes packed is packed. A till asks for it on a slow line only. */
function accepted({ headers }: IncomingMessage): Encoding {
  const accepts = /(^|[\s,])gzip\s*(,|$)/.test(headers["accept-encoding"] ?? "");
  return accepts ? "gzip" : "identity";
}

/** Below this an answer fits a packet or two as it is. */
const worthPacking = 1_024;

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  encoding: Encoding = "identity",
): void {
  const plain = Buffer.from(JSON.stringify(body));
  const isPacked = encoding === "gzip" && plain.length >= worthPacking;
  const bytes = isPacked ? gzipSync(plain, { level: 1 }) : plain;
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": bytes.length,
    ...(isPacked && { "content-encoding": "gzip" }),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  response.end(bytes);
}

/** Undefined for what is not JSON: the API refuses that in its own words. */
function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined;
  }
}
