import { hash } from "node:crypto";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createMemoryLedger } from "../engine/memory-ledger.ts";
import type { SyncStatus } from "../engine/ports.ts";
import { createLineRig, type LineRig } from "./line-rig.ts";

/** Snapshots over the real client, TLS, and a store server in a process of its own. */

let rig: LineRig;

beforeEach(async () => {
  rig = await createLineRig();
});

afterEach(async () => {
  await rig.end();
});

const sha256 = (text: string) => hash("sha256", text, "hex");
const isIn = ({ snapshot, feedEnd }: SyncStatus) => snapshot === null && feedEnd !== null;

it("[D2] a store server killed in the middle of a snapshot: the till goes on with the next page", async () => {
  const skus = Array.from({ length: 600 }, (_, i) => `good-${String(i).padStart(4, "0")}`);
  await rig.importGoods(Object.fromEntries(skus.map((sku) => [sku, 7])));
  const enrolment = await rig.enrol();
  const { terminalId } = enrolment;
  const ledger = createMemoryLedger({ terminalId, sha256, isNew: true });
  const till = await rig.startTill({ enrolment, ledger, tuning: { snapshotLimit: 40 } });
  for (const done of [200, 800]) {
    await till.until(({ snapshot }) => (snapshot?.done ?? 0) >= done);
    till.sell(3);
    await rig.server().kill();
    await till.until(({ connection }) => connection === "offline");
    await rig.restart();
  }
  const status = await till.until((now) => isIn(now) && now.provedEqual);
  expect(status.lastError).toBeNull();
  const sections = ledger.pages.flatMap((page) => page.sections);
  const products = sections.filter(({ kind }) => kind === "products");
  const found = products.flatMap(({ text }) => JSON.parse(text) as { sku: string }[]);
  expect(found.map(({ sku }) => sku)).toEqual(skus);
  for (const [i, { after }] of products.entries())
    expect(after).toBe(products[i - 1]?.upTo ?? null);
  expect(ledger.pages.at(-1)?.done).toBe(ledger.pages.at(-1)?.total);
  expect(ledger.applied.filter(({ kind }) => kind === "product")).toEqual([]);
});
