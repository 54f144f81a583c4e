import type { AnyFact } from "../../domain/facts/fact.ts";
import { assert } from "../../domain/values/assert.ts";
import type { Ledger } from "../../ledger/ledger.ts";
import { parseBody } from "../../ledger/tables/journal.ts";
import type { SyncLedger } from "../../sync/engine/ports.ts";
import { exceptionDetailOf, type WireException } from "../../sync/protocol/exceptions.ts";
import { type Change, changeKinds } from "../../sync/protocol/wire.ts";
import type { Terminal } from "../state/terminal.ts";
import { createTakeProduct, takeHeardEdits } from "./take-product.ts";
import { createTakeSnapshotPage } from "./take-snapshot.ts";

/** [U1] The journal past the mark is the outbox; [D1] a page of changes and its cursor are one transaction. */
export function createSyncLedger(
  ledger: Ledger,
  terminal: Terminal,
  write: (work: () => void) => void = (work) => ledger.write(work),
): SyncLedger {
  const { journal, sync } = ledger;
  const takePage = createTakeSnapshotPage(ledger, (exception) =>
    takeException(ledger, terminal, exception),
  );

  readAnewWhatIsKnownNow(ledger, write);

  function acked() {
    const mark = sync.mark();
    const { epoch } = journal.head();
    // A new epoch begins unacknowledged.
    return mark.epoch === epoch ? mark : { ...mark, epoch, seq: 0, hash: "0".repeat(64) };
  }

  return {
    head() {
      const { epoch, seq, hash } = journal.head();
      return { epoch, seq, hash };
    },
    acked() {
      const { epoch, seq, hash, provedAtMs } = acked();
      return { epoch, seq, hash, provedAtMs };
    },
    ledgerId: () => ledger.ledgerId.get(),
    past: () => journal.past(),
    unsent(afterSeq, { maxCount, maxBytes }, epoch = journal.head().epoch) {
      const entries = journal.entries(epoch, afterSeq, maxCount);
      let bytes = 0;
      const fitting = entries.findIndex((entry, index) => {
        bytes += entry.body.length;
        return bytes > maxBytes && index > 0;
      });
      return fitting === -1 ? entries : entries.slice(0, fitting);
    },
    backlog() {
      const { epoch, seq } = journal.head();
      const mark = acked();
      const count = seq - mark.seq;
      return {
        count,
        oldestAtMs: count === 0 ? null : journal.writtenAtMs(epoch, mark.seq + 1),
      };
    },
    recordAck(head, verdicts, atMs, news = null) {
      const local = journal.head();
      assert(head.epoch === local.epoch, "an acknowledgement is of the current epoch");
      assert(head.seq <= local.seq, "the cloud acknowledged no more than was written");
      write(() => {
        for (const { seq, verdict, reason } of verdicts) {
          if (verdict === "parked") sync.addParked(head.epoch, seq, reason ?? "");
        }
        const heard = local.position - (local.seq - head.seq);
        takeHeardEdits(ledger, heard);
        const { cursor } = sync.mark();
        // A cloud that does not say where its word stands tells it with its next page.
        ledger.accounts.heard(heard, news ?? cursor + 1);
        ledger.accounts.read(cursor);
        const proved = head.seq === local.seq && head.hash === local.hash;
        sync.setAcked(head, proved ? atMs : null);
      });
    },
    openNewEpoch(cloudHead, atMs) {
      const mark = acked();
      const { position, seq } = journal.head();
      const ackedPosition = position - (seq - mark.seq);
      const why = `the cloud holds another fact at ${cloudHead.epoch}:${cloudHead.seq}`;
      write(() => {
        journal.openEpoch(ackedPosition, atMs, why);
        ledger.ownEdits.follow(position);
        ledger.accounts.follow(position);
        ledger.ledgerId.renew();
        // [C2] The facts that travel again have other places now.
        ledger.projections.settleStockAnew();
        const { epoch } = journal.head();
        sync.setAcked({ epoch, seq: 0, hash: "0".repeat(64) }, null);
      });
    },
    cursor: () => sync.mark().cursor,
    seen: () => ledger.snapshot.seen(),
    isNew: () => sync.mark().cursor === 0 && ledger.snapshot.seen().stamp === null,
    applyChanges(changes, cursor, about) {
      write(() => {
        const takeProduct = createTakeProduct(ledger);
        for (const change of changes) {
          if (change.kind === "product") takeProduct(change.product);
          else applyChange(ledger, terminal, change);
        }
        sync.setCursor(cursor);
        ledger.accounts.read(cursor);
        if (about === undefined) return;
        ledger.snapshot.setSeen({ ...ledger.snapshot.seen(), stamp: about.stamp });
        for (const kind of about.passedOver ?? []) ledger.snapshot.passOver(kind, cursor);
      });
    },
    snapshot: () => ledger.snapshot.underWay(),
    beginSnapshot: (why) => write(() => ledger.snapshot.begin(why)),
    takeSnapshotPage: (page) => write(() => takePage(page)),
  };
}

