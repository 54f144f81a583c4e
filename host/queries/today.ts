import { netOfReturnsMinor } from "../../domain/shift/net-of-returns.ts";
import { ok } from "../../domain/values/result.ts";
import { localTime } from "../../domain/values/time.ts";
import type { ReceiptFact } from "../../ledger/tables/receipts.ts";
import type { Query } from "../commands/command.ts";
import type { TodayView, WeekBeforeView } from "../contract/views.ts";
import type { Till } from "../state/till.ts";
import { stockView } from "./stock.ts";

const topCount = 10;
const oversoldCount = 20;

/** The day of the open shift, or of the calendar where none is open: all tills of the store. */
export const viewToday: Query<"today.view"> = (till) => {
  const businessDate =
    till.shift?.businessDate ?? localTime(till.world.clock.now(), till.store.timeZone).date;
  const day = emptyDay(till.store.timeZone);
  for (const fact of till.ledger.receipts.ofDay(businessDate)) day.add(fact);
  return ok({
    businessDate,
    ...day.view(),
    weekBefore: weekBefore(till, businessDate),
    oversold: till.ledger.stock.oversold(oversoldCount).map((row) => stockView(till, row)),
  });
};

const weekMs = 7 * 86_400_000;

/** What a week ago was sold by this time of day: else a morning would look poor beside a whole day. */
function weekBefore(till: Till, businessDate: string): WeekBeforeView | null {
  const before = new Date(Date.parse(`${businessDate}T00:00:00Z`) - weekMs).toISOString();
  const date = before.slice(0, 10);
  const untilMs = till.world.clock.now() - weekMs;
  const day = emptyDay(till.store.timeZone);
  for (const fact of till.ledger.receipts.ofDay(date)) if (fact.atMs <= untilMs) day.add(fact);
  const { sales, returns, grossMinor, returnsMinor, averageMinor, items } = day.view();
  if (sales + returns === 0) return null;
  return {
    businessDate: date,
    turnoverMinor: netOfReturnsMinor({ grossMinor, returnsMinor }),
    receipts: sales + returns,
    averageMinor,
    items,
  };
}

interface Top {
  name: string;
  quantityMilli: number;
  amountMinor: number;
}

function emptyDay(timeZone: string) {
  let sales = 0;
  let returns = 0;
  let grossMinor = 0;
  let returnsMinor = 0;
  let netMinor = 0;
  let items = 0;
  let cashMinor = 0;
  let cardMinor = 0;
  let giftCardMinor = 0;
  const byHour = Array.from({ length: 24 }, (_, hour) => ({ hour, sales: 0, totalMinor: 0 }));
  const bySku = new Map<string, Top>();

  function addLines({ payload }: ReceiptFact): void {
    for (const line of payload.lines) {
      items += line.unit === "kg" ? 1 : Math.ceil(Math.abs(line.quantityMilli) / 1000);
      if (line.sku === null) continue;
      const top = bySku.get(line.sku) ?? { name: line.name, quantityMilli: 0, amountMinor: 0 };
      top.quantityMilli += line.quantityMilli;
      top.amountMinor += line.amountMinor;
      bySku.set(line.sku, top);
    }
  }

  return {
    add(fact: ReceiptFact): void {
      const sale = fact.payload;
      if (fact.type === "return.completed") {
        returns++;
        returnsMinor += sale.totalMinor;
      } else {
        sales++;
        grossMinor += sale.totalMinor;
      }
      netMinor += sale.netMinor;
      cashMinor -= sale.changeMinor;
      for (const tender of sale.tenders) {
        if (tender.kind === "cash") cashMinor += tender.amountMinor;
        else if (tender.kind === "card") cardMinor += tender.amountMinor;
        else giftCardMinor += tender.amountMinor;
      }
      const hour = byHour[localTime(fact.atMs, timeZone).hour];
      if (hour !== undefined) {
        hour.sales++;
        hour.totalMinor += sale.totalMinor;
      }
      addLines(fact);
    },
    view(): Omit<TodayView, "businessDate" | "oversold" | "weekBefore"> {
      return {
        ...{ sales, returns, grossMinor, returnsMinor, netMinor, items },
        ...{ cashMinor, cardMinor, giftCardMinor },
        averageMinor: sales === 0 ? 0 : Math.round(grossMinor / sales),
        salesByHour: byHour,
        topProducts: [...bySku]
          .map(([sku, top]) => ({ sku, ...top }))
          .toSorted((a, b) => b.amountMinor - a.amountMinor || (a.sku < b.sku ? -1 : 1))
          .slice(0, topCount),
      };
    },
  };
}
