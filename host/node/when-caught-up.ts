import type { Clock } from "../../domain/values/ports.ts";
import type { SyncView } from "../contract/views.ts";
import type { HostEndpoint } from "../endpoint.ts";

/** A cloud that says nothing new for so long is not waited for: the till sells what it knows. */
const patienceMs = 20_000;

/** Resolves when the till holds all that the store's feed has, or when nothing comes any more. */
export function whenCaughtUp(endpoint: HostEndpoint, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    let lastCursor = -1;
    let isOver = false;
    let cancel = clock.after(patienceMs, finish);
    const stop = endpoint.onEvent((event) => {
      if (event.topic === "changed") void look();
    });

    function finish(): void {
      isOver = true;
      cancel();
      stop();
      resolve();
    }

    async function look(): Promise<void> {
      const answer = await endpoint.call("sync.view", {});
      // Another look may have ended it meanwhile: no timer is left behind.
      if (isOver) return;
      if (!answer.ok) return finish();
      const { cursor, feedEnd } = answer.value as SyncView;
      if (feedEnd !== null && cursor >= feedEnd) return finish();
      if (cursor === lastCursor) return;
      lastCursor = cursor;
      cancel();
      cancel = clock.after(patienceMs, finish);
    }
    void look();
  });
}
