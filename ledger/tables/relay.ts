import type { Database } from "better-sqlite3";

/** [H3] A run of one terminal's facts as it was pushed, signed as a whole by the terminal. */
export interface RelayBatch {
  readonly terminalId: string;
  readonly epoch: number;
  readonly firstSeq: number;
  readonly lastSeq: number;
  /** The chain hash after the last fact. */
  readonly hash: string;
  /** The terminal's word for `hash` at `lastSeq`, base64. */
  readonly signature: string;
  /** JSON of `{body, hash}[]`. */
  readonly facts: string;
}

/** [H3] How far this till, as the store's hub, holds another terminal's epoch. */
export interface RelayChain {
  readonly terminalId: string;
  readonly epoch: number;
  readonly seq: number;
  readonly hash: string;
  /** Up to here the cloud has the facts, by the terminal's word or its own answer. */
  readonly cloudSeq: number;
}

/** What a till keeps for the others while it is the store's hub. Not a fold: it is theirs. */
export interface RelayTable {
  chain(terminalId: string, epoch: number): RelayChain | null;
  putChain(chain: RelayChain): void;
  /** Chains of which the cloud may lack something, the terminal's own left out. */
  unrelayed(butOf: string): RelayChain[];
  addBatch(batch: RelayBatch, atMs: number): void;
  /** In the order they came. */
  batchesAfter(position: number): IterableIterator<PlacedBatch>;
  /** The batch that holds a fact; null when it was forgotten, or never here. */
  batchWith(terminalId: string, epoch: number, seq: number): PlacedBatch | null;
  /** The position of the last batch, 0 when there is none. */
  end(): number;
  /** [H6] The cloud has another chain there: what it refused is kept for as long as `untilMs` says. */
  keepLost(
    chain: Pick<RelayChain, "terminalId" | "epoch">,
    afterSeq: number,
    untilMs: number,
  ): void;
  /** Lets go of what the cloud has and came before `beforeMs`. Returns how many batches went. */
  forget(beforeMs: number): number;
  /** The till that may take a suspended sale back: whoever asked first. */
  claim(suspensionId: string, terminalId: string): string;
  /** It goes to another till. */
  passClaim(suspensionId: string, terminalId: string): void;
}

export interface PlacedBatch extends RelayBatch {
  readonly position: number;
}

const columns = `position, terminal_id AS terminalId, epoch, first_seq AS firstSeq,
  last_seq AS lastSeq, hash, signature, facts`;

export function createRelayTable(db: Database): RelayTable {
  const chain = db.prepare<[string, number], RelayChain>(
    `SELECT terminal_id AS terminalId, epoch, seq, hash, cloud_seq AS cloudSeq FROM relay_chain
     WHERE terminal_id = ? AND epoch = ?`,
  );
  const putChain = db.prepare<RelayChain>(
    `INSERT INTO relay_chain VALUES (@terminalId, @epoch, @seq, @hash, @cloudSeq)
     ON CONFLICT (terminal_id, epoch) DO UPDATE
     SET seq = excluded.seq, hash = excluded.hash, cloud_seq = excluded.cloud_seq`,
  );
  const unrelayed = db.prepare<[string], RelayChain>(
    `SELECT terminal_id AS terminalId, epoch, seq, hash, cloud_seq AS cloudSeq FROM relay_chain
     WHERE seq > cloud_seq AND terminal_id <> ? ORDER BY terminal_id, epoch`,
  );
  const addBatch = db.prepare(
    `INSERT INTO relay_batch (terminal_id, epoch, first_seq, last_seq, hash, signature, facts, at_ms)
     VALUES (@terminalId, @epoch, @firstSeq, @lastSeq, @hash, @signature, @facts, @atMs)`,
  );
  const after = db.prepare<[number], PlacedBatch>(
    `SELECT ${columns} FROM relay_batch WHERE position > ? ORDER BY position`,
  );
  const holding = db.prepare<[string, number, number, number], PlacedBatch>(
    `SELECT ${columns} FROM relay_batch
     WHERE terminal_id = ? AND epoch = ? AND last_seq >= ? AND first_seq <= ?
     ORDER BY last_seq LIMIT 1`,
  );
  const end = db
    .prepare<[], number>("SELECT seq FROM sqlite_sequence WHERE name = 'relay_batch'")
    .pluck();
  const forget = db.prepare<[number]>(
    `DELETE FROM relay_batch WHERE at_ms < ? AND last_seq <= (
       SELECT cloud_seq FROM relay_chain c
       WHERE c.terminal_id = relay_batch.terminal_id AND c.epoch = relay_batch.epoch)`,
  );
  const keepLost = db.prepare<[number, string, number, number]>(
    "UPDATE relay_batch SET at_ms = ? WHERE terminal_id = ? AND epoch = ? AND last_seq > ?",
  );
  const claim = db.prepare(
    "INSERT INTO relay_claim VALUES (?, ?) ON CONFLICT (suspension_id) DO NOTHING",
  );
  const passClaim = db.prepare<[string, string]>(
    "UPDATE relay_claim SET terminal_id = ? WHERE suspension_id = ?",
  );
  const claimant = db
    .prepare<[string], string>("SELECT terminal_id FROM relay_claim WHERE suspension_id = ?")
    .pluck();
  return {
    chain: (terminalId, epoch) => chain.get(terminalId, epoch) ?? null,
    putChain: (place) => void putChain.run(place),
    unrelayed: (butOf) => unrelayed.all(butOf),
    addBatch: (batch, atMs) => void addBatch.run({ ...batch, atMs }),
    batchesAfter: (position) => after.iterate(position),
    batchWith: (terminalId, epoch, seq) => holding.get(terminalId, epoch, seq, seq) ?? null,
    end: () => end.get() ?? 0,
    keepLost: ({ terminalId, epoch }, afterSeq, untilMs) =>
      void keepLost.run(untilMs, terminalId, epoch, afterSeq),
    forget: (beforeMs) => forget.run(beforeMs).changes,
    passClaim: (suspensionId, terminalId) => void passClaim.run(terminalId, suspensionId),
    claim(suspensionId, terminalId) {
      claim.run(suspensionId, terminalId);
      return claimant.get(suspensionId) ?? terminalId;
    },
  };
}
