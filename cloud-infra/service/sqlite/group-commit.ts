import type { Database } from "better-sqlite3";

/** Calls `flush` once, soon: when what arrived at the same moment has arrived. */
export type Gather = (flush: () => void) => void;

/**
 * [U3] Pieces of work of many callers in one transaction, so that a thousand tills wait for one fsync and
 * not for a thousand. Each piece is answered when all are on the disk. One that fails takes none of
 * the others along: then each is done by itself.
 */
export interface GroupCommit<T, R> {
  add(key: string, work: T): Promise<R>;
  /** Does at once what waits under this key: whoever reads must see it. */
  settle(key: string): void;
  settleAll(): void;
}

interface Waiting<T, R> {
  readonly key: string;
  readonly work: T;
  readonly resolve: (result: R) => void;
  readonly reject: (error: unknown) => void;
}

/** `run` is a transaction of its own, or a part of the one around it. */
export function createGroupCommit<T, R>(
  db: Database,
  run: (work: T) => R,
  gather: Gather,
): GroupCommit<T, R> {
  let waiting: Waiting<T, R>[] = [];
  const together = db.transaction((group: readonly Waiting<T, R>[]) =>
    group.map(({ work }) => run(work)),
  );

  function alone({ work, resolve, reject }: Waiting<T, R>): void {
    try {
      resolve(run(work));
    } catch (error) {
      reject(error);
    }
  }

  function settleAll(): void {
    const group = waiting;
    waiting = [];
    let results: R[] = [];
    try {
      if (group.length > 1) results = together.immediate(group);
    } catch {
      // Nothing of it was done: which one it was shows when each goes by itself.
      results = [];
    }
    for (const [i, one] of group.entries()) {
      const result = results[i];
      if (result === undefined) alone(one);
      else one.resolve(result);
    }
  }

  return {
    add: (key, work) =>
      new Promise((resolve, reject) => {
        waiting.push({ key, work, resolve, reject });
        if (waiting.length === 1) gather(settleAll);
      }),
    settle(key) {
      if (waiting.some((one) => one.key === key)) settleAll();
    },
    settleAll,
  };
}
