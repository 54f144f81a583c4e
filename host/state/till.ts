import { type Uuid, uuidv7 } from "../../domain/values/id.ts";
import type { Cart } from "../../domain/sale/cart.ts";
import type { PricingRules } from "../../domain/pricing/price-cart.ts";
import type { Ledger } from "../../ledger/ledger.ts";
import type { NewFact } from "../../ledger/tables/journal.ts";
import type { Person } from "../../ledger/tables/people.ts";
import type { ShiftRow } from "../../ledger/tables/shifts.ts";
import { currencyExponent } from "../../domain/values/currency.ts";
import type { ScanRules } from "../../hardware/scanner/decode.ts";
import { parseTemplates } from "../../hardware/scanner/in-store-template.ts";
import type { LedgerProblem } from "../../ledger/problem.ts";
import type { SyncStatus } from "../../sync/engine/ports.ts";
import type { StoreSettings } from "../../domain/store/store-settings.ts";
import type { HostEvent } from "../endpoint.ts";
import type { CardPaymentView, LastSaleView } from "../contract/views.ts";
import type { TillWord } from "../../sync/protocol/office.ts";
import type { Hub } from "../lan/port.ts";
import type { World } from "../world.ts";
import { receiptsUsed } from "./numbers-used.ts";
import { type Session, type Terminal, unknownStore } from "./terminal.ts";

/**
 * A running till: its world, its ledger, and what it keeps in memory of the ledger so that a scan
 * reads nothing it read before. Whatever changes here was written first; `reload` reads it again.
 */
export interface Till {
  readonly world: World;
  readonly ledger: Ledger;
  readonly terminal: Terminal;
  readonly locale: string;
  store: StoreSettings;
  session: Session | null;
  shift: ShiftRow | null;
  cart: Cart | null;
  lastSale: LastSaleView | null;
  cardPayment: CardPaymentView | null;
  /** Receipts ever made by this terminal; the next one's number follows. */
  receipts: number;
  products: number;
  suspendedCount: number;
  /** Grows with every change the register shows. */
  revision: number;
  /** How scans are read: the store's weighed-goods templates and its currency. */
  scanRules: ScanRules;
  /** Journal position that the loops and screens last heard of. */
  announcedPosition: number;
  /** Wall time less monotonic time when this till last looked: where it moves the clock was set. */
  clockOffsetMs: number;
  /** Null while the disk takes what it is given; the status bar says so when it does not. */
  ledgerProblem: LedgerProblem | null;
  /** What the cloud last told of the store's tills; null before it did. */
  tillWords: { readonly atMs: number; readonly words: readonly TillWord[] } | null;
  emit(event: HostEvent): void;
  loops: Loops;
}

/** What runs beside the commands, at its own pace; a command only wakes it. */
export interface Loops {
  /** Facts were written. */
  written(): void;
  /** The disk refused: look now and then whether it takes again. */
  ledgerRefused(): void;
  wakeSync(): void;
  wakePrinting(): void;
  wakePayments(): void;
  abortPayment(requestId: Uuid): void;
  /** Null for a till without a line to the cloud. */
  syncStatus(): SyncStatus | null;
  /** [H2] The till that is the store's hub; null while there is none. */
  hub(): Hub | null;
  /** [H3] Whether the hub holds every fact of this till. */
  isSharedWithHub(): boolean;
  /** Facts that the cloud took in the last minute. */
  factsPerMinute(): number;
}

/** Before the loops run, and for tills that have none. */
const noLoops: Loops = {
  written() {},
  ledgerRefused() {},
  wakeSync() {},
  wakePrinting() {},
  wakePayments() {},
  abortPayment() {},
  syncStatus: () => null,
  hub: () => null,
  isSharedWithHub: () => false,
  factsPerMinute: () => 0,
};

/** After a crash in mid-sale the same person goes on; after a longer break the PIN is asked. */
const sessionSurvivesMs = 120_000;

/** A till before it has read its ledger. */
export function newTill(
  parts: Pick<Till, "world" | "ledger" | "terminal" | "locale" | "emit">,
): Till {
  return {
    ...parts,
    store: unknownStore(parts.terminal.storeId),
    session: null,
    shift: null,
    cart: null,
    lastSale: null,
    cardPayment: null,
    receipts: 0,
    products: 0,
    suspendedCount: 0,
    revision: 0,
    scanRules: { templates: [], currencyDecimals: 2 },
    announcedPosition: 0,
    clockOffsetMs: clockOffset(parts.world),
    ledgerProblem: null,
    tillWords: null,
    loops: noLoops,
  };
}

