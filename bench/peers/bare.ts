import { Agent, request } from "node:http";
import { join } from "node:path";
import Database from "better-sqlite3";
import { folder, rate, say, startServer, timed, versionOf } from "./measure.ts";
import { sale } from "./workload.ts";

/** The limits: SQLite alone, and HTTP between two SQLite files with nothing in between. */
const sales = 10_000;
const path = folder("bare");
const version = versionOf("better-sqlite3");

function open(name: string): Database.Database {
  const db = new Database(join(path, name));
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = FULL");
  return db;
}

const ledger = open("ledger.db");
ledger.exec(`
  CREATE TABLE sale (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL);
  CREATE TABLE stock (sku TEXT PRIMARY KEY, quantity INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
  CREATE TABLE outbox (seq INTEGER PRIMARY KEY);
  INSERT INTO counter VALUES ('seq', 0), ('acked', 0);
`);
const next = ledger.prepare<[], { value: number }>(
  "UPDATE counter SET value = value + 1 WHERE name = 'seq' RETURNING value",
);
const addSale = ledger.prepare("INSERT INTO sale VALUES (?, ?, ?)");
const moveStock = ledger.prepare(
  "INSERT INTO stock VALUES (?, ?) ON CONFLICT (sku) DO UPDATE SET quantity = quantity + excluded.quantity",
);
const addOutbox = ledger.prepare("INSERT INTO outbox VALUES (?)");
const sell = ledger.transaction(() => {
  const seq = next.get()?.value ?? 0;
  const sold = sale(seq);
  addSale.run(seq, sold.id, JSON.stringify(sold));
  for (const line of sold.lines) moveStock.run(line.sku, -line.qty);
  addOutbox.run(seq);
}).immediate;
say({ peer: "bare SQLite ledger", version, what: "insert", ...(await timed(sales, () => sell())) });

const server = await startServer("bare-server.ts", "50000");
const agent = new Agent({ keepAlive: true });
const readSales = ledger.prepare<[number], { seq: number; body: string }>(
  "SELECT seq, body FROM sale WHERE seq > ? ORDER BY seq LIMIT 500",
);
const acked = ledger.prepare<[], { value: number }>(
  "SELECT value FROM counter WHERE name = 'acked'",
);
const setAcked = ledger.prepare("UPDATE counter SET value = ? WHERE name = 'acked'");
const drained = await rate(async () => {
  for (;;) {
    const rows = readSales.all(acked.get()?.value ?? 0);
    const last = rows.at(-1);
    if (last === undefined) return acked.get()?.value ?? 0;
    await ask("POST", "/push", `[${rows.map(({ body }) => body).join(",")}]`);
    setAcked.run(last.seq);
  }
});
say({ peer: "bare HTTP", version: process.version, what: "drain", ...drained });

const products = open("products.db");
products.exec("CREATE TABLE product (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID");
const put = products.prepare("INSERT INTO product VALUES (?, ?)");
const take = products.transaction((documents: readonly { id: string }[]) => {
  for (const document of documents) put.run(document.id, JSON.stringify(document));
});
const pulled = await rate(async () => {
  let cursor = 0;
  for (let count = 0; ; ) {
    const page = JSON.parse(await ask("GET", `/?of=product&limit=2000&after=${cursor}`));
    if (page.documents.length === 0) return count;
    take(page.documents);
    cursor = page.cursor;
    count += page.documents.length;
  }
});
say({ peer: "bare HTTP", version: process.version, what: "pull-products", ...pulled });
await server.stop();
process.exit(0);

function ask(method: string, where: string, body = ""): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { agent, method, host: "127.0.0.1", port: server.port, path: where };
    const sent = request(options, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
    });
    sent.on("error", reject);
    sent.setHeader("content-length", Buffer.byteLength(body));
    sent.end(body);
  });
}
