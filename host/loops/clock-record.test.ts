import { afterEach, beforeEach, expect, it } from "vitest";
import { type Ledger, ledgerOn } from "../../ledger/ledger.ts";
import { openDatabase } from "../../ledger/open-database.ts";
import { verifyLedger } from "../../ledger/verify.ts";
import { cloudNow } from "../state/cloud-now.ts";
import { newTill, type Till } from "../state/till.ts";
import { type TestWorld, testWorld } from "../test-world.ts";
import { createClockRecord } from "./clock-record.ts";

const terminalId = "01900000-0000-7000-8000-000000000001";

let ledger: Ledger;
let world: TestWorld;
let till: Till;

beforeEach(() => {
  ledger = ledgerOn(openDatabase(":memory:"));
  world = testWorld(1);
  const terminal = { terminalId, storeId: "s", tillNumber: 1 };
  till = newTill({ world, ledger, terminal, locale: "en", emit: () => undefined });
});

afterEach(() => ledger.close());

it("[L1] writes the clock's first reading and one that says something new, not every answer", () => {
  const heard = createClockRecord(till);
  expect(cloudNow(till).uncertaintyMs).toBeNull();
  heard({ skewMs: 2_000, uncertaintyMs: 30 });
  expect(cloudNow(till)).toEqual({ atMs: world.clock.now() + 2_000, uncertaintyMs: 30 });
  for (let answer = 0; answer < 50; answer++) {
    world.clock.advance(1_000);
    heard({ skewMs: 2_000 + answer, uncertaintyMs: 25 });
  }
  expect(ledger.journal.head().seq).toBe(1);
  heard({ skewMs: 60_000, uncertaintyMs: 30 });
  expect(ledger.journal.head().seq).toBe(2);
  expect(cloudNow(till).atMs).toBe(world.clock.now() + 60_000);
  expect(verifyLedger(ledger)).toMatchObject({ intact: true });
});

it("[L1] a clock that is set again and again is written down every few seconds at most", () => {
  const heard = createClockRecord(till);
  for (let answer = 0; answer < 40; answer++) {
    heard({ skewMs: answer * 10_000, uncertaintyMs: 5 });
    world.clock.advance(1_000);
  }
  expect(ledger.journal.head().seq).toBe(8);
});
