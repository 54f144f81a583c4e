import { withOwnEdit } from "../../domain/catalogue/own-edit.ts";
import { beginPrice } from "../../domain/catalogue/pending-price.ts";
import type { Product } from "../../domain/catalogue/product.ts";
import type { Ledger } from "../../ledger/ledger.ts";

/**
 * [C3] Takes goods as the feed tells them, inside one transaction. What this till changed and the cloud
 * has not acknowledged yet lies over it: an older page undoes nothing on the screen. A price whose day
 * has come is the price.
 */
export function createTakeProduct(ledger: Ledger): (told: Product) => void {
  const asHere = createAsHere(ledger);
  return (told) => ledger.catalogue.upsert(asHere(told));
}

/** [C3] A good as it is to stand here, by the cloud's word on it. */
export function createAsHere(ledger: Ledger): (told: Product) => Product {
  const { journal, ownEdits, settings } = ledger;
  const nothingEdited = ownEdits.isEmpty();

  function withOwnEdits(told: Product): Product {
    return ownEdits.of(told.sku).reduce((product, position) => {
      const fact = journal.at(position);
      return fact?.type === "product.edited" ? withOwnEdit(product, fact) : product;
    }, told);
  }

  function begun(product: Product): Product {
    const businessDate = settings.get("prices-of");
    return businessDate === null ? product : beginPrice(product, businessDate);
  }

  return (told) => {
    const edited = nothingEdited ? told : withOwnEdits(told);
    return edited.pendingPrice === undefined ? edited : begun(edited);
  };
}
