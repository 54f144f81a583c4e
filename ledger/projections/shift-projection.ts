import type { Database } from "better-sqlite3";
import { canonicalJson, type Json } from "../../domain/facts/canonical.ts";
import type { Fact } from "../../domain/facts/fact.ts";
import type { CompletedSale } from "../../domain/sale/completed-sale.ts";
import { present } from "../../domain/values/assert.ts";

type Counter = "voids" | "no_sales" | "lines_removed" | "reprints";

/**
 * Running totals of this terminal's shifts: closing reads one row, however many sales there were.
 *
 * [D3] The facts of one shift may come in any order: where an older copy of the ledger was put back, the
 * opening comes from the feed, and a fold from the journal meets it after the sales.
 */
export function createShiftProjection(db: Database) {
  const open = db.prepare<[string, string, string, number, string, number]>(
    `INSERT INTO shift (shift_id, terminal_id, business_date, opened_at_ms, opened_by, float_minor)
     VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (shift_id) DO UPDATE SET terminal_id = excluded.terminal_id,
       business_date = excluded.business_date, opened_at_ms = excluded.opened_at_ms,
       opened_by = excluded.opened_by, float_minor = excluded.float_minor`,
  );
  const ensure = db.prepare<[string, string, string]>(
    `INSERT INTO shift (shift_id, terminal_id, business_date, opened_at_ms, opened_by, float_minor)
     VALUES (?, ?, ?, 0, '', 0) ON CONFLICT DO NOTHING`,
  );
  const ensureTotals = db.prepare<[string]>(
    "INSERT INTO shift_total (shift_id) VALUES (?) ON CONFLICT DO NOTHING",
  );
  // Two copies of one ledger may close one shift twice: whichever comes first, the same one counts.
  const close = db.prepare<[{ z: string; shiftId: string }]>(
    "UPDATE shift SET z = iif(z < $z, z, $z) WHERE shift_id = $shiftId",
  );
  const setCounted = db.prepare<[string, string]>(
    "UPDATE shift SET counted = ? WHERE shift_id = ?",
  );
  const countZ = db.prepare<[]>("UPDATE perpetual SET z_reports = z_reports + 1");
  const addSale = db.prepare<AddSale>(
    `INSERT INTO shift_total (shift_id, first_receipt, last_receipt, sales, returns, gross_minor,
       returns_minor, cash_minor, card_minor, gift_card_minor)
     VALUES (@shiftId, @receiptNumber, @receiptNumber, @sales, @returns, @grossMinor,
       @returnsMinor, @cashMinor, @cardMinor, @giftCardMinor)
     ON CONFLICT (shift_id) DO UPDATE SET
       first_receipt = coalesce(first_receipt, excluded.first_receipt),
       last_receipt = excluded.last_receipt,
       sales = sales + excluded.sales, returns = returns + excluded.returns,
       gross_minor = gross_minor + excluded.gross_minor,
       returns_minor = returns_minor + excluded.returns_minor,
       cash_minor = cash_minor + excluded.cash_minor,
       card_minor = card_minor + excluded.card_minor,
       gift_card_minor = gift_card_minor + excluded.gift_card_minor`,
  );
  const addTax = db.prepare<[string, string, number, number, number]>(
    `INSERT INTO shift_tax VALUES (?, ?, ?, ?, ?) ON CONFLICT (shift_id, category, rate_ppm) DO UPDATE SET
       net_minor = net_minor + excluded.net_minor, tax_minor = tax_minor + excluded.tax_minor`,
  );
  const addPerpetual = db.prepare<[number, number]>(
    `UPDATE perpetual SET receipts = receipts + 1,
       grand_total_minor = grand_total_minor + ?, returns_total_minor = returns_total_minor + ?`,
  );
  const count: Record<Counter, ReturnType<typeof db.prepare<[string]>>> = {
    voids: counter("voids"),
    no_sales: counter("no_sales"),
    lines_removed: counter("lines_removed"),
    reprints: counter("reprints"),
  };

  function counter(name: Counter) {
    return db.prepare<[string]>(`UPDATE shift_total SET ${name} = ${name} + 1 WHERE shift_id = ?`);
  }

  /** The shift of a fact, which has a row from here on. */
  function known({ shiftId, terminalId, businessDate }: Fact): string {
    const id = present(shiftId, "shift id");
    ensure.run(id, terminalId, businessDate ?? "");
    return id;
  }

  return {
    opened(fact: Fact<"shift.opened">) {
      const shiftId = present(fact.shiftId, "shift id");
      const { businessDate, floatMinor } = fact.payload;
      open.run(shiftId, fact.terminalId, businessDate, fact.atMs, fact.actorId ?? "", floatMinor);
      ensureTotals.run(shiftId);
    },
    blindCounted(fact: Fact<"shift.counted">) {
      setCounted.run(textOf(fact.payload), known(fact));
    },
    closed(fact: Fact<"shift.closed">) {
      close.run({ z: textOf(fact.payload.z), shiftId: known(fact) });
    },
    /** Z reports are numbered by terminal: another till's close is not counted here. */
    countZ: () => void countZ.run(),
    counted(fact: Fact, what: Counter) {
      if (fact.shiftId === undefined) return;
      ensureTotals.run(fact.shiftId);
      count[what].run(fact.shiftId);
    },
    completed(fact: Fact<"sale.completed" | "return.completed">) {
      const sale = fact.payload;
      const shiftId = present(fact.shiftId, "shift of a sale");
      const isReturn = fact.type === "return.completed";
      const grossMinor = isReturn ? 0 : sale.totalMinor;
      const returnsMinor = isReturn ? sale.totalMinor : 0;
      addSale.run({
        shiftId,
        receiptNumber: sale.receiptNumber,
        sales: isReturn ? 0 : 1,
        returns: isReturn ? 1 : 0,
        grossMinor,
        returnsMinor,
        ...takenBy(sale),
      });
      for (const tax of sale.taxes) {
        addTax.run(shiftId, tax.category, tax.ratePpm, tax.netMinor, tax.taxMinor);
      }
      addPerpetual.run(grossMinor, returnsMinor);
    },
  };
}

/** Money by tender; change is given in cash. */
function takenBy({ tenders, changeMinor }: CompletedSale) {
  let cashMinor = -changeMinor;
  let cardMinor = 0;
  let giftCardMinor = 0;
  for (const { kind, amountMinor } of tenders) {
    if (kind === "cash") cashMinor += amountMinor;
    else if (kind === "card") cardMinor += amountMinor;
    else giftCardMinor += amountMinor;
  }
  return { cashMinor, cardMinor, giftCardMinor };
}

/** The same text from a fact just made and from one read back: `verify` compares it. */
function textOf(document: object): string {
  return canonicalJson(document as Json);
}

interface AddSale {
  shiftId: string;
  receiptNumber: string;
  sales: number;
  returns: number;
  grossMinor: number;
  returnsMinor: number;
  cashMinor: number;
  cardMinor: number;
  giftCardMinor: number;
}
