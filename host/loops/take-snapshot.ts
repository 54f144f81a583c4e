import { z } from "zod";
import type { StockBases } from "../../domain/stock/stock-base.ts";
import { present } from "../../domain/values/assert.ts";
import type { Ledger } from "../../ledger/ledger.ts";
import { exceptionSchema, type WireException } from "../../sync/protocol/exceptions.ts";
import type { SnapshotPage, SnapshotSection } from "../../sync/protocol/snapshot.ts";
import {
  accountSchema,
  personSchema,
  productSchema,
  storeSettingsSchema,
} from "../../sync/protocol/wire.ts";
import { positionOf } from "./heard-chain.ts";
import { createAsHere } from "./take-product.ts";

/**
 * [D2] Takes a page of a snapshot over, inside one transaction: the goods in its range are the
 * store's from now on, and the page's place is kept with them. So a till goes on selling meanwhile,
 * and one that was stopped goes on with the next page. The journal and other tills' facts are not
 * touched. The last page opens the feed at its floor.
 */
export function createTakeSnapshotPage(
  ledger: Ledger,
  terminalId: string,
  takeException: (exception: WireException) => void,
): (page: SnapshotPage) => void {
  return (page) => {
    const underWay = present(ledger.snapshot.underWay(), "the snapshot that a page belongs to");
    for (const section of page.sections) {
      if (section.kind === "accounts") takeAccounts(ledger, section, page.chain);
      else takeSection(ledger, section, { chain: page.chain, takeException });
    }
    if (page.next !== null) {
      ledger.snapshot.moveOn(page);
      return;
    }
    ledger.snapshot.end();
    const { stampAtFloor: stamp, asOf: known, read = null } = page;
    ledger.snapshot.setSeen({ stamp, known, read });
    ledger.sync.setCursor(page.floor);
    ledger.hearsay.removeCovered(terminalId, 0);
    // [H6] Whoever lost it may ask this till for it.
    if (underWay.why === "cloud-restored") ledger.hearsay.addUncovered();
  };
}

/** [C5] */
function takeAccounts(
  ledger: Ledger,
  { text }: SnapshotSection,
  chain: SnapshotPage["chain"],
): void {
  const heardUpTo = positionOf(ledger, chain);
  for (const told of z.array(accountSchema).parse(JSON.parse(text))) {
    ledger.accounts.restate(told, heardUpTo);
  }
}

interface Taking {
  readonly chain: SnapshotPage["chain"];
  readonly takeException: (exception: WireException) => void;
}

function takeSection(
  ledger: Ledger,
  section: SnapshotSection,
  { chain, takeException }: Taking,
): void {
  const rows: unknown = JSON.parse(section.text);
  switch (section.kind) {
    case "settings":
      for (const settings of z.array(storeSettingsSchema).parse(rows)) {
        ledger.settings.set("store", settings);
      }
      return;
    case "people": {
      const people = z.array(personSchema).parse(rows);
      for (const person of people) ledger.people.upsert(person);
      ledger.people.keepOnly(people.map(({ personId }) => personId));
      return;
    }
    case "exceptions": {
      const open = z.array(exceptionSchema).parse(rows);
      ledger.exceptions.keepOpen(open.map(({ exceptionId }) => exceptionId));
      for (const exception of open) takeException(exception);
      return;
    }
    case "products": {
      const asHere = createAsHere(ledger, positionOf(ledger, chain));
      const products = z.array(productSchema).parse(rows).map(asHere);
      ledger.catalogueRange.replace(section, products, ownGoods(ledger, chain));
      if (section.upTo === null) ledger.settings.set("goods-in", true);
      return;
    }
    case "stock":
      ledger.projections.takeStockBases(rows as StockBases, section);
      return;
    default:
      // [V2] A newer cloud's: the feed after it is passed over likewise.
      ledger.snapshot.passOver(`snapshot:${section.kind}`, 0);
  }
}

/** Goods that this till made and the cloud has not heard of yet stay. Asked only where one would go. */
function ownGoods(ledger: Ledger, chain: SnapshotPage["chain"]): (sku: string) => boolean {
  const { journal, sync } = ledger;
  let skus: ReadonlySet<string> | null = null;
  return (sku) => {
    skus ??= new Set(unheardGoods());
    return skus.has(sku);
  };

  function* unheardGoods(): IterableIterator<string> {
    const head = journal.head();
    const mark = sync.mark();
    const begun = head.position - head.seq;
    const acked = begun + (mark.epoch === head.epoch ? mark.seq : 0);
    // What the cloud acknowledged since it read this page is not in it, nor what it had before a backup.
    const heardUpTo = chain ? Math.max(begun, positionOf(ledger, chain)) : acked;
    for (const { body } of journal.rows(heardUpTo + 1)) {
      // Most facts are sales: those need not be parsed.
      if (!body.includes('"type":"product.added"')) continue;
      yield (JSON.parse(body) as { payload: { sku: string } }).payload.sku;
    }
  }
}
