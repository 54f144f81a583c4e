import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { genesisHash } from "../../domain/facts/chain.ts";
import { sha256 } from "../../ledger/bytes.ts";
import { type Ledger, openLedger } from "../../ledger/ledger.ts";
import { signedText } from "../../sync/protocol/relayed.ts";
import { createSampleTill, type SampleTill } from "../../sync/protocol/sample-till.ts";
import type { Peer, Relay, SignedPush, TheirFact } from "./port.ts";
import { createRelay } from "./relay.ts";
import { createTakeHeard } from "./take-heard.ts";

const hubId = "01900000-0000-7000-8000-0000000000aa";
const otherId = "01900000-0000-7000-8000-0000000000bb";
const nothing = { epoch: 1, seq: 0, hash: genesisHash };

let folder: string;
let ledger: Ledger;
let relay: Relay;
let folded: string[];
let warned: string[];
let sample: SampleTill;

/** A word is its own text: who signed what is all that matters here. */
function peer(terminalId: string): Peer {
  return { terminalId, signed: (text, signature) => signature === text };
}
const other = peer(otherId);

function signed(fromSeq: number, toSeq?: number): SignedPush {
  const request = sample.push(fromSeq, toSeq);
  const seq = fromSeq + request.facts.length - 1;
  const last = { epoch: 1, seq, hash: request.facts.at(-1)?.hash ?? "" };
  return { ...request, signature: signedText(otherId, last) };
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "evertill-relay-"));
  ledger = openLedger(join(folder, "ledger.sqlite"));
  folded = [];
  const log = { info() {}, warn: (event: string) => void warned.push(event), error() {} };
  const terminal = { terminalId: hubId, storeId: "s", tillNumber: 1 };
  const takeHeard = createTakeHeard({ ledger, terminal, log });
  warned = [];
  relay = createRelay({
    ...{ ledger, sha256, terminalId: hubId },
    clock: { now: () => 1_795_000_000_000 },
    write: (work) => ledger.write(work),
    fold(bodies) {
      folded.push(...bodies);
      takeHeard(bodies);
    },
    onFacts() {},
  });
  sample = createSampleTill({ terminalId: otherId, sha256 });
  for (let n = 0; n < 6; n++) sample.sell(["bread"]);
});

afterEach(() => {
  ledger.close();
  rmSync(folder, { recursive: true });
});

it("[H3] takes a chain up where the cloud had it, folds each fact once, hands it to the others only", () => {
  const begin = { epoch: 1, seq: 2, hash: sample.facts[1]?.hash ?? "" };
  expect(relay.head(other, 1, begin)).toEqual(begin);
  expect(relay.push(other, signed(3, 4))).toMatchObject({ outcome: "accepted", head: { seq: 4 } });
  expect(relay.push(other, signed(3, 5))).toMatchObject({ outcome: "accepted", head: { seq: 5 } });
  expect(relay.push(other, signed(3, 4))).toMatchObject({ outcome: "accepted", head: { seq: 5 } });
  expect(folded).toHaveLength(3);

  const third = relay.changes(peer(hubId), 0, 100);
  expect(third).toMatchObject({ upTo: 2, cursor: 2 });
  const bodies = sample.facts.slice(2, 5).map(({ body }) => body);
  expect(new Set(third.changes.map((change) => change.kind === "fact" && change.body))).toEqual(
    new Set(bodies),
  );
  expect(relay.changes(other, 0, 100)).toEqual({ upTo: 2, cursor: 2, changes: [] });
});

it("[H3] answers a gap with what it has, and a fork with its own chain, and changes nothing", () => {
  relay.head(other, 1, nothing);
  expect(relay.push(other, signed(2))).toMatchObject({ outcome: "gap", head: nothing });
  relay.push(other, signed(1, 3));
  const held = relay.head(other, 1, nothing);
  const twin = createSampleTill({ terminalId: otherId, sha256, salt: 2 });
  for (let n = 0; n < 6; n++) twin.sell(["milk"]);
  sample = twin;
  for (const [from, to] of [
    [1, 2],
    [2, 3],
    [3, 5],
  ] as const) {
    expect(relay.push(other, signed(from, to))).toMatchObject({ outcome: "forked", head: held });
  }
  expect(folded).toHaveLength(3);
});

