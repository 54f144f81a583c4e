/** Open or shut, and a way to wait for either. Shut at first. */
export interface Gate {
  isOpen(): boolean;
  open(): void;
  shut(): void;
  /** Resolves when it is open, or at the end. */
  whenOpen(): Promise<void>;
  whenShut(): Promise<void>;
  /** Lets everybody who waits go, now and later. */
  end(): void;
}

export function createGate(): Gate {
  let isOpen = false;
  let isOver = false;
  let waiting: { open: boolean; go: () => void }[] = [];

  function release(): void {
    const free = waiting.filter(({ open }) => isOver || open === isOpen);
    waiting = waiting.filter((waiter) => !free.includes(waiter));
    for (const { go } of free) go();
  }

  function when(open: boolean): Promise<void> {
    if (isOver || isOpen === open) return Promise.resolve();
    return new Promise((resolve) => waiting.push({ open, go: resolve }));
  }

  return {
    isOpen: () => isOpen,
    open() {
      isOpen = true;
      release();
    },
    shut() {
      isOpen = false;
      release();
    },
    whenOpen: () => when(true),
    whenShut: () => when(false),
    end() {
      isOver = true;
      release();
    },
  };
}
