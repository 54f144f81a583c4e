import { type TransportErrorKind, TransportError } from "../../sync/engine/ports.ts";
import { classifyError } from "../../sync/transport/classify-error.ts";
import type { GraphqlWire, PokeRequest } from "../../sync/transport/graphql-transport.ts";
import type { Clock } from "../../domain/values/ports.ts";
import type { Link } from "./link.ts";
import type { Life } from "./machine-clock.ts";

/** What a cloud is to whoever speaks to it: text in, text out, or silence. */
export interface CloudDoor {
  /** Null when the cloud dies before it answered, or is not there. */
  post(token: string, text: string): Promise<DoorAnswer | null>;
  /** `onEnd`: the cloud is gone. Null when it is not there or says no. */
  subscribe(token: string, text: string, listener: DoorListener): Promise<(() => void) | null>;
}

export interface DoorListener {
  readonly onData: (text: string) => void;
  readonly onEnd: () => void;
}

export interface DoorAnswer {
  readonly status: number;
  readonly text: string;
}

export interface WireEnds {
  readonly link: Link;
  readonly door: CloudDoor;
  readonly clock: Clock;
  readonly life: Life;
  readonly token: string;
}

/** After so long without a sign of life a connection is given up, as AppSync's client does. */
const silenceMs = 30_000;
/** How long a machine takes to learn that there is no way at all. */
const refusalMs = 5;

/** GraphQL over a simulated line: what is sent is text, so that nothing is shared. */
export function createWire(ends: WireEnds): GraphqlWire {
  const underWay = new Set<(error: TransportError) => void>();
  return {
    call: (query, variables, timeoutMs) => call(ends, underWay, { query, variables, timeoutMs }),
    listen: (request, onPoke, onConnection) => listen(ends, request, onPoke, onConnection),
    cancelAll() {
      for (const end of underWay) end(lost("unreachable"));
    },
  };
}

interface Question {
  readonly query: string;
  readonly variables: object;
  readonly timeoutMs: number;
}

function call(
  { link, door, clock, life, token }: WireEnds,
  underWay: Set<(error: TransportError) => void>,
  { query, variables, timeoutMs }: Question,
): Promise<unknown> {
  if (life.isOver) return new Promise(() => undefined);
  const text = JSON.stringify({ query, variables });
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const end = (error: Error) => {
    if (life.isOver || !underWay.delete(end)) return;
    cancel();
    reject(error);
  };
  const cancel = clock.after(timeoutMs, () => end(lost("timeout")));
  underWay.add(end);
  if (link.cut() === "down") clock.after(refusalMs, () => end(lost("unreachable")));
  link.carry("up", text.length, () => {
    void door.post(token, text).then((answer) => {
      if (answer === null) {
        link.carry("down", 40, () => end(lost("unreachable")));
        return;
      }
      link.carry("down", answer.text.length, () => {
        const read = dataOf(answer);
        if (read.error !== null) return end(read.error);
        if (life.isOver || !underWay.delete(end)) return;
        cancel();
        resolve(read.data);
      });
    });
  });
  return promise;
}

function dataOf({ status, text }: DoorAnswer): { data: unknown; error: Error | null } {
  if (status !== 200) {
    const originalError = { response: { statusCode: status } };
    return { data: null, error: classifyError({ errors: [{ message: "", originalError }] }) };
  }
  const body = JSON.parse(text) as { data?: unknown; errors?: unknown[] };
  if (body.errors !== undefined) return { data: null, error: classifyError(body) };
  return { data: body.data, error: null };
}

function lost(kind: TransportErrorKind): TransportError {
  return new TransportError(kind, `simulated: ${kind}`);
}

function listen(
  ends: WireEnds,
  { query, variables, terminalId, timeoutMs }: PokeRequest,
  onPoke: () => void,
  onConnection: (connected: boolean) => void,
): () => void {
  const { link, door, clock, life, token } = ends;
  if (life.isOver) return () => undefined;
  let leave: (() => void) | null = null;
  let isOver = false;
  let isConnected = false;
  let cancelSilence = () => {};
  const stop = () => {
    isOver = true;
    cancelTimeout();
    cancelSilence();
    stopLooking();
    leave?.();
  };
  const drop = () => {
    if (isOver || life.isOver) return;
    stop();
    onConnection(false);
  };
  const cancelTimeout = clock.after(timeoutMs, drop);
  const stopLooking = link.onCut(() => {
    cancelSilence();
    const cut = link.cut();
    if (cut !== "open") cancelSilence = clock.after(cut === "down" ? refusalMs : silenceMs, drop);
  });
  const text = JSON.stringify({ query, variables });
  const onData = (message: string) =>
    link.carry("down", message.length, () => {
      if (life.isOver) return leave?.();
      if (!isOver && pokedBy(message) !== terminalId) onPoke();
    });
  link.carry("up", text.length, () => {
    void door.subscribe(token, text, { onData, onEnd: drop }).then((left) => {
      if (isOver || life.isOver) return left?.();
      if (left === null) return link.carry("down", 40, drop);
      leave?.();
      leave = left;
      link.carry("down", 40, () => {
        if (isOver || life.isOver || isConnected || leave !== left) return;
        cancelTimeout();
        isConnected = true;
        onConnection(true);
      });
    });
  });
  return stop;
}

function pokedBy(message: string): unknown {
  const { data } = JSON.parse(message) as { data?: { poked?: { terminalId?: unknown } } | null };
  return data?.poked?.terminalId;
}
