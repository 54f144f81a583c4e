import { failed } from "../../domain/values/result.ts";
import { mulDiv } from "../../domain/values/rounding.ts";
import type { Product } from "../../domain/catalogue/product.ts";
import { decodeScan, type ScannedCode } from "../../hardware/scanner/decode.ts";
import type { Till } from "../state/till.ts";
import { cannotChange, type RingUp, ringUp } from "./cart.ts";
import type { Command } from "./command.ts";

/** What a scan means here and now: goods go to the sale, our own barcodes to the screen. It never pays. */
export const scan: Command<"cart.scan"> = (till, { code, symbology, quantityMilli }) => {
  const scanned = decodeScan(code, symbology, till.scanRules);
  switch (scanned.kind) {
    case "control":
      return failed({ type: "ControlScanned", key: scanned.key });
    case "receipt":
      return failed({ type: "ReceiptScanned", receiptNumber: scanned.receiptNumber });
    case "invalid":
      return failed({ type: "BadBarcode", code: scanned.code, why: scanned.why });
    case "message":
      return failed({ type: "UnknownCode", code: scanned.code });
    case "gtin":
    case "weighed":
    case "priced":
    case "code": {
      const problem = cannotChange(till);
      if (problem !== null) return failed(problem);
      const found = findGood(till, scanned);
      if (found === null) return failed({ type: "UnknownCode", code: scanned.code });
      const how = ringUpOf(scanned, found, quantityMilli);
      if (how === null) return failed({ type: "QuantityOutOfRange" });
      return ringUp(till, found, how);
    }
  }
};

type GoodsCode = Extract<ScannedCode, { kind: "gtin" | "weighed" | "priced" | "code" }>;

function findGood(till: Till, scanned: GoodsCode): Product | null {
  const { catalogue } = till.ledger;
  switch (scanned.kind) {
    case "gtin":
      return (
        catalogue.byGtin(scanned.gtin) ??
        (scanned.alternativeGtin === null ? null : catalogue.byGtin(scanned.alternativeGtin)) ??
        catalogue.bySku(scanned.code)
      );
    case "weighed":
    case "priced":
      return (
        catalogue.byGtin(scanned.gtin) ??
        catalogue.byPlu(scanned.plu) ??
        catalogue.byPlu(scanned.plu.replace(/^0+/, ""))
      );
    case "code":
      return catalogue.bySku(scanned.code) ?? catalogue.byPlu(scanned.code);
  }
}

/** Quantity and price: the label's where it has them, else the keyed ones. Null: the scale weighed nothing. */
function ringUpOf(
  scanned: GoodsCode,
  product: Product,
  keyedMilli: number | undefined,
): RingUp | null {
  const plain = {
    quantityMilli: keyedMilli,
    gtin: scanned.kind === "code" ? undefined : scanned.gtin,
  };
  // A good listed by the whole number: its digits only look like a scale's.
  const fromScale = scanned.kind === "weighed" || scanned.kind === "priced";
  if (fromScale && product.gtins.includes(scanned.gtin)) return plain;
  switch (scanned.kind) {
    case "weighed":
      return scanned.weightMilli === 0 ? null : { ...plain, quantityMilli: scanned.weightMilli };
    case "priced":
      return byLabel(product, scanned.priceMinor, plain);
    case "gtin": {
      const { item } = scanned;
      if (item === null) return plain;
      const weightMilli = product.unit === "kg" ? item.weightMilli : null;
      if (weightMilli === 0) return null;
      const quantity = { ...plain, quantityMilli: weightMilli ?? keyedMilli };
      return item.priceMinor === null ? quantity : byLabel(product, item.priceMinor, quantity);
    }
    case "code":
      return plain;
  }
}

/** A label's price is what the customer was promised; the weight follows from it for the stock. */
function byLabel(product: Product, labelPriceMinor: number, plain: RingUp): RingUp | null {
  if (labelPriceMinor === 0) return null;
  const { priceMinor } = product;
  const canWeigh = product.unit === "kg" && priceMinor !== null && priceMinor > 0;
  const quantityMilli =
    plain.quantityMilli ??
    (canWeigh ? Math.max(1, mulDiv(labelPriceMinor, 1000, priceMinor, "half-away")) : 1000);
  return { ...plain, quantityMilli, labelPriceMinor };
}
