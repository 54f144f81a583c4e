import type { Database } from "better-sqlite3";
import { present } from "../../../domain/values/assert.ts";
import type { CataloguePort, ParkedPlace, ParkedRetry, RetriedFact } from "../catalogue-port.ts";
import type { ApplyFacts, FactsPlace } from "./apply-facts.ts";
import { isOfTheFacts } from "./chains.ts";
import type { Exceptions } from "./exceptions.ts";
import type { FeedWriter, OpenFeed } from "./feed.ts";
import type { Numbers } from "./numbers.ts";
import { createParkFacts } from "./park-facts.ts";

interface RetryTools {
  readonly numbers: Numbers;
  readonly openFeed: OpenFeed;
  readonly exceptions: Exceptions;
  readonly applyFacts: ApplyFacts;
}

/** [U8] The verdict changes and the effect comes late; place, bytes and hash are for ever. */
export function createRetryParked(
  db: Database,
  tools: RetryTools,
): Pick<CataloguePort, "parkedInOrder" | "applyParked"> {
  const { numbers } = tools;
  const inOrder = db.prepare<[number, number, number], ParkedPlace>(
    `SELECT fact_no AS factNo, terminal_id AS terminalId, epoch, seq, hash, body
     FROM fact INDEXED BY fact_parked JOIN terminal USING (terminal_no)
     WHERE verdict = 'parked' AND store_no = ? AND fact_no > ? ORDER BY fact_no LIMIT ?`,
  );
  const retry = db.transaction(createApply(db, tools));
  return {
    parkedInOrder: async (storeId, { after, limit }) =>
      inOrder.all(numbers.store(storeId), after, limit),
    applyParked: async (wanted) => retry.immediate(wanted),
  };
}

function createApply(db: Database, { numbers, openFeed, exceptions, applyFacts }: RetryTools) {
  const waits = createUnpark(db, numbers);
  const parkFacts = createParkFacts(exceptions);
  // What a fact that fails had written to the feed is taken back with it, and nothing of the others':
  // each has the feed for itself, from its opening to its end.
  const takeEffect = db.transaction((place: Place, { fact, factNo, reason }: Waiting) => {
    waits.rewrite({ fact, factNo, reason }, place.atMs);
    if (fact.verdict === "parked") return;
    inFeed(place, (feed) => applyFacts({ ...place, feed }, [{ fact, factNo }]));
  });

  function inFeed({ storeNo }: Pick<Place, "storeNo">, work: (feed: FeedWriter) => void): void {
    const feed = openFeed(storeNo);
    work(feed);
    feed.finish();
  }

  /** [U4] One that still cannot be applied stays as it is, and keeps no other. */
  function tryOne(place: Place, waiting: Waiting): void {
    const { fact, factNo, reason } = waiting;
    let left = fact.reason;
    try {
      takeEffect(place, waiting);
    } catch (error) {
      if (!isOfTheFacts(error)) throw error;
      left = reason;
    }
    if (left === null) return;
    const still = [{ fact: { ...fact, reason: left }, factNo }];
    inFeed(place, (feed) => parkFacts({ ...place, feed }, still));
  }

  /** What was told of these facts is over: what is parked still is told anew. */
  function closeTold(
    place: FactsPlace,
    { by, isContinued = false }: Pick<ParkedRetry, "by" | "isContinued">,
    told: Iterable<readonly [string, Told]>,
  ) {
    const { storeId, storeNo, feed, atMs } = place;
    const about = (subject: string) => exceptions.openAbout(storeNo, "parked", subject);
    for (const [subject, { terminalId, reason }] of told) {
      if (isContinued && about(subject)?.firstAtMs === atMs) continue;
      // One that was seen is closed already, and tills still list its facts: it is told once more.
      if (about(subject) === null) {
        const detail = JSON.stringify({ terminalId, reason, facts: [] });
        exceptions.raiseInto(feed, { storeId, kind: "parked", subject, detail, atMs });
      }
      const { exceptionId } = present(about(subject), "what was told of what was parked");
      exceptions.closeInto(feed, exceptionId, { by, resolution: "retry", atMs });
    }
  }

  return ({ storeId, facts, atMs, ...asked }: ParkedRetry): void => {
    const storeNo = numbers.store(storeId);
    const told = new Map<string, Told>();
    const judged = facts.flatMap((fact) => {
      const was = waits.find(fact);
      if (was === null) return [];
      const { terminalId } = fact;
      told.set(`${terminalId}/${was.reason}`, { terminalId, reason: was.reason });
      return [{ fact, ...was }];
    });
    const pending = new Set(judged.map(({ factNo }) => factNo));
    const placeOf = ({ terminalId, epoch }: RetriedFact): Place => {
      return { storeId, storeNo, terminalId, epoch, atMs, pending };
    };
    const [first] = judged;
    if (first !== undefined) {
      const place = placeOf(first.fact);
      inFeed(place, (feed) => closeTold({ ...place, feed }, asked, told));
    }
    for (const waiting of judged) {
      pending.delete(waiting.factNo);
      tryOne(placeOf(waiting.fact), waiting);
    }
  };
}

type Place = Omit<FactsPlace, "feed">;

interface Told {
  readonly terminalId: string;
  readonly reason: string;
}

interface Waiting {
  readonly fact: RetriedFact;
  readonly factNo: number;
  /** Why it was parked. */
  readonly reason: string;
}

/** Finds what is parked still; writes the new verdict with a record of the old one. */
function createUnpark(db: Database, numbers: Numbers) {
  const find = db.prepare<[number, number, number], { factNo: number; reason: string | null }>(
    `SELECT fact_no AS factNo, reason FROM fact
     WHERE terminal_no = ? AND epoch = ? AND seq = ? AND verdict = 'parked'`,
  );
  const rewrite = db.prepare(
    `UPDATE fact SET verdict = ?, reason = ?, fact_id = ?, type = ?, at_ms = ?, business_date = ?
     WHERE fact_no = ?`,
  );
  const record = db.prepare(
    `INSERT INTO retry (fact_no, at_ms, was, verdict) VALUES (?, ?, ?, ?)
     ON CONFLICT (fact_no, at_ms) DO UPDATE SET verdict = excluded.verdict`,
  );
  return {
    find({ terminalId, epoch, seq }: RetriedFact): Omit<Waiting, "fact"> | null {
      const was = find.get(numbers.terminal(terminalId), epoch, seq);
      if (was === undefined) return null;
      return { factNo: was.factNo, reason: present(was.reason, "why it was parked") };
    },
    rewrite({ fact, factNo, reason: was }: Waiting, atMs: number): void {
      const { id = null, type = null, atMs: madeAtMs = null, businessDate } = fact.identity ?? {};
      const { verdict, reason } = fact;
      rewrite.run(verdict, reason, id, type, madeAtMs, businessDate ?? null, factNo);
      record.run(factNo, atMs, was, verdict);
    },
  };
}
