import type { CompletedSale } from "../../domain/sale/completed-sale.ts";
import { originalsOf, type Paper, readCards, readPaper } from "../../renderer/e2e/proof/records.ts";
import type { CloudBooks } from "./cloud-books.ts";
import type { ConfirmedSale } from "./cashier.ts";
import type { Shop, ShopTill } from "./shop.ts";
import type { TillBooks } from "./till-books.ts";

/**
 * What must hold of a till's ledger at any instant, also of one that is read in the middle of a
 * command.
 */
export function wrongAtAnyInstant(
  till: Pick<ShopTill, "name" | "terminalId">,
  books: TillBooks,
  /** What the cashier had been told before the ledger was read. */
  confirmed: readonly ConfirmedSale[],
): string[] {
  const wrong: string[] = [];
  if (books.fault !== null) wrong.push(`its ledger does not verify: ${books.fault}`);
  if (books.head.epoch !== 1) wrong.push(`its journal forked: epoch ${books.head.epoch}`);
  for (const [index, sale] of confirmed.entries()) {
    const held = books.sales[index];
    if (held?.saleId !== sale.saleId || held.totalMinor !== sale.totalMinor) {
      wrong.push(
        `lost: ${sale.receiptNumber} was confirmed, its place holds ${held?.receiptNumber}`,
      );
      break;
    }
  }
  if (books.sales.length > confirmed.length + 1) {
    wrong.push(`doubled: ${books.sales.length} sales, the cashier made ${confirmed.length}`);
  }
  const gap = books.sales.findIndex((sale, index) => numberOf(sale) !== index + 1);
  if (gap >= 0) wrong.push(`receipt ${books.sales[gap]?.receiptNumber} stands at place ${gap + 1}`);
  return wrong.map((what) => `${till.name}: ${what}`);
}

/** [U3] [U5] What the cloud has acknowledged it holds, read after the till's books. */
export function wrongWithAcknowledged(
  till: Pick<ShopTill, "name" | "terminalId">,
  books: TillBooks,
  cloud: CloudBooks,
): string[] {
  const { seq, hash } = books.acked;
  if (seq === 0) return [];
  const chain = cloud.chains.get(till.terminalId);
  if (chain?.hashAt(seq) === hash) return [];
  return [`${till.name}: acknowledged to seq ${seq}, the cloud holds ${chain?.seq ?? 0}`];
}

/** What must hold when everybody rests and the till was proved equal. */
export function wrongAtRest(
  shop: Pick<Shop, "skus">,
  till: ShopTill,
  books: TillBooks,
  cloud: CloudBooks,
): string[] {
  const wrong: string[] = [];
  const { confirmed } = till.cashier.notebook;
  if (books.sales.length !== confirmed.length) {
    wrong.push(`${books.sales.length} sales in the ledger, ${confirmed.length} were confirmed`);
  }
  const chain = cloud.chains.get(till.terminalId);
  if (chain === undefined || !chain.isWhole) wrong.push("its chain in the cloud is not whole");
  if (chain?.hashAt(books.head.seq) !== books.head.hash || chain.seq !== books.head.seq) {
    wrong.push(`proved equal, but the cloud holds ${chain?.seq}, the journal ${books.head.seq}`);
  }
  const there = (chain?.sales ?? []).map(({ saleId }) => saleId);
  if (there.join() !== books.sales.map(({ saleId }) => saleId).join()) {
    wrong.push(`the cloud has ${there.length} sales of it, the ledger ${books.sales.length}`);
  }
  for (const sku of shop.skus) {
    const [here, cloudLevel] = [books.levelMilli.get(sku) ?? 0, cloud.levelMilli.get(sku) ?? 0];
    if (here !== cloudLevel) wrong.push(`stock of ${sku} is ${here}, in the cloud ${cloudLevel}`);
  }
  wrong.push(...cloud.odd, ...wrongWithCards(till, books.sales), ...wrongOnPaper(till, books));
  return wrong.map((what) => `${till.name}: ${what}`);
}

/** A customer's card is charged for one sale, and a sale by card was charged. */
function wrongWithCards(till: ShopTill, sales: readonly CompletedSale[]): string[] {
  const charged = readCards(till.devices)
    .filter(({ kind, state }) => kind === "payment" && state === "approved")
    .map(({ amountMinor }) => amountMinor);
  const paid = sales.flatMap(({ tenders }) =>
    tenders.flatMap(({ card, amountMinor }) => (card === undefined ? [] : [amountMinor])),
  );
  const text = (amounts: readonly number[]) => amounts.toSorted((a, b) => a - b).join();
  if (text(charged) === text(paid)) return [];
  return [`${charged.length} cards were charged, ${paid.length} sales were paid by card`];
}

/** [P3] [P4] Printed once when the job says so, at most once when nobody knows, never twice. */
function wrongOnPaper(till: ShopTill, { sales, printJobs }: TillBooks): string[] {
  const byNumber = originalsByNumber(readPaper(till.devices));
  const states = new Map(
    printJobs.flatMap(({ content, state, why }) =>
      content.kind === "receipt" && content.copy === 0
        ? [[content.saleId, why === null ? state : `${state}, ${why}`] as const]
        : [],
    ),
  );
  return sales.flatMap(({ saleId, receiptNumber }) => {
    const times = byNumber.get(receiptNumber) ?? 0;
    const state = states.get(saleId);
    if (times > 1) return [`receipt ${receiptNumber} was printed ${times} times`];
    if (state === "printed") return times === 1 ? [] : [`${receiptNumber} is not on paper`];
    const isKnown = state?.startsWith("unknown") === true || state === "printed, not-printed";
    return isKnown ? [] : [`the receipt ${receiptNumber} is ${state}`];
  });
}

/** How often each number is on paper that is not marked as a copy. */
function originalsByNumber(papers: readonly Paper[]): Map<string, number> {
  const times = new Map<string, number>();
  for (const paper of papers) {
    const number = /\b\d+-\d{6}\b/.exec(paper.text.join("\n"))?.[0];
    if (number === undefined || originalsOf([paper], number).length === 0) continue;
    times.set(number, (times.get(number) ?? 0) + 1);
  }
  return times;
}

function numberOf({ receiptNumber }: CompletedSale): number {
  return Number(receiptNumber.split("-")[1]);
}
