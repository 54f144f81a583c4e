import { currentVersion } from "../../domain/catalogue/field-version.ts";
import { withOwnEdit } from "../../domain/catalogue/own-edit.ts";
import { beginPrice } from "../../domain/catalogue/pending-price.ts";
import { changedFields } from "../../domain/catalogue/product-edit.ts";
import type { Product } from "../../domain/catalogue/product.ts";
import type { Fact } from "../../domain/facts/fact.ts";
import type { Ledger } from "../../ledger/ledger.ts";

/**
 * [C3] Takes goods as a page tells them, inside one transaction. What this till changed and the cloud
 * has not judged yet lies over it: an older page undoes nothing on the screen. A price whose day has
 * come is the price. `heardUpTo`: the position in the journal up to which the cloud had heard of it when
 * the page was read; 0 where the page does not say.
 */
export function createTakeProduct(ledger: Ledger, heardUpTo: number): (told: Product) => void {
  const asHere = createAsHere(ledger, heardUpTo);
  return (told) => ledger.catalogue.upsert(asHere(told));
}

/**
 * [C3] The cloud has heard of the facts up to `position`. What the feed told before may have been its
 * judgement of them: the answer to a push can come later than a page.
 */
export function takeHeardEdits(ledger: Ledger, position: number): void {
  const told = ledger.ownEdits.heard(position);
  if (told.length === 0) return;
  // Whether it was, its base tells: the page was read before the answer came.
  const takeProduct = createTakeProduct(ledger, 0);
  for (const text of told) {
    const product = JSON.parse(text) as Product;
    // One that the store has taken out since stays out.
    if (ledger.catalogue.bySku(product.sku) !== null) takeProduct(product);
  }
}

/** [C3] A good as it is to stand here, by the cloud's word on it. */
export function createAsHere(ledger: Ledger, heardUpTo: number): (told: Product) => Product {
  const { journal, ownEdits, pendingPrices, settings } = ledger;
  const nothingEdited = ownEdits.isEmpty();
  let nothingBegun = pendingPrices.noneBegun();

  function withOwnEdits(told: Product): Product {
    let product = told;
    const edits = ownEdits.of(told.sku);
    if (edits.some(({ isHeard }) => !isHeard)) ownEdits.keepTold(told.sku, JSON.stringify(told));
    for (const { position, isHeard } of edits) {
      const fact = journal.at(position);
      if (fact?.type !== "product.edited") continue;
      const open = isHeard ? unjudged(product, fact) : fact;
      if (open === null || position <= heardUpTo) ownEdits.forget(position);
      else product = withOwnEdit(product, open);
    }
    return product;
  }

  function begun(product: Product): Product {
    const businessDate = settings.get("prices-of");
    const started = businessDate === null ? product : beginPrice(product, businessDate);
    if (started === product) return product;
    pendingPrices.keepBefore(product);
    nothingBegun = false;
    return started;
  }

  return (told) => {
    if (!nothingBegun) pendingPrices.forgetBefore(told.sku);
    const edited = nothingEdited ? told : withOwnEdits(told);
    return edited.pendingPrice === undefined ? edited : begun(edited);
  };
}

/**
 * The part of an edit that the cloud has heard of and this page does not know of yet: its base still
 * stands there. Once the cloud has judged an edit, whatever came of it, that version stands no more.
 */
function unjudged(told: Product, fact: Fact<"product.edited">): Fact<"product.edited"> | null {
  const { changes, base } = fact.payload;
  const fields = changedFields(changes).filter(
    (field) => currentVersion(told, field) === base[field],
  );
  if (fields.length === 0) return null;
  const left = Object.fromEntries(fields.map((field) => [field, changes[field]]));
  return { ...fact, payload: { ...fact.payload, changes: left } };
}
