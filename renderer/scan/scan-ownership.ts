const lockName = "evertill-device-scans";

/** Whether this window is the one that answers for scans of devices the host owns. */
export interface ScanOwnership {
  readonly isOwner: boolean;
  stop(): void;
}

/**
 * The host tells every window of a device's scan; two open registers must not ring it up twice. The
 * window that was used last owns the scans, by a lock that the browser keeps among its windows.
 */
export function claimDeviceScans(page: Window): ScanOwnership {
  const { locks } = page.navigator as { locks?: LockManager };
  let isOwner = locks === undefined;
  let stopped = false;
  let release: () => void = () => {};

  function claim(): void {
    if (locks === undefined || isOwner || stopped) return;
    isOwner = true;
    void locks
      .request(lockName, { steal: true }, () => new Promise<void>((done) => (release = done)))
      .catch(() => {
        // Another window took over.
      })
      .finally(() => {
        isOwner = false;
      });
  }

  page.addEventListener("focus", claim);
  page.addEventListener("pointerdown", claim);
  claim();
  return {
    get isOwner() {
      return isOwner;
    },
    stop() {
      stopped = true;
      page.removeEventListener("focus", claim);
      page.removeEventListener("pointerdown", claim);
      release();
    },
  };
}
