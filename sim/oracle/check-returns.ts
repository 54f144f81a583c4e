import { type CloudFact, isSale } from "./cloud-watch.ts";
import { must } from "./violation.ts";

interface Line {
  readonly lineNo: number;
  readonly quantityMilli: number;
  readonly returnOf?: { readonly saleId: string; readonly lineNo: number };
}

interface Receipt {
  readonly type: string;
  readonly payload: { readonly saleId: string; readonly lines: readonly Line[] };
}

/** [C4] More came back of a receipt's line than was sold: a person is told. */
export function overReturnsAreTold(
  facts: readonly CloudFact[],
  exceptions: ReadonlySet<string>,
): void {
  const sold = new Map<string, number>();
  const returned = new Map<string, number>();
  const receipts = facts
    .filter(({ verdict }) => verdict === "applied")
    .map(({ body }) => JSON.parse(body) as Receipt)
    .filter(isSale);
  for (const { payload } of receipts) {
    for (const { lineNo, quantityMilli, returnOf } of payload.lines) {
      if (returnOf === undefined) {
        sold.set(`${payload.saleId}/${lineNo}`, quantityMilli);
        continue;
      }
      const line = `${returnOf.saleId}/${returnOf.lineNo}`;
      returned.set(line, (returned.get(line) ?? 0) - quantityMilli);
    }
  }
  for (const [line, quantityMilli] of returned) {
    const soldMilli = sold.get(line);
    // Of a sale that went with its till's disk the cloud cannot know how much it was.
    if (soldMilli === undefined) continue;
    const isTold = quantityMilli <= soldMilli || exceptions.has(`over-returned ${line}`);
    must(isTold, "conflicts-recorded", () => {
      return `${quantityMilli} came back of ${line}, ${soldMilli} were sold, nobody is told`;
    });
  }
}
