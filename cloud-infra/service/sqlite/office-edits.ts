import type { Database } from "better-sqlite3";
import type { FieldState } from "../../../domain/catalogue/merge-field.ts";
import { stampAfter, unedited } from "../../../domain/catalogue/field-version.ts";
import { beginPrice } from "../../../domain/catalogue/pending-price.ts";
import { changedFields, isPendingPrice } from "../../../domain/catalogue/product-edit.ts";
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

/** The price's version is the pending one's, as on the tills: whoever edits it next names it. */
function beginPrices(
  { numbers, openFeed, effects }: OfficeTools,
  { storeId, businessDate, atMs }: PriceBeginning,
): number {
  const storeNo = numbers.store(storeId);
  const { fields, edits } = effects;
  const due = fields.due(storeNo, businessDate);
  if (due.length === 0) return 0;
  const feed = openFeed(storeNo);
  for (const sku of due) {
    const found = edits.stored(storeNo, sku);
    const known = fields.of(storeNo, sku);
    const pending = known.get("pendingPrice");
    if (pending === undefined) continue;
    const none = { ...filedNothing, atMs };
    fields.put(storeNo, sku, "pendingPrice", none);
    if (found === null) continue;
    const product = beginPrice(found.product, businessDate);
    // What a person is asked about who takes it back too late: since when, and the price before.
    const { priceMinor: before } = found.product;
    if (isPendingPrice(pending.value) && before !== null) {
      const rootValue = { effectiveOn: pending.value.effectiveOn, priceMinor: before };
      fields.put(storeNo, sku, "pendingPrice", { ...none, rootValue });
    }
    const price = known.get("priceMinor") ?? filedState(found.product, "priceMinor", 0);
    const { version, origin, who, terminalId, root } = pending;
    const from = terminalId === undefined ? {} : { terminalId };
    const said = { root, rootValue: price.rootValue };
    const begun = { version, origin, who, ...from, ...said, value: product.priceMinor };
    const state = { ...begun, atMs: pending.atMs };
    fields.put(storeNo, sku, "priceMinor", state);
    const place = { storeId, storeNo, feed, atMs };
    edits.conflicts.stands(place, sku, "priceMinor", state);
    edits.write(place, product);
  }
  feed.finish();
  return due.length;
}

const filedNothing: Omit<FieldState, "atMs"> = {
  ...{ value: null, version: unedited(null), origin: "head-office", who: "file" },
  ...{ root: unedited(null), rootValue: null },
};

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
