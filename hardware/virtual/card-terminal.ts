import type { Clock } from "../../domain/values/ports.ts";
import type { CardRecord, CardRecords } from "./card-records.ts";

/** How the terminal behaves; the page and tests change it. */
export interface CardTerminalSettings {
  /** True: the customer pays by himself after `delayMs`. False: a person presses a button. */
  readonly autoApprove: boolean;
  readonly delayMs: number;
  /**
   * What goes wrong with the next payment: the line breaks before the terminal read it, the line breaks
   * when it answers, or it answers nothing at all. The payment itself is carried out in the latter two.
   */
  readonly nextFault: "none" | "lose-request" | "lose-answer" | "no-answer";
}

/** A customer's card, as far as a receipt may show it. */
const card = { brand: "VISA", maskedPan: "**** **** **** 1111" };

/** Amounts that a bank would refuse, by their last digits, as test terminals do it. */
const refusedEndings: Readonly<Record<number, string>> = { 124: "Refusal", 134: "WrongPIN" };

export interface CardTerminal {
  readonly settings: CardTerminalSettings;
  /** The payment that waits for its customer. */
  readonly current: CardRecord | null;
  readonly records: CardRecords;
  /** Carries out a payment; "busy" while another one waits. The same key joins or repeats the first. */
  pay(order: CardOrder): Promise<CardRecord> | "busy";
  /** Gives a payment back; null where there is none with that reference. */
  reverse(key: string, terminalReference: string): CardRecord | null;
  /** What the customer (or a person at the page) does with the payment that waits. */
  decide(decision: "approve" | "decline" | "cancel"): void;
  /** The till gives up; too late once it is decided. */
  abort(key: string): void;
  set(settings: Partial<CardTerminalSettings>): void;
  onChange(listener: () => void): () => void;
}

export interface CardOrder {
  readonly key: string;
  readonly amountMinor: number;
  readonly currency: string;
}

export function createCardTerminal(records: CardRecords, clock: Clock): CardTerminal {
  const listeners = new Set<() => void>();
  let settings: CardTerminalSettings = { autoApprove: true, delayMs: 300, nextFault: "none" };
  let current: { record: CardRecord; done: PromiseWithResolvers<CardRecord> } | null = null;
  let cancelTimer: () => void = () => undefined;

  const notify = () => {
    for (const listener of listeners) listener();
  };

  function finish(state: "approved" | "refused", condition: string | null): void {
    if (current === null) return;
    cancelTimer();
    const { record, done } = current;
    const finished: CardRecord = { ...record, state, condition };
    records.put(finished);
    current = null;
    done.resolve(finished);
    notify();
  }

  function approve(): void {
    const ending = refusedEndings[(current?.record.amountMinor ?? 0) % 1000];
    finish(ending === undefined ? "approved" : "refused", ending ?? null);
  }

  function planApproval(): void {
    cancelTimer();
    if (settings.autoApprove && current) cancelTimer = clock.after(settings.delayMs, approve);
  }

  // A payment that waited when the terminal was switched off is over: the customer has gone.
  for (const record of records.list(records.count)) {
    if (record.state === "waiting") {
      records.put({ ...record, state: "refused", condition: "Aborted" });
    }
  }

  return {
    get settings() {
      return settings;
    },
    get current() {
      return current?.record ?? null;
    },
    records,
    pay(order) {
      if (current?.record.key === order.key) return current.done.promise;
      const known = records.get(order.key);
      if (known) return Promise.resolve(known);
      if (current !== null) return "busy";
      const terminalReference = `EVT${String(records.count + 1).padStart(9, "0")}`;
      const record: CardRecord = {
        ...order,
        ...card,
        kind: "payment",
        state: "waiting",
        condition: null,
        terminalReference,
        atMs: clock.now(),
      };
      records.put(record);
      const done = Promise.withResolvers<CardRecord>();
      current = { record, done };
      planApproval();
      notify();
      return done.promise;
    },
    reverse(key, terminalReference) {
      const known = records.get(key);
      if (known) return known;
      const original = records.byReference(terminalReference);
      if (original === null) return null;
      const done = original.state === "approved" || original.state === "reversed";
      if (original.state === "approved") records.put({ ...original, state: "reversed" });
      const reversal: CardRecord = {
        ...original,
        key,
        kind: "reversal",
        state: done ? "approved" : "refused",
        condition: done ? null : "NotAllowed",
        atMs: clock.now(),
      };
      records.put(reversal);
      notify();
      return reversal;
    },
    decide(decision) {
      if (decision === "approve") finish("approved", null);
      else finish("refused", decision === "decline" ? "Refusal" : "Cancel");
    },
    abort(key) {
      if (current?.record.key === key) finish("refused", "Aborted");
    },
    set(change) {
      settings = { ...settings, ...change };
      planApproval();
      notify();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
