import type { Product } from "../../domain/catalogue/product.ts";
import type { AnyFact, Fact } from "../../domain/facts/fact.ts";
import type { ReturnedFrom } from "../../domain/sale/completed-sale.ts";
import type { Uuid } from "../../domain/values/id.ts";

/** What a fact causes in the cloud besides its movements. */
export type FactEffect =
  /** A good made at a till. The first till to say so is believed; what differs is told. */
  | (Author & { readonly kind: "product-added"; readonly product: Product })
  /** [C3] */
  | (Author & { readonly kind: "product-edited"; readonly edit: Fact<"product.edited">["payload"] })
  | (Author & {
      readonly kind: "exception-resolved";
      readonly answer: Fact<"exception.resolved">["payload"];
    })
  /** [H4] */
  | (Author & { readonly kind: "recalled"; readonly suspension: Uuid })
  /** [C4] */
  | (Author & {
      readonly kind: "returned";
      readonly receipt: { readonly saleId: Uuid; readonly number: string };
      readonly lines: readonly ReturnedLine[];
    });

/** Whose fact it is. */
export interface Author {
  readonly factId: Uuid;
  readonly terminalId: Uuid;
  readonly atMs: number;
  readonly actorId?: Uuid | undefined;
}

export interface ReturnedLine {
  readonly from: ReturnedFrom;
  readonly sku: string | null;
  readonly name: string;
  /** Positive: what came back. */
  readonly quantityMilli: number;
}

export function effectOf(fact: AnyFact): FactEffect | null {
  switch (fact.type) {
    case "sale.completed":
    case "return.completed":
      return returnOf(fact);
    case "product.added":
      return { ...authorOf(fact), kind: "product-added", product: fact.payload };
    case "product.edited":
      return { ...authorOf(fact), kind: "product-edited", edit: fact.payload };
    case "exception.resolved":
      return { ...authorOf(fact), kind: "exception-resolved", answer: fact.payload };
    case "sale.recalled": {
      const { suspension } = fact.payload;
      return suspension === undefined ? null : { ...authorOf(fact), kind: "recalled", suspension };
    }
    default:
      return null;
  }
}

function authorOf({ id, terminalId, atMs, actorId }: AnyFact): Author {
  return { factId: id, terminalId, atMs, ...(actorId === undefined ? {} : { actorId }) };
}

function returnOf(fact: Fact<"sale.completed" | "return.completed"> & AnyFact): FactEffect | null {
  const { lines, saleId, receiptNumber: number } = fact.payload;
  // Of a hundred receipts one brings something back: the others are not looked through twice.
  if (!lines.some(({ returnOf: from }) => from !== undefined)) return null;
  const returned = lines.flatMap(({ returnOf: from, sku, name, quantityMilli }) =>
    from === undefined ? [] : [{ from, sku, name, quantityMilli: -quantityMilli }],
  );
  return { ...authorOf(fact), kind: "returned", receipt: { saleId, number }, lines: returned };
}