/** [V2] This program knows kinds of changes that the one before it passed over: the store is read anew. */
function readAnewWhatIsKnownNow({ snapshot }: Ledger, write: (work: () => void) => void): void {
  const kinds = snapshot.passedOver().map(({ kind }) => kind);
  const known = kinds.filter((kind) => changeKinds.has(kind));
  if (known.length === 0) return;
  write(() => {
    snapshot.begin("too-old");
    snapshot.forgetPassedOver(known);
  });
}

/** True for a fact that our journal has; it has lost one where an older copy of it was put back. */
function isHeld({ journal }: Ledger, { epoch, seq }: AnyFact, body: string): boolean {
  if (epoch > journal.head().epoch) return false;
  return journal.entries(epoch, seq - 1, 1)[0]?.body === body;
}

/** [U8] What the cloud has applied after all is parked no longer. */
function takeException(ledger: Ledger, terminal: Terminal, exception: WireException): void {
  ledger.exceptions.put(exception);
  const told = exceptionDetailOf(exception.kind, exception.detail);
  if (told?.kind !== "parked" || told.detail.terminalId !== terminal.terminalId) return;
  if (exception.resolved?.resolution === "retry") ledger.sync.unpark(told.detail.reason);
}

/**
 * [D3] Folds a fact of the store, once, whichever way it came. Inside a transaction. Of our own only
 * what the journal has lost; of a terminal that began a new epoch what was not heard before.
 */
export function takeFact(ledger: Ledger, terminal: Terminal, body: string): void {
  const fact = parseBody(body);
  const isOwn = fact.terminalId === terminal.terminalId;
  if (isOwn && isHeld(ledger, fact, body)) {
    const isCarried = fact.epoch < ledger.journal.head().epoch && ledger.places.hold(fact);
    if (isCarried) ledger.projections.settleStockAnew();
    return;
  }
  if (fact.epoch > 1 && ledger.sync.hasStoreFact(fact.id)) return;
  const position = ledger.sync.addStoreFact(fact, body);
  if (position === null) return;
  ledger.projections.apply(fact, -position);
}

/** [D3] A download adds other terminals' facts and the store's word; it never touches what happened here. */
function applyChange(
  ledger: Ledger,
  terminal: Terminal,
  change: Exclude<Change, { readonly kind: "product" }>,
): void {
  switch (change.kind) {
    case "settings":
      ledger.settings.set("store", change.settings);
      return;
    case "person":
      ledger.people.upsert(change.person);
      return;
    case "product-removed":
      ledger.catalogue.remove(change.sku);
      return;
    case "stock":
      ledger.projections.renewStockBases(change.stock);
      return;
    case "account":
      ledger.accounts.put(change.account);
      return;
    case "exception":
      takeException(ledger, terminal, change.exception);
      return;
    case "movement":
      if (ledger.sync.addStoreMovement(change)) ledger.projections.applyStoreMovement(change);
      return;
    case "fact":
      takeFact(ledger, terminal, change.body);
      return;
  }
}
