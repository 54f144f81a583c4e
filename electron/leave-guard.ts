import type { LeaveQuestion, LeaveWord } from "./host-messages.ts";

/** What the guards need of the program around them. */
export interface LeaveWorld {
  /** Asks the host; null where it cannot answer. */
  readonly ask: (what: LeaveQuestion["what"]) => Promise<LeaveWord | null>;
  /** Shows the words and the way out in the window. */
  readonly warn: () => void;
  /** Ends the program; comes back to `isFree`. */
  readonly leave: () => void;
}

/**
 * [P2] Closing is held up once while anything is unsent or a sale is open. Nothing would be lost, for the
 * ledger is durable; but the machine may be about to be carried away.
 */
export interface LeaveGuard {
  /** Whether an end that is under way may go on. */
  isFree(): boolean;
  /** A person closes the window or quits. The second time after a warning they are let go. */
  asked(): void;
  /** They stay: the next closing warns again. */
  stay(): void;
  /** Whatever ends the program now is not held up: the machine's shutdown, an update. */
  free(): void;
  /** The launcher, a signal or a person who was warned ends it. */
  force(): void;
}

export function createLeaveGuard({ ask, warn, leave }: LeaveWorld): LeaveGuard {
  let isFree = false;
  let isWarned = false;
  let isAsking = false;

  function go(): void {
    isFree = true;
    leave();
  }

  async function look(): Promise<void> {
    isAsking = true;
    const word = await ask("close");
    isAsking = false;
    if (isFree) return;
    // A host that cannot answer has nothing in its hands: what was sold is on the disk.
    if (word === null || word.reasons.length === 0) return go();
    isWarned = true;
    warn();
  }

  return {
    isFree: () => isFree,
    asked() {
      if (isFree || isAsking) return;
      if (isWarned) go();
      else void look();
    },
    stay() {
      isWarned = false;
    },
    free() {
      isFree = true;
    },
    force: go,
  };
}

/** Between two questions whether an update that waits may be installed. */
const askAgainMs = 30_000;

/**
 * [P2] What an updater calls when it has something to install: `install` closes the program and is called
 * in the first moment in which nothing is unsent and no sale is open. Returns how to give it up.
 */
export function installWhenFree(
  ask: LeaveWorld["ask"],
  install: () => void,
  everyMs: number = askAgainMs,
): () => void {
  let timer: NodeJS.Timeout | null = null;
  let isGivenUp = false;
  const look = async () => {
    const word = await ask("update");
    if (isGivenUp) return;
    if (word?.mayGo === true) install();
    else timer = setTimeout(() => void look(), everyMs);
  };
  void look();
  return () => {
    isGivenUp = true;
    if (timer !== null) clearTimeout(timer);
  };
}
