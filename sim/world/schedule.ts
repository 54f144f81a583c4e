/** The simulation's one time: nothing happens but what somebody put here, in order. */
export interface Schedule {
  /** True time, milliseconds since the simulation began. Machines' own clocks differ from it. */
  nowMs(): number;
  after(delayMs: number, task: () => void): () => void;
  /** Runs what falls due, and whatever that sets off. */
  run(forMs: number): Promise<void>;
  /** Tasks run so far. */
  tasks(): number;
}

interface Task {
  readonly atMs: number;
  readonly order: number;
  run: (() => void) | null;
}

/** Resolves when everything that needs no time has happened: promises go before the next turn. */
function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

export function createSchedule(): Schedule {
  const heap = createHeap();
  let nowMs = 0;
  let order = 0;
  let count = 0;

  return {
    nowMs: () => nowMs,
    tasks: () => count,
    after(delayMs, run) {
      order += 1;
      const task: Task = { atMs: nowMs + Math.max(0, delayMs), order, run };
      heap.push(task);
      return () => {
        task.run = null;
      };
    },
    async run(forMs) {
      const untilMs = nowMs + forMs;
      await settle();
      for (let task = heap.pop(untilMs); task !== null; task = heap.pop(untilMs)) {
        if (task.run === null) continue;
        nowMs = Math.max(nowMs, task.atMs);
        count += 1;
        task.run();
        await settle();
      }
      nowMs = untilMs;
    },
  };
}

const isSooner = (a: Task, b: Task) => a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);

function createHeap() {
  const tasks: Task[] = [];
  const swap = (i: number, j: number) => {
    const [a, b] = [tasks[i], tasks[j]];
    if (a === undefined || b === undefined) return;
    tasks[i] = b;
    tasks[j] = a;
  };
  const isBefore = (i: number, j: number) => {
    const [a, b] = [tasks[i], tasks[j]];
    return a !== undefined && b !== undefined && isSooner(a, b);
  };

  return {
    push(task: Task): void {
      tasks.push(task);
      let at = tasks.length - 1;
      for (let up = (at - 1) >> 1; at > 0 && isBefore(at, up); up = (at - 1) >> 1) {
        swap(at, up);
        at = up;
      }
    },
    /** The next task, if it is due by then. */
    pop(untilMs: number): Task | null {
      const [first] = tasks;
      if (first === undefined || first.atMs > untilMs) return null;
      swap(0, tasks.length - 1);
      tasks.pop();
      for (let at = 0; ; ) {
        const [left, right] = [2 * at + 1, 2 * at + 2];
        let least = isBefore(left, at) ? left : at;
        if (isBefore(right, least)) least = right;
        if (least === at) return first;
        swap(at, least);
        at = least;
      }
    },
  };
}
