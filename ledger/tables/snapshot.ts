import type { Database } from "better-sqlite3";
import { assertInteger, present } from "../../domain/values/assert.ts";

/** A snapshot that is being taken over, and what goes with the cursor of the feed. */
export interface SnapshotTable {
  underWay(): SnapshotRow | null;
  /** Begins one, or the one under way again. */
  begin(why: SnapshotRow["why"]): void;
  moveOn(place: Pick<SnapshotRow, "next" | "done" | "total">): void;
  end(): void;
  seen(): SeenRow;
  setSeen(seen: SeenRow): void;
  /** [V2] A kind of change that this program does not know. */
  passOver(kind: string, cursor: number): void;
  passedOver(): PassedOverRow[];
  forgetPassedOver(kinds: readonly string[]): void;
  reload(): void;
}

export interface SnapshotRow {
  readonly why: "new-till" | "too-old" | "cloud-restored";
  readonly next: string | null;
  readonly done: number;
  readonly total: number;
}

export interface SeenRow {
  readonly stamp: string | null;
  readonly known: number;
  readonly read: string | null;
}

export interface PassedOverRow {
  readonly kind: string;
  readonly firstCursor: number;
  readonly times: number;
}

export function createSnapshotTable(db: Database): SnapshotTable {
  const select = db.prepare<[], SnapshotRow>("SELECT why, next, done, total FROM snapshot");
  const begin = db.prepare<[string]>("INSERT OR REPLACE INTO snapshot VALUES (1, ?, NULL, 0, 0)");
  const move = db.prepare<[string | null, number, number]>(
    "UPDATE snapshot SET next = ?, done = ?, total = ?",
  );
  const end = db.prepare("DELETE FROM snapshot");
  const seen = db.prepare<[], SeenRow>("SELECT stamp, known, read FROM feed_seen");
  const setSeen = db.prepare<[string | null, number, string | null]>(
    "UPDATE feed_seen SET stamp = ?, known = ?, read = ?",
  );
  const pass = db.prepare<[string, number]>(
    `INSERT INTO passed_over VALUES (?, ?, 1)
     ON CONFLICT (kind) DO UPDATE SET times = times + 1`,
  );
  const passed = db.prepare<[], PassedOverRow>(
    "SELECT kind, first_cursor AS firstCursor, times FROM passed_over ORDER BY kind",
  );
  const forget = db.prepare<[string]>("DELETE FROM passed_over WHERE kind = ?");

  /** Asked many times for every time that it changes. */
  let underWay: SnapshotRow | null | undefined;
  const reload = () => {
    underWay = undefined;
  };

  return {
    reload,
    underWay() {
      if (underWay === undefined) underWay = select.get() ?? null;
      return underWay;
    },
    begin(why) {
      begin.run(why);
      reload();
    },
    moveOn({ next, done, total }) {
      move.run(next, assertInteger(done, "done"), assertInteger(total, "total"));
      reload();
    },
    end() {
      end.run();
      reload();
    },
    seen: () => present(seen.get(), "what was seen of the feed"),
    setSeen: ({ stamp, known, read }) => void setSeen.run(stamp, known, read),
    passOver: (kind, cursor) => void pass.run(kind, cursor),
    passedOver: () => passed.all(),
    forgetPassedOver(kinds) {
      for (const kind of kinds) forget.run(kind);
    },
  };
}
