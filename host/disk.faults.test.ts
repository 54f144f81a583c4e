import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import type { PaymentTerminal } from "../hardware/payment/port.ts";
import { type Printer, silentStatus } from "../hardware/printer/port.ts";
import { openLedger } from "../ledger/ledger.ts";
import { ledgerProblemOf } from "../ledger/problem.ts";
import { verifyLedger } from "../ledger/verify.ts";
import { openTestTill, testPin, type TestTill } from "./test-till.ts";

const beans = { code: "4006381333931", symbology: "]E0" };
const commandId = "01900000-0000-7000-8000-00000000abcd";

let till: TestTill | null = null;

afterEach(async () => {
  mendDisk();
  await till?.close();
  till = null;
});

/** From now on no file of this process takes another byte: the kernel's own refusal, as a quota's. */
function breakDisk(): void {
  execFileSync("prlimit", ["--pid", String(process.pid), "--fsize=0:"]);
}

function mendDisk(): void {
  execFileSync("prlimit", ["--pid", String(process.pid), "--fsize=unlimited:"]);
}

async function openSelling(devices: Partial<TestTill["world"]["devices"]> = {}): Promise<TestTill> {
  const open = await openTestTill(1, {
    devices: { printer: null, scanners: [], payment: null, ...devices },
  });
  till = open;
  await open.do("session.sign-in", { personId: "dana", pin: testPin });
  await open.do("shift.open", { floatMinor: 10_000 });
  return open;
}

async function problemShown({ host }: TestTill): Promise<unknown> {
  const status = await host.call("status.view", {});
  return status.ok ? (status.value as { ledgerProblem: unknown }).ledgerProblem : status.failure;
}

describe("[F1] a disk that refuses takes nothing from a sale and adds nothing to it", () => {
  it("the completed sale that was not written is not shown; the same command goes on later", async () => {
    const open = await openSelling();
    await open.do("cart.scan", beans);
    breakDisk();
    const cash = { commandId, amountMinor: 1000 };
    expect(await open.host.call("tender.cash", cash)).toEqual({
      ok: false,
      failure: { type: "LedgerStopped", problem: "disk-full" },
    });
    expect(await problemShown(open)).toBe("disk-full");
    const before = await open.do("register.view", {});
    expect(before).toMatchObject({ cart: { totalMinor: 649, tenders: [] }, lastSale: null });
    expect(await open.refused("cart.scan", beans)).toMatchObject({ type: "LedgerStopped" });
    mendDisk();
    expect(await open.host.call("tender.cash", cash)).toMatchObject({
      ok: true,
      value: { cart: null, lastSale: { receiptNumber: "2-000001", changeMinor: 351 } },
    });
    expect(await problemShown(open)).toBeNull();
    expect(await open.do("receipt.list", {})).toHaveLength(1);
    await open.host.close();
    const ledger = openLedger(open.ledgerPath);
    expect(verifyLedger(ledger)).toMatchObject({ intact: true });
    ledger.close();
    await open.restart();
  });

  it("the last sale shown stays the one that was written", async () => {
    const open = await openSelling();
    await open.do("cart.scan", beans);
    const { lastSale } = await open.do("tender.cash", { amountMinor: 649 });
    await open.do("cart.scan", { ...beans, quantityMilli: 2000 });
    const during = (await open.do("register.view", {})).lastSale;
    breakDisk();
    await open.refused("tender.cash", { amountMinor: 1298 });
    expect((await open.do("register.view", {})).lastSale).toEqual(during);
    expect([lastSale, null]).toContainEqual(during);
  });

  it("the till goes on by itself when the disk takes again", async () => {
    const open = await openSelling();
    breakDisk();
    await open.refused("cart.scan", beans);
    open.world.clock.advance(10_000);
    expect(await problemShown(open)).toBe("disk-full");
    const shown: unknown[] = [];
    open.host.onEvent((event) => {
      if (event.topic === "status") shown.push(event.message.ledgerProblem);
    });
    mendDisk();
    open.world.clock.advance(10_000);
    expect(shown.at(-1)).toBeNull();
    expect(await problemShown(open)).toBeNull();
  });
});

