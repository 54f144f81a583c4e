import { readFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import { createInterface } from "node:readline";
import type { z } from "zod";
import type { Admin, ImportReport, ImportRequest } from "./admin.ts";
import {
  codeSchema,
  createdSchema,
  doneSchema,
  editedSchema,
  errorSchema,
  exceptionListSchema,
  type ImportLine,
  importLineSchema,
  parkedListSchema,
  removedSchema,
  retriedSchema,
  storesSchema,
} from "./admin-protocol.ts";

/** Where a running store server's admin door is: what its ready line says. */
export interface AdminDoor {
  /** "https://127.0.0.1:port/admin" */
  readonly adminUrl: string;
  readonly adminTokenFile: string;
  readonly caFile: string;
}

/**
 * The same `Admin`, over the door of a server in another process. Rejects with what the server
 * said.
 */
export function createAdminClient(door: AdminDoor): Admin {
  async function call<T>(method: string, path: string, schema: z.ZodType<T>, body?: object) {
    const response = await send(door, { method, path, body });
    const answer: unknown = JSON.parse(await textOf(response));
    if (response.statusCode === 200) return schema.parse(answer);
    const { data } = errorSchema.safeParse(answer);
    throw new Error(data?.error ?? `the store server answered ${response.statusCode}`);
  }

  return {
    stores: async () => (await call("GET", "/stores", storesSchema)).stores,
    createStore: async (settings, people) =>
      (await call("POST", "/stores", createdSchema, { settings, people })).created,
    createEnrolmentCode: async (storeId, wanted = {}) =>
      (await call("POST", storePath(storeId, "enrolment-codes"), codeSchema, wanted)).code,
    removeProduct: async (storeId, sku) => {
      const path = storePath(storeId, `products/${encodeURIComponent(sku)}`);
      return (await call("DELETE", path, removedSchema)).removed;
    },
    editProduct: async ({ storeId, sku, changes, who }) => {
      const path = storePath(storeId, `products/${encodeURIComponent(sku)}`);
      return (await call("PATCH", path, editedSchema, { changes, who })).edited;
    },
    putPeople: async (storeId, people) => {
      await call("PUT", storePath(storeId, "people"), doneSchema, { people });
    },
    parked: async (storeId) =>
      (await call("GET", storePath(storeId, "parked"), parkedListSchema)).parked,
    retryParked: (storeId) => call("POST", storePath(storeId, "parked"), retriedSchema),
    exceptions: async (storeId) =>
      (await call("GET", storePath(storeId, "exceptions"), exceptionListSchema)).exceptions,
    importCatalogue: (wanted) => importCatalogue(door, wanted),
  };
}

async function importCatalogue(door: AdminDoor, wanted: ImportRequest): Promise<ImportReport> {
  const path = storePath(wanted.storeId, "catalogue");
  const response = await send(door, { method: "POST", path, body: { file: wanted.file } });
  if (response.statusCode !== 200) throw new Error(await textOf(response));
  for await (const text of createInterface({ input: response })) {
    const line = importLineSchema.parse(JSON.parse(text));
    const report = heard(line, wanted);
    if (report !== null) return report;
  }
  throw new Error("the store server stopped in the middle of the import; nothing was imported");
}

/** Hands a line on; the report ends the import. */
function heard(line: ImportLine, { onProgress, onRefused }: ImportRequest): ImportReport | null {
  switch (line.line) {
    case "progress":
      onProgress?.(line);
      return null;
    case "refused":
      onRefused?.(line);
      return null;
    case "failed":
      throw new Error(line.message);
    case "report": {
      const { imported, refused, unreadable } = line;
      return { imported, refused, unreadable };
    }
  }
}

function storePath(storeId: string, what: string): string {
  return `/stores/${encodeURIComponent(storeId)}/${what}`;
}

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body?: object | undefined;
}

function send(door: AdminDoor, { method, path, body }: Sent): Promise<IncomingMessage> {
  const token = readFileSync(door.adminTokenFile, "utf8").trim();
  return new Promise((resolve, reject) => {
    const sent = request(
      `${door.adminUrl}${path}`,
      {
        method,
        ca: readFileSync(door.caFile),
        agent: false,
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      },
      resolve,
    );
    sent.on("error", reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
