import { currentVersion } from "../../domain/catalogue/field-version.ts";
import {
  changedFields,
  type EditedField,
  editedFields,
  type FieldValue,
} from "../../domain/catalogue/product-edit.ts";
import type { Product } from "../../domain/catalogue/product.ts";
import type { ProductEditView } from "../contract/product-views.ts";
import type { Till } from "../state/till.ts";

export function productEditView(till: Till, product: Product): ProductEditView {
  return {
    sku: product.sku,
    name: product.name,
    brand: product.brand ?? null,
    category: product.category ?? null,
    favourite: product.favourite ?? null,
    gtins: product.gtins,
    plu: product.plu ?? null,
    priceMinor: product.priceMinor,
    unit: product.unit,
    taxCategory: product.taxCategory,
    pendingPrice: product.pendingPrice ?? null,
    stockMilli: till.ledger.stock.levelMilli(product.sku),
    versions: Object.fromEntries(
      editedFields.map((field) => [field, currentVersion(product, field)]),
    ),
    unsent: unsentOf(till, product.sku),
    conflicts: conflictsOf(till, product.sku),
  };
}

function unsentOf({ ledger }: Till, sku: string) {
  const latest = new Map<EditedField, FieldValue>();
  for (const { position, isHeard } of ledger.ownEdits.of(sku)) {
    if (isHeard) continue;
    const fact = ledger.journal.at(position);
    if (fact?.type !== "product.edited") continue;
    const { changes } = fact.payload;
    for (const field of changedFields(changes)) latest.set(field, changes[field] ?? null);
  }
  return [...latest].map(([field, value]) => ({ field, value }));
}

const mostConflicts = 1_000;

/** The subject of an `edit-conflict` begins with the SKU, that of a `code-conflict` ends with it. */
function conflictsOf({ ledger }: Till, sku: string): string[] {
  const open = (kind: string, isAbout: (subject: string) => boolean) =>
    ledger.exceptions
      .list({ withResolved: false, kind, limit: mostConflicts, offset: 0 })
      .filter(({ subject }) => isAbout(subject))
      .map(({ exceptionId }) => exceptionId);
  return [
    ...open("edit-conflict", (subject) => subject.startsWith(`${sku}/`)),
    ...open("code-conflict", (subject) => subject.endsWith(`/${sku}`)),
  ];
}