describe("[F3] what happened outside is written down when the disk takes again", () => {
  it("a receipt that was printed meanwhile is printed, not unknown, and not printed again", async () => {
    const sent: string[] = [];
    const { promise: paperIsOut, resolve: tearOff } = Promise.withResolvers<void>();
    const printer: Printer = {
      encode: async () => new Uint8Array(),
      async print(job) {
        job.beforeSend();
        sent.push(job.kind);
        if (job.kind === "document") await paperIsOut;
        return { kind: "printed" };
      },
      status: () => ({ ...silentStatus, connection: "connected" }),
      onStatus: () => () => {},
      async close() {},
    };
    const open = await openSelling({ printer });
    await open.do("cart.scan", beans);
    await open.do("tender.cash", { amountMinor: 649 });
    await expect.poll(() => sent).toContain("document");
    breakDisk();
    tearOff();
    await expect.poll(() => problemShown(open)).toBe("disk-full");
    expect((await open.do("print.jobs", {})).map(({ state }) => state)).toContain("sending");
    mendDisk();
    await expect
      .poll(async () => {
        open.world.clock.advance(1_000);
        return (await open.do("print.jobs", {})).map(({ state }) => state);
      })
      .toEqual(["printed", "printed"]);
    expect(sent.filter((kind) => kind === "document")).toHaveLength(1);
    expect(await problemShown(open)).toBeNull();
  });

  it("a card that was charged meanwhile pays its sale, and is charged once", async () => {
    const asked: string[] = [];
    const { promise: customer, resolve: pays } = Promise.withResolvers<void>();
    const approved = { kind: "approved", terminalReference: "T1", label: "VISA ****1111" } as const;
    const payment: PaymentTerminal = {
      async pay() {
        asked.push("pay");
        await customer;
        return approved;
      },
      async status() {
        asked.push("status");
        return approved;
      },
      reverse: async () => ({ kind: "reversed" }),
      state: () => "ready",
      onState: () => () => {},
      async abort() {},
      async close() {},
    };
    const open = await openSelling({ payment });
    await open.do("cart.scan", beans);
    await open.do("tender.card", { amountMinor: 649 });
    await expect.poll(() => asked).toEqual(["pay"]);
    breakDisk();
    pays();
    await expect.poll(() => problemShown(open)).toBe("disk-full");
    mendDisk();
    await expect
      .poll(async () => {
        open.world.clock.advance(2_000);
        return (await open.do("receipt.list", {})).length;
      })
      .toBe(1);
    expect(asked.filter((what) => what === "pay")).toHaveLength(1);
    expect((await open.do("register.view", {})).lastSale?.tenders).toMatchObject([
      { kind: "card", amountMinor: 649 },
    ]);
  });
});

describe("[F5] a damaged ledger is said in words, and never ends the till", () => {
  it("rubbish over any page of a closed ledger, seeds 1 to 40", async () => {
    const open = await openSelling();
    for (let n = 0; n < 60; n++) {
      await open.do("cart.scan", { ...beans, quantityMilli: 1000 * (n + 1) });
      await open.do("tender.cash", { amountMinor: 649 * (n + 1) });
    }
    await open.do("cart.scan", beans);
    await open.host.close();
    const whole = readFileSync(open.ledgerPath);
    const found = new Map<string, number>();
    for (let seed = 1; seed <= 40; seed++) {
      writeFileSync(open.ledgerPath, damaged(whole, seed));
      for (const what of await tryEverything(open)) found.set(what, (found.get(what) ?? 0) + 1);
    }
    writeFileSync(open.ledgerPath, whole);
    await open.restart();
    const unwanted = [...found.keys()].filter(
      (what) => !["corrupt", "corrupt at start", "works", "refused in words"].includes(what),
    );
    expect(unwanted).toEqual([]);
    expect(found.get("corrupt at start")).toBeGreaterThan(0);
    expect(found.get("corrupt")).toBeGreaterThan(0);
  });
});

function damaged(whole: Buffer, seed: number): Buffer {
  const bytes = Buffer.from(whole);
  const pages = Math.floor(bytes.length / 4_096);
  const at = 4_096 * (1 + ((seed * 7_919) % (pages - 1))) + (seed % 3) * 1_024;
  for (let i = 0; i < 2_048; i++) bytes[at + i] = (seed * 31 + i * 17) & 0xff;
  return bytes;
}

/** A day's work on the damaged file; what became of each step, in a word. */
async function tryEverything(open: TestTill): Promise<Set<string>> {
  try {
    await open.restart();
  } catch (error) {
    return new Set([ledgerProblemOf(error) === "corrupt" ? "corrupt at start" : String(error)]);
  }
  const said = new Set<string>();
  const signIn = { personId: "dana", pin: testPin };
  const id = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, "0")}`;
  const steps: [string, object][] = [
    ["session.sign-in", { commandId: id(1), ...signIn }],
    ["cart.scan", { commandId: id(2), ...beans }],
    ["cart.add-product", { commandId: id(3), sku: "bread" }],
    ["tender.cash", { commandId: id(4), amountMinor: 100_000 }],
    ["receipt.list", {}],
    ["today.view", {}],
    ["stock.list", {}],
    ["stock.movements", { sku: "beans" }],
    ["shifts.list", {}],
    ["print.jobs", {}],
    ["sync.view", {}],
    ["status.view", {}],
    ["catalogue.search", { text: "bea" }],
    ["receipt.reprint", { commandId: id(5) }],
  ];
  for (const [name, input] of steps) {
    const answer = (await open.host.call(name, input).catch((error: unknown) => ({
      ok: false,
      failure: { type: `thrown by ${name}: ${String(error)}` },
    }))) as { ok: boolean; failure?: { type: string; problem?: string } };
    if (answer.ok) said.add("works");
    else said.add(wordOf(name, answer.failure));
  }
  await open.host.close();
  return said;
}

function wordOf(name: string, failure: { type: string; problem?: string } | undefined): string {
  if (failure?.type === "LedgerStopped") return failure.problem ?? "";
  const inWords = ["EmptyCart", "NotSignedIn", "NoShift", "UnknownCode", "UnknownProduct"];
  const alsoInWords = ["UnknownReceipt", "AmountOutOfRange", "UnknownPerson", "SaleIsOpen"];
  if ([...inWords, ...alsoInWords].includes(failure?.type ?? "")) return "refused in words";
  return `${name}: ${failure?.type ?? ""}`;
}
