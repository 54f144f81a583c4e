import { createRxDatabase, type RxCollection } from "rxdb";
import { replicateRxCollection } from "rxdb/plugins/replication";
import { getRxStorageMemory } from "rxdb/plugins/storage-memory";
import { rate, say, startServer, timed, versionOf } from "./measure.ts";
import { product, sale } from "./workload.ts";

/** RxDB in memory: its free storages in Node keep nothing on a disk, or stop after 250 sales. */
const sales = 10_000;
const peer = "RxDB in memory";
const version = versionOf("rxdb");
const note = "nothing is on a disk at the till";
const server = await startServer("bare-server.ts", "50000");

function schemaOf(example: Readonly<Record<string, unknown>>) {
  const properties = Object.fromEntries(
    Object.entries(example).map(([name, value]) => [name, typeOf(name, value)]),
  );
  return { version: 0, primaryKey: "id", type: "object", properties, required: ["id"] } as const;
}

function typeOf(name: string, value: unknown) {
  if (name === "id") return { type: "string", maxLength: 64 };
  return Array.isArray(value)
    ? { type: "array", items: { type: "object" } }
    : { type: typeof value };
}

async function open(name: string) {
  const storage = getRxStorageMemory();
  const db = await createRxDatabase({ name, storage, multiInstance: false });
  return db.addCollections({
    sale: { schema: schemaOf(sale(1)) as never },
    product: { schema: schemaOf(product(1)) as never },
  });
}

const first = await open("first");
say({
  peer,
  version,
  what: "insert",
  ...(await timed(sales, (n) => first.sale.insert(sale(n)))),
  note,
});

const post = async (rows: unknown) => {
  const sent = { method: "POST", body: JSON.stringify(rows) };
  return (await fetch(`${server.url}/push-assumed`, sent)).json() as Promise<never[]>;
};
const drained = await rate(async () => {
  const up = replicateRxCollection({
    collection: first.sale as RxCollection,
    replicationIdentifier: "up",
    live: false,
    push: { batchSize: 500, handler: post },
  });
  await up.awaitInitialReplication();
  return sales;
});
say({ peer, version, what: "drain", ...drained, note });

const second = await open("second");
for (const [what, of] of [
  ["pull-sales", "sale"],
  ["pull-products", "product"],
] as const) {
  const collection = second[of] as RxCollection;
  const pulled = await rate(async () => {
    await replicateRxCollection({
      collection,
      replicationIdentifier: what,
      live: false,
      pull: { batchSize: 1_000, handler: (cursor, limit) => page(of, cursor, limit) },
    }).awaitInitialReplication();
    return collection.count().exec();
  });
  say({ peer, version, what, ...pulled, note });
}
await server.stop();

// One sale of 200 that the server refuses: what of the others?
const poisoned = await open("poisoned");
for (let n = 1; n <= 200; n++) await poisoned.sale.insert(sale(n));
const stored = new Set<number>();
replicateRxCollection({
  collection: poisoned.sale as RxCollection,
  replicationIdentifier: "poisoned",
  live: true,
  retryTime: 200,
  push: {
    batchSize: 10,
    handler: async (rows) => {
      const seqs = rows.map(({ newDocumentState }) => (newDocumentState as { seq: number }).seq);
      if (seqs.includes(50)) throw new Error("422");
      for (const seq of seqs) stored.add(seq);
      return [];
    },
  },
});
await new Promise((resolve) => setTimeout(resolve, 6_000));
say({
  peer,
  version,
  what: "poison",
  count: stored.size,
  note: "of 200 stored after 6 s; the batch is sent for ever",
});
process.exit(0);

async function page(of: string, checkpoint: unknown, limit: number) {
  const after = (checkpoint as { cursor: number } | undefined)?.cursor ?? 0;
  const answer = await fetch(`${server.url}/?of=${of}&limit=${limit}&after=${after}`);
  const { cursor, documents } = (await answer.json()) as { cursor: number; documents: object[] };
  return {
    documents: documents.map((document) => ({ ...document, _deleted: false })) as never[],
    checkpoint: { cursor },
  };
}
