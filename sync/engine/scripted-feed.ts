import type { SnapshotPage } from "../protocol/snapshot.ts";
import type { Change, ChangePage } from "../protocol/wire.ts";
import type { FeedSeen } from "./ports.ts";

/** [D1] [D2] A feed and its snapshots by the rules, in few words. */
export interface ScriptedFeed {
  /** Adds changes at its end. */
  publish(changes: readonly Change[]): void;
  /** [D5] A backup was put back: its past is another one. */
  readonly beginLife: (name: string) => void;
  /** [D6] Entries up to here are told no more. */
  readonly forget: (upTo: number) => void;
  /** [D2] The snapshot under way cannot go on. */
  readonly expireSnapshot: () => void;
  page(after: number, limit: number, seen: FeedSeen | undefined): ChangePage;
  snapshot(after: string | null, limit: number): SnapshotPage;
}

export function createScriptedFeed(): ScriptedFeed {
  const feed: Change[] = [];
  let stamp = "first life";
  let floor = 0;
  let expired = false;

  return {
    publish: (changes) => void feed.push(...changes),
    beginLife(name) {
      stamp = name;
    },
    forget(upTo) {
      floor = upTo;
    },
    expireSnapshot() {
      expired = true;
    },
    page(after, limit, seen) {
      const upTo = feed.length;
      const isOther = seen?.stamp !== undefined && seen.stamp !== null && seen.stamp !== stamp;
      if (after > upTo || isOther || after < floor) {
        const why = after <= upTo && !isOther ? "too-old" : "cloud-restored";
        return { outcome: "snapshot", why, stamp: null, cursor: after, upTo, changes: [] };
      }
      const changes = feed.slice(after, after + limit);
      const cursor = Math.min(upTo, after + limit);
      return { outcome: "page", stamp, cursor, upTo, changes };
    },
    snapshot(after, limit) {
      const start = Number(after ?? 0);
      const rows = feed.slice(start, start + limit).filter(({ kind }) => kind === "product");
      const next = start + limit < feed.length ? String(start + limit) : null;
      const upTo = feed.length;
      const section = { kind: "products", text: JSON.stringify(rows), after, upTo: next };
      const done = Math.min(upTo, start + limit);
      const place = { stamp, stampAtFloor: stamp, asOf: upTo, floor, done, total: upTo, next };
      const outcome = expired ? "restart" : "page";
      expired = false;
      return { outcome, ...place, sections: [section] };
    },
  };
}
