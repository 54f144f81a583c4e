import type { Database } from "better-sqlite3";
import { stampAfter } from "../../../domain/catalogue/field-version.ts";
import { changedFields } from "../../../domain/catalogue/product-edit.ts";
import { canonicalJson } from "../../../domain/facts/canonical.ts";
import type { WirePerson } from "../../../sync/protocol/wire.ts";
import type { CataloguePort, OfficeEdit, PriceBeginning } from "../catalogue-port.ts";
import type { EffectTools } from "./fact-effects.ts";
import type { OpenFeed } from "./feed.ts";
import type { Numbers } from "./numbers.ts";
import { filedState } from "./product-fields.ts";

interface OfficeTools {
  readonly numbers: Numbers;
  readonly openFeed: OpenFeed;
  readonly effects: EffectTools;
}

/** [C3] [C6] What the head office changes, each a change of the feed. */
export function createOfficeEdits(
  db: Database,
  tools: OfficeTools,
): Pick<CataloguePort, "editProduct" | "beginPrices" | "putPeople"> {
  const edit = db.transaction((wanted: OfficeEdit) => editProduct(tools, wanted));
  const begin = db.transaction((wanted: PriceBeginning) => beginPrices(tools, wanted));
  const put = createPutPeople(db, tools);
  return {
    editProduct: async (wanted) => edit.immediate(wanted),
    beginPrices: async (wanted) => begin.immediate(wanted),
    putPeople: async (storeId, people) => put(storeId, people),
  };
}

function editProduct({ numbers, openFeed, effects }: OfficeTools, wanted: OfficeEdit): boolean {
  const { storeId, sku, changes, who, editId, atMs } = wanted;
  const storeNo = numbers.store(storeId);
  const found = effects.edits.stored(storeNo, sku);
  if (found === null) return false;
  const known = effects.fields.of(storeNo, sku);
  const edits = changedFields(changes).map((field) => {
    // The head office sees what stands: it asks the cloud itself.
    const state = known.get(field) ?? filedState(found.product, field, found.changedAtMs);
    const stampMs = stampAfter(atMs, [state.version]);
    const made = { editId, origin: "head-office", who, atMs } as const;
    return { field, value: changes[field] ?? null, base: state.version, stampMs, ...made };
  });
  const feed = openFeed(storeNo);
  effects.edits.edit({ storeId, storeNo, feed, atMs }, sku, edits);
  feed.finish();
  return true;
}

function beginPrices(
  { numbers, openFeed, effects }: OfficeTools,
  { storeId, businessDate, atMs }: PriceBeginning,
): number {
  const storeNo = numbers.store(storeId);
  const { fields, edits } = effects;
  const due = fields.due(storeNo, businessDate);
  if (due.length === 0) return 0;
  const feed = openFeed(storeNo);
  const place = { storeId, storeNo, feed, atMs };
  for (const sku of due) {
    const found = edits.stored(storeNo, sku);
    if (found === null) edits.pending.forget(place, sku);
    else edits.write(place, edits.pending.begin(place, found.product));
  }
  feed.finish();
  return due.length;
}

function createPutPeople(db: Database, { numbers, openFeed }: OfficeTools) {
  const position = db
    .prepare<[number, string], number>(
      "SELECT position FROM person WHERE store_no = ? AND person_id = ?",
    )
    .pluck();
  const upsert = db.prepare(
    `INSERT INTO person (store_no, person_id, text, position) VALUES (?, ?, ?, ?)
     ON CONFLICT (store_no, person_id) DO UPDATE SET text = excluded.text,
       position = excluded.position`,
  );
  const put = db.transaction((storeId: string, people: readonly WirePerson[]): void => {
    const storeNo = numbers.store(storeId);
    const feed = openFeed(storeNo);
    for (const person of people) {
      const old = position.get(storeNo, person.personId);
      if (old !== undefined) feed.forget(old);
      const place = feed.append({ kind: "person", subject: person.personId });
      upsert.run(storeNo, person.personId, canonicalJson(person), place);
    }
    feed.finish();
  });
  return (storeId: string, people: readonly WirePerson[]) => put.immediate(storeId, people);
}