export function clockOffset({ clock }: World): number {
  return clock.now() - clock.monotonicMs();
}

/** Reads what the till keeps in memory from the ledger: at start, and after a write that failed. */
export function reload(till: Till): void {
  const { ledger, terminal } = till;
  till.store = ledger.settings.get("store") ?? unknownStore(terminal.storeId);
  till.scanRules = scanRulesOf(till);
  till.session = ledger.settings.get("session");
  till.shift = ledger.shifts.open(terminal.terminalId);
  till.cart = ledger.carts.open();
  till.cardPayment = cardPaymentOf(till);
  till.receipts = receiptsUsed(till);
  till.products = ledger.catalogue.count();
  till.suspendedCount = ledger.suspendedSales.count();
  till.revision++;
}

/** A template that cannot be read is left out and said in the log; the others go on. */
function scanRulesOf({ store, world }: Till): ScanRules {
  const usable = store.weighedTemplates.filter((text) => {
    const parsed = parseTemplates([text]);
    if (!parsed.ok) world.log.warn("scan.template", { template: text });
    return parsed.ok;
  });
  const parsed = parseTemplates(usable);
  return {
    templates: parsed.ok ? parsed.value : [],
    currencyDecimals: currencyExponent(store.pricing.currency),
  };
}

/** The payment that the open cart waits for, as the screen shows it. */
export function cardPaymentOf(till: Till): CardPaymentView | null {
  if (till.cart === null) return null;
  const pending = till.ledger.cardPayments.pending(till.cart.cartId);
  if (pending === null) return null;
  const state = pending.state === "unknown" ? "unknown" : "waiting";
  return { requestId: pending.requestId, amountMinor: pending.amountMinor, state };
}

/** Ends a session that outlived its till by too long. */
export function expireSession(till: Till): void {
  const lastAtMs = till.ledger.commands.lastAtMs() ?? 0;
  if (till.session === null) return;
  if (till.world.clock.now() - lastAtMs <= sessionSurvivesMs) return;
  till.ledger.write(() => till.ledger.settings.remove("session"));
  till.session = null;
}

export function newId(till: Till): Uuid {
  return uuidv7(till.world.clock, till.world.random);
}

export function pricingOf(till: Till): PricingRules {
  return till.store.pricing;
}

/**
 * The person signed in; null when nobody is, or when that person may no longer sell. [C6] A sale that is
 * on the counter is still theirs to finish.
 */
export function signedIn(till: Till): Person | null {
  if (till.session === null) return null;
  const person = till.ledger.people.get(till.session.personId);
  return person?.active === true || saleIsOpen(till) ? person : null;
}

/** Something is on the counter: lines, or money that was taken. */
export function saleIsOpen({ cart }: Till): boolean {
  return cart !== null && (cart.lines.length > 0 || cart.tenders.length > 0);
}

type FactOf<T extends NewFact["type"]> = Extract<NewFact, { type: T }>;

/** Writes a fact of this moment, shift and person, inside a ledger transaction. */
export function record<T extends NewFact["type"]>(
  till: Till,
  type: T,
  payload: FactOf<T>["payload"],
  about: { readonly atMs?: number; readonly actorId?: string | undefined } = {},
) {
  const actorId = about.actorId ?? till.session?.personId;
  const fact = {
    id: newId(till),
    type,
    atMs: about.atMs ?? till.world.clock.now(),
    shiftId: till.shift?.shiftId,
    businessDate: till.shift?.businessDate,
    actorId,
    payload,
  };
  return till.ledger.append(till.terminal.terminalId, fact as unknown as NewFact);
}

/** The name on receipts and screens of the person with this id. */
export function nameOf(till: Till, personId: string | undefined): string {
  return (personId === undefined ? undefined : till.ledger.people.get(personId)?.name) ?? "—";
}

/** The open cart, or a new one written to the ledger; inside a transaction. */
export function cartOf(till: Till): Cart {
  if (till.cart !== null) return till.cart;
  const cart: Cart = {
    cartId: newId(till),
    openedAtMs: till.world.clock.now(),
    lines: [],
    tenders: [],
  };
  till.ledger.carts.start(cart);
  return cart;
}
