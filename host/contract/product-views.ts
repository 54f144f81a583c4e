import type { EditedField, FieldValue } from "../../domain/catalogue/product-edit.ts";
import type { PendingPrice } from "../../domain/catalogue/product.ts";

/** A good on the screen where it is edited. */
export interface ProductEditView {
  readonly sku: string;
  readonly name: string;
  readonly brand: string | null;
  readonly category: string | null;
  readonly favourite: string | null;
  readonly gtins: readonly string[];
  readonly plu: string | null;
  /** Null: the till asks for the price at every sale. */
  readonly priceMinor: number | null;
  readonly unit: "each" | "kg";
  readonly taxCategory: string;
  readonly pendingPrice: PendingPrice | null;
  readonly stockMilli: number;
  /** What the screen shows is what an edit is based on: send it back with the edit. */
  readonly versions: { readonly [field: string]: string };
  /** Own changes that the cloud has not acknowledged yet: they count here already. */
  readonly unsent: readonly { readonly field: EditedField; readonly value: FieldValue }[];
  /** Open `edit-conflict` exceptions of this good. */
  readonly conflicts: readonly string[];
}

/** A price that begins later. */
export interface ScheduledPriceView {
  readonly sku: string;
  readonly name: string;
  readonly priceMinor: number | null;
  readonly pendingPrice: PendingPrice;
}
