import { CONNECTION_STATE_CHANGE, ConnectionState } from "aws-amplify/api";
import { Hub } from "aws-amplify/utils";
import { z } from "zod";
import type { Subscription } from "./caller.ts";

/** Amplify's word for "the server has acknowledged a subscription". */
const subscriptionAck = "Subscription ack";

/**
 * One life of a subscription: at most one `true`, at most one `false`, then silence. Amplify's own
 * way back (after 5 s, then every 60 s) is not waited for: on the first trouble this one is over,
 * and the engine asks for another as soon as the cloud answers. Returns how to end it quietly.
 */
export function listenForPokes(
  { pokes, variables }: Subscription,
  { terminalId, timeoutMs }: { terminalId: string; timeoutMs: number },
  onPoke: () => void,
  onConnection: (connected: boolean) => void,
): () => void {
  let isOver = false;
  const stop = () => {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    stopHub();
    subscription.unsubscribe();
  };
  const lost = () => {
    if (isOver) return;
    stop();
    onConnection(false);
  };
  const timer = setTimeout(lost, timeoutMs);
  const stopHub = Hub.listen("api", ({ payload: { event, data } }) => {
    if (event === subscriptionAck && isAbout(data, variables)) {
      clearTimeout(timer);
      onConnection(true);
    } else if (event === CONNECTION_STATE_CHANGE && isDisruption(data)) {
      // Which connection it is Amplify does not say. A till has one; a second one subscribes anew.
      queueMicrotask(lost);
    }
  });
  const subscription = pokes.subscribe({
    next: (message) => {
      if (pokedBy(message) !== terminalId) onPoke();
    },
    error: () => queueMicrotask(lost),
  });
  return stop;
}

function isAbout(data: unknown, variables: object): boolean {
  return (
    typeof data === "object" && data !== null && "variables" in data && data.variables === variables
  );
}

function isDisruption(data: unknown): boolean {
  if (typeof data !== "object" || data === null || !("connectionState" in data)) return false;
  const state = data.connectionState;
  return (
    state === ConnectionState.ConnectionDisrupted ||
    state === ConnectionState.ConnectionDisruptedPendingNetwork
  );
}

const pokeSchema = z.object({
  data: z.object({ poked: z.object({ terminalId: z.string().nullable() }) }),
});

/** The terminal that caused a poke; null when none did or it cannot be told. */
function pokedBy(message: unknown): string | null {
  const parsed = pokeSchema.safeParse(message);
  return parsed.success ? parsed.data.data.poked.terminalId : null;
}
