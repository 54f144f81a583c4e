import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import Database from "better-sqlite3";
import { serving } from "./measure.ts";
import { product } from "./workload.ts";

/**
 * The least that a backend can do and still be durable: a batch of documents becomes rows of SQLite in one transaction,
 * fsynced before the answer. It checks nothing. For the peers that leave the backend to their users, and as the limit.
 */
const [, , folder = ".", products = "0"] = process.argv;
const db = new Database(join(folder, "server.db"));
db.pragma("journal_mode = WAL");
db.pragma("synchronous = FULL");
for (const table of ["sale", "product"]) {
  db.exec(
    `CREATE TABLE ${table} (position INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, body TEXT NOT NULL)`,
  );
}
const insertSale = db.prepare(
  "INSERT INTO sale (id, body) VALUES (?, ?) ON CONFLICT (id) DO NOTHING",
);
const insertProduct = db.prepare("INSERT INTO product (id, body) VALUES (?, ?)");
const held = db.prepare<[string], { body: string }>("SELECT body FROM sale WHERE id = ?");
db.transaction(() => {
  for (let n = 0; n < Number(products); n++) {
    const good = product(n);
    insertProduct.run(good.id, JSON.stringify(good));
  }
})();

interface Document {
  readonly id: string;
}

const push = db.transaction((sales: readonly Document[]) => {
  let stored = 0;
  for (const sale of sales) stored += insertSale.run(sale.id, JSON.stringify(sale)).changes;
  return { stored };
});

/** RxDB's protocol: what was not expected to be here comes back as a conflict. */
const pushAssumed = db.transaction(
  (rows: readonly { newDocumentState: Document; assumedMasterState?: Document }[]) => {
    const conflicts: unknown[] = [];
    for (const { newDocumentState: sale, assumedMasterState } of rows) {
      const here = held.get(sale.id);
      if (here !== undefined && assumedMasterState === undefined) {
        conflicts.push(JSON.parse(here.body));
      } else insertSale.run(sale.id, JSON.stringify(sale));
    }
    return conflicts;
  },
);

const pages = Object.fromEntries(
  ["sale", "product"].map((table) => [
    table,
    db.prepare<[number, number], { position: number; body: string }>(
      `SELECT position, body FROM ${table} WHERE position > ? ORDER BY position LIMIT ?`,
    ),
  ]),
);

function page({ searchParams }: URL): string {
  const after = Number(searchParams.get("after") ?? 0);
  const rows =
    pages[searchParams.get("of") ?? "sale"]?.all(
      after,
      Number(searchParams.get("limit") ?? 1_000),
    ) ?? [];
  const documents = rows.map(({ body }) => body).join(",");
  return `{"cursor":${rows.at(-1)?.position ?? after},"documents":[${documents}]}`;
}

async function read(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString("utf8"));
}

const server = createServer((request, response) => {
  const url = new URL(request.url ?? "/", "http://localhost");
  if (request.method === "GET") {
    response.end(page(url));
    return;
  }
  void read(request).then((body) => {
    const answer =
      url.pathname === "/push-assumed" ? pushAssumed(body as never) : push(body as never);
    response.end(JSON.stringify(answer));
  });
});
server.listen(0, "127.0.0.1", () => serving((server.address() as AddressInfo).port));
