import { assert } from "../../domain/values/assert.ts";
import type { Ledger } from "../../ledger/ledger.ts";
import { rebuildLedger } from "../../ledger/verify.ts";
import type { SyncLedger } from "../../sync/engine/ports.ts";
import { exceptionDetailOf, type WireException } from "../../sync/protocol/exceptions.ts";
import { payloadSchemas } from "../../sync/protocol/payloads.ts";
import { type Change, changeKinds } from "../../sync/protocol/wire.ts";
import type { Terminal } from "../state/terminal.ts";
import { positionOf } from "./heard-chain.ts";
import { createHearsayPlaces } from "./hearsay-places.ts";
import { placesAreTold, retoldAreKnown, takeFact } from "./take-fact.ts";
import { createTakeProduct, takeHeardEdits } from "./take-product.ts";
import { createTakeSnapshotPage } from "./take-snapshot.ts";

/** [U1] The journal past the mark is the outbox; [D1] a page of changes and its cursor are one transaction. */
export function createSyncLedger(
  ledger: Ledger,
  terminal: Terminal,
  write: (work: () => void) => void = (work) => ledger.write(work),
): SyncLedger {
  const { journal, sync } = ledger;
  const takePage = createTakeSnapshotPage(ledger, terminal.terminalId, (exception) =>
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
        const areTold = placesAreTold(ledger, head.epoch, verdicts);
        const areKnown = retoldAreKnown(ledger, head.epoch, verdicts);
        if (areTold || areKnown) ledger.projections.settleStockAnew();
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
      const why = `another fact is held at ${cloudHead.epoch}:${cloudHead.seq}`;
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
        takeChanges(ledger, terminal, changes, positionOf(ledger, about?.chain));
        sync.setCursor(cursor);
        ledger.accounts.read(cursor);
        if (about === undefined) return;
        ledger.snapshot.setSeen({ ...ledger.snapshot.seen(), stamp: about.stamp });
        for (const kind of about.passedOver ?? []) ledger.snapshot.passOver(kind, cursor);
      });
    },
    ...createHearsayPlaces(ledger, terminal, write),
    snapshot: () => ledger.snapshot.underWay(),
    beginSnapshot: (why) => write(() => ledger.snapshot.begin(why)),
    takeSnapshotPage: (page) => write(() => takePage(page)),
  };
}

/** [D1] A page's changes, in their order. */
function takeChanges(
  ledger: Ledger,
  terminal: Terminal,
  changes: readonly Change[],
  heardUpTo: number,
): void {
  const takeProduct = createTakeProduct(ledger, heardUpTo);
  let havePlacesMoved = false;
  for (const change of changes) {
    if (change.kind === "product") takeProduct(change.product);
    else if (change.kind === "fact") {
      havePlacesMoved = takeFact(ledger, terminal, change.body) || havePlacesMoved;
    } else if (change.kind === "account") ledger.accounts.put(change.account, heardUpTo);
    else applyChange(ledger, terminal, change);
  }
  // [C2] Once for all of them.
  if (havePlacesMoved) ledger.projections.settleStockAnew();
}

/**
 * [V2] This program knows what the one before it passed over: kinds of changes, for which the store is read
 * anew, or facts, for which everything is folded anew.
 */
function readAnewWhatIsKnownNow(ledger: Ledger, write: (work: () => void) => void): void {
  const { snapshot } = ledger;
  const kinds = snapshot.passedOver().map(({ kind }) => kind);
  const known = kinds.filter((kind) => changeKinds.has(kind));
  if (known.length > 0) {
    write(() => {
      snapshot.begin("too-old");
      snapshot.forgetPassedOver(known);
    });
  }
  const facts = kinds.filter(isKnownFact);
  if (facts.length === 0) return;
  rebuildLedger(ledger);
  write(() => snapshot.forgetPassedOver(facts));
}

/** As the fold noted it: facts that it kept and could not fold. */
function isKnownFact(kind: string): boolean {
  return kind.startsWith("fact:") && Object.hasOwn(payloadSchemas, kind.slice("fact:".length));
}

/** [U8] What the cloud has applied after all is parked no longer. */
function takeException(ledger: Ledger, terminal: Terminal, exception: WireException): void {
  ledger.exceptions.put(exception);
  const told = exceptionDetailOf(exception.kind, exception.detail);
  if (told?.kind !== "parked" || told.detail.terminalId !== terminal.terminalId) return;
  if (exception.resolved?.resolution === "retry") ledger.sync.unpark(told.detail.reason);
}

/** [D3] A download adds other terminals' facts and the store's word; it never touches what happened here. */
function applyChange(
  ledger: Ledger,
  terminal: Terminal,
  change: Exclude<Change, { readonly kind: "product" | "fact" | "account" }>,
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
    case "exception":
      takeException(ledger, terminal, change.exception);
      return;
    case "movement":
      if (ledger.sync.addStoreMovement(change)) ledger.projections.applyStoreMovement(change);
      return;
  }
}