it("[H3] refuses facts without their terminal's word, or that do not hang together", () => {
  relay.head(other, 1, nothing);
  const request = signed(1, 3);
  expect(() => relay.push(other, { ...request, signature: "no" })).toThrow(/signature/);
  const [first, second, third] = request.facts;
  const torn = [first, third, second].flatMap((fact) => fact ?? []);
  expect(() => relay.push(other, { ...request, facts: torn })).toThrow(/continue/);
  expect(relay.head(other, 1, nothing)).toEqual(nothing);
  expect(folded).toEqual([]);
});

it("[H3] hands on what it cannot read itself: a newer cloud may know it", () => {
  relay.head(other, 1, nothing);
  sample.writeRaw('{"of":"tomorrow"}');
  relay.push(other, signed(1));
  expect(warned).toEqual(["fact.unread"]);
  expect(relay.changes(peer(hubId), 0, 100).changes).toHaveLength(7);
});

it("[H4] gives a suspended sale to whoever asks first, also when asked again", () => {
  expect(relay.claim(other, "s1")).toBe(otherId);
  expect(relay.claim(peer(hubId), "s1")).toBe(otherId);
  expect(relay.claim(other, "s1")).toBe(otherId);
  expect(relay.claim(peer(hubId), "s2")).toBe(hubId);
});

it("[H5] what the cloud has, by its till's word, need not be handed on, and goes after a while", () => {
  relay.head(other, 1, nothing);
  relay.push(other, signed(1, 3));
  expect(ledger.relay.unrelayed(hubId)).toHaveLength(1);
  relay.head(other, 1, { epoch: 1, seq: 3, hash: sample.facts[2]?.hash ?? "" });
  expect(ledger.relay.unrelayed(hubId)).toEqual([]);
  expect(ledger.write(() => ledger.relay.forget(1_795_000_000_001))).toBe(1);
  expect(relay.changes(peer(hubId), 0, 100)).toEqual({ upTo: 1, cursor: 1, changes: [] });
});

it("[H6] gives a till back what it pushed and has lost, but for what it says that it holds", () => {
  relay.head(other, 1, nothing);
  relay.push(other, signed(1, 3));
  relay.push(other, signed(4, 6));
  const holding = (seq: number) => {
    const held = { epoch: 1, seq, hash: sample.facts[seq - 1]?.hash ?? genesisHash };
    return relay.changes(other, 0, 100, held).changes.length;
  };
  expect([holding(6), holding(3), holding(0)]).toEqual([0, 3, 6]);
  const parted = { epoch: 1, seq: 3, hash: "f".repeat(64) };
  expect(relay.changes(other, 0, 100, parted).changes).toHaveLength(6);
});

it("[H6] takes hearsay in, says what of it is unknown, and tells a till of its own", () => {
  const bodies = sample.facts.map(({ body }) => body);
  const facts = bodies.map((body) => JSON.parse(body) as TheirFact);
  const ids = facts.map(({ id }) => id);
  expect(relay.unknown(facts)).toEqual(ids);
  relay.hearsay(bodies.slice(0, 4));
  expect(relay.unknown(facts)).toEqual(ids.slice(4));
  expect(relay.lost(other, 0)).toMatchObject({ bodies: bodies.slice(0, 4) });
  expect(relay.lost(peer(hubId), 0)).toEqual({ upTo: 4, bodies: [] });
  // What it pushed itself it has.
  relay.head(other, 1, nothing);
  relay.push(other, signed(1, 2));
  expect(relay.lost(other, 0)).toMatchObject({ bodies: bodies.slice(2, 4) });
});

it("[H6] takes of its own lost facts all that others tell, of theirs what the store needs", () => {
  const lost = createSampleTill({ terminalId: hubId, sha256 });
  const opened = (till: SampleTill) => till.write("drawer.no-sale", { reason: "change" });
  const own = opened(lost);
  relay.hearsay([own.body, opened(sample).body, "{}", sample.facts[0]?.body ?? ""]);
  const idOf = ({ body }: { body: string }) => (JSON.parse(body) as TheirFact).id;
  const known = [own, ...sample.facts]
    .map(idOf)
    .filter((id) => ledger.sync.storeFactOf(id) !== null);
  expect(known).toEqual([idOf(own), idOf(sample.facts[0] ?? own)]);
  expect(warned).toEqual(["fact.unread"]);
});
