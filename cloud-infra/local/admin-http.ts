import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { sha256Bytes } from "../service/sha256.ts";
import type { Admin } from "./admin.ts";
import {
  createStoreSchema,
  editSchema,
  type ImportLine,
  codeRequestSchema,
  importSchema,
  peopleSchema,
} from "./admin-protocol.ts";
import { sendJson } from "./graphql-http.ts";
import { readBody } from "./read-body.ts";

const maxAdminBytes = 262_144;

/**
 * The admin's door: `/admin/…`, from this machine only, with the token of a file that only the
 * server's owner can read. Paths name the thing, the method says what to do with it.
 */
export function createAdminHttp(admin: Admin, token: string) {
  const expected = sha256Bytes(`Bearer ${token}`);
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const given = sha256Bytes(request.headers.authorization ?? "");
    if (!isLoopback(request) || !timingSafeEqual(given, expected)) {
      sendJson(response, 401, { error: "the admin's token is wrong, or this is another machine" });
      return;
    }
    try {
      await serve(admin, request, response);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (response.headersSent) sendLine(response, { line: "failed", message }).end();
      else sendJson(response, 400, { error: message });
    }
  };
}

async function serve(admin: Admin, request: IncomingMessage, response: ServerResponse) {
  const path = new URL(request.url ?? "/", "https://localhost").pathname;
  const [, , stores, storeId = "", what, sku = ""] = path.split("/").map(decodeURIComponent);
  const call = stores === "stores" ? `${request.method} ${what ?? ""}`.trim() : "";
  switch (call) {
    case "GET":
      return sendJson(response, 200, { stores: await admin.stores() });
    case "POST": {
      const { settings, people } = createStoreSchema.parse(await readJson(request));
      return sendJson(response, 200, { created: await admin.createStore(settings, people) });
    }
    case "POST enrolment-codes": {
      const wanted = codeRequestSchema.parse(await readJson(request));
      const code = await admin.createEnrolmentCode(storeId, wanted);
      return sendJson(response, 200, { code });
    }
    case "DELETE products":
      return sendJson(response, 200, { removed: await admin.removeProduct(storeId, sku) });
    case "PATCH products": {
      const { changes, who } = editSchema.parse(await readJson(request));
      const edited = await admin.editProduct({ storeId, sku, changes, who });
      return sendJson(response, 200, { edited });
    }
    case "PUT people":
      await admin.putPeople(storeId, peopleSchema.parse(await readJson(request)).people);
      return sendJson(response, 200, { done: true });
    case "GET parked":
      return sendJson(response, 200, { parked: await admin.parked(storeId) });
    case "POST parked":
      return sendJson(response, 200, { ...(await admin.retryParked(storeId)) });
    case "GET exceptions":
      return sendJson(response, 200, { exceptions: await admin.exceptions(storeId) });
    case "POST catalogue":
      return importCatalogue(admin, storeId, request, response);
    default:
      return sendJson(response, 404, { error: `nothing at ${request.method} ${path}` });
  }
}

async function importCatalogue(
  admin: Admin,
  storeId: string,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const { file } = importSchema.parse(await readJson(request));
  response.writeHead(200, { "content-type": "application/x-ndjson" });
  const report = await admin.importCatalogue({
    storeId,
    file,
    onProgress: (progress) => void sendLine(response, { line: "progress", ...progress }),
    onRefused: (refusal) => void sendLine(response, { line: "refused", ...refusal }),
  });
  sendLine(response, { line: "report", ...report }).end();
}

function sendLine(response: ServerResponse, line: ImportLine): ServerResponse {
  response.write(`${JSON.stringify(line)}\n`);
  return response;
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const body = await readBody(request, maxAdminBytes);
  if (!body.ok) throw new Error("the request is too large");
  const text = body.value.toString("utf8");
  return text === "" ? {} : JSON.parse(text);
}

function isLoopback({ socket }: IncomingMessage): boolean {
  return ["127.0.0.1", "::1", "::ffff:127.0.0.1"].includes(socket.remoteAddress ?? "");
}
