import type { IncomingMessage, ServerResponse } from "node:http";
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
    sendJson(response, answer.status, answer.body);
  };
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": bytes.length,
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
