import { column, PowerSyncDatabase, Schema, Table } from "@powersync/node";
import { folder, rate, say, startServer, timed, versionOf } from "./measure.ts";
import { sale } from "./workload.ts";

/** PowerSync, told to fsync every commit (its default in Node does not), and its batch upload to the bare server. */
const sales = 10_000;
const peer = "PowerSync, synchronous=FULL";
const version = versionOf("@powersync/node");
const schema = new Schema({ sale: new Table({ seq: column.integer, body: column.text }) });
const db = new PowerSyncDatabase({
  schema,
  database: { dbFilename: "till.db", dbLocation: folder("powersync") },
});
await db.init();
await db.writeLock((tx) => tx.execute("PRAGMA synchronous = FULL"));

const inserted = await timed(sales, (seq) => {
  const sold = sale(seq);
  return db.execute("INSERT INTO sale (id, seq, body) VALUES (?, ?, ?)", [
    sold.id,
    seq,
    JSON.stringify(sold),
  ]);
});
say({ peer, version, what: "insert", ...inserted });

const server = await startServer("bare-server.ts");
const drained = await rate(async () => {
  for (let count = 0; ; ) {
    const batch = await db.getCrudBatch(500);
    if (!batch) return count;
    const body = JSON.stringify(
      batch.crud.map(({ opData }) => JSON.parse(opData?.["body"] as string)),
    );
    const answer = await fetch(`${server.url}/push`, { method: "POST", body });
    count += ((await answer.json()) as { stored: number }).stored;
    await batch.complete();
  }
});
say({ peer, version, what: "drain", ...drained, note: "to a bare server that judges nothing" });
await server.stop();
process.exit(0);
