import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { uuidv7 } from "../../domain/values/id.ts";
import type { Clock, Log } from "../../domain/values/ports.ts";
import { openCardRecords } from "../virtual/card-records.ts";
import { type CardTerminal, createCardTerminal } from "../virtual/card-terminal.ts";
import { createDirectTerminal } from "../virtual/direct-terminal.ts";
import { type NexoServer, startNexoServer } from "../virtual/nexo-server.ts";
import { decimalAmount, minorAmount } from "./amount.ts";
import { createNexoTerminal } from "./nexo.ts";
import { serviceIdOf } from "./nexo-messages.ts";
import { maskedLabel, outcomeOfPayment } from "./nexo-outcome.ts";
import type { PaymentTerminal } from "./port.ts";

const quiet: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const clock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};
const open: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

let count = 0;
function newId(): string {
  count++;
  return uuidv7(clock, { bytes: (n) => Uint8Array.from({ length: n }, (_, i) => count * 7 + i) });
}

function file(): string {
  const folder = mkdtempSync(join(tmpdir(), "evertill-payment-"));
  open.push(() => rmSync(folder, { recursive: true }));
  return join(folder, "payments.jsonl");
}

function newCore(path = file()): CardTerminal {
  const core = createCardTerminal(openCardRecords(path), clock);
  core.set({ delayMs: 0 });
  return core;
}

interface Bench {
  readonly core: CardTerminal;
  readonly terminal: PaymentTerminal;
}

function direct(): Promise<Bench> {
  const core = newCore();
  return Promise.resolve({ core, terminal: createDirectTerminal(core) });
}

function clientOf(url: string): PaymentTerminal {
  const patience = { payMs: 400, answerMs: 200, recoverMs: 60, pollMs: 10, watchMs: 20 };
  const names = { saleId: "till-2", poiId: "terminal-1" };
  const terminal = createNexoTerminal({ url, ...names, clock, log: quiet, patience });
  open.push(() => terminal.close());
  return terminal;
}

async function overHttp(): Promise<Bench & { server: NexoServer; path: string }> {
  const path = file();
  const core = newCore(path);
  const server = await startNexoServer(core, 0);
  open.push(() => server.close());
  return { core, server, path, terminal: clientOf(server.url) };
}

function order(amountMinor = 2465) {
  return { requestId: newId(), amountMinor, currency: "EUR" };
}

function waiting(core: CardTerminal): Promise<void> {
  return new Promise((resolve) => {
    const stop = core.onChange(() => check());
    const check = () => {
      if (core.current === null) return;
      stop();
      resolve();
    };
    check();
  });
}

describe.each([
  ["the virtual terminal itself", direct],
  ["the nexo client and the virtual terminal over HTTP", overHttp],
])("a payment terminal: %s", (_, bench) => {
  it("approves with a reference and a masked label", async () => {
    const { terminal } = await bench();
    const outcome = await terminal.pay(order());
    expect(outcome).toMatchObject({ kind: "approved", label: "VISA ****1111" });
    expect("terminalReference" in outcome && outcome.terminalReference).toMatch(/^EVT\d{9}$/);
  });

  it.each([
    [1124, "declined"],
    [1134, "declined"],
  ] as const)("refuses %i, and nothing was charged", async (amountMinor, why) => {
    const { terminal } = await bench();
    expect(await terminal.pay(order(amountMinor))).toEqual({ kind: "refused", why });
  });

  it.each([
    ["approve", { kind: "approved" }],
    ["decline", { kind: "refused", why: "declined" }],
    ["cancel", { kind: "refused", why: "aborted" }],
  ] as const)("waits for the customer, who may %s", async (decision, outcome) => {
    const { core, terminal } = await bench();
    core.set({ autoApprove: false });
    const paid = terminal.pay(order());
    await waiting(core);
    expect(terminal.state()).toBe("busy");
    core.decide(decision);
    expect(await paid).toMatchObject(outcome);
    expect(terminal.state()).toBe("ready");
  });

  it("gives up when the till asks it to", async () => {
    const { core, terminal } = await bench();
    core.set({ autoApprove: false });
    const request = order();
    const paid = terminal.pay(request);
    await waiting(core);
    await terminal.abort(request.requestId);
    expect(await paid).toEqual({ kind: "refused", why: "aborted" });
  });

  it("is busy for a second payment, and the first goes on", async () => {
    const { core, terminal } = await bench();
    core.set({ autoApprove: false });
    const first = terminal.pay(order());
    await waiting(core);
    expect(await terminal.pay(order())).toEqual({ kind: "refused", why: "busy" });
    core.decide("approve");
    expect((await first).kind).toBe("approved");
  });

  it("charges once for one request id, however often it is asked", async () => {
    const { core, terminal } = await bench();
    const request = order();
    const first = await terminal.pay(request);
    expect(await terminal.pay(request)).toEqual(first);
    expect(core.records.count).toBe(1);
  });

  it("says what became of a payment: unknown while it waits, then its outcome; or never heard of", async () => {
    const { core, terminal } = await bench();
    core.set({ autoApprove: false });
    const request = order();
    const paid = terminal.pay(request);
    await waiting(core);
    expect(await terminal.status(request.requestId)).toEqual({ kind: "unknown" });
    core.decide("approve");
    expect(await terminal.status(request.requestId)).toEqual(await paid);
    expect(await terminal.status(newId())).toEqual({ kind: "not-found" });
  });

  it("gives a payment back once, and says so every time it is asked", async () => {
    const { core, terminal } = await bench();
    const request = order();
    await terminal.pay(request);
    expect(await terminal.reverse(request.requestId)).toEqual({ kind: "reversed" });
    expect(await terminal.reverse(request.requestId)).toEqual({ kind: "reversed" });
    const kinds = core.records.list(10).map(({ kind, state }) => `${kind} ${state}`);
    expect(kinds.toSorted()).toEqual(["payment reversed", "reversal approved"]);
  });

  it("has nothing to give back of a payment that was refused or never came", async () => {
    const { terminal } = await bench();
    const request = order(1124);
    await terminal.pay(request);
    expect(await terminal.reverse(request.requestId)).toEqual({ kind: "reversed" });
    expect(await terminal.reverse(newId())).toEqual({ kind: "reversed" });
  });
});

describe("a lost answer", () => {
  it.each(["lose-answer", "no-answer"] as const)(
    "(%s) is asked for, and the payment is not made twice",
    async (nextFault) => {
      const { core, terminal } = await overHttp();
      core.set({ nextFault });
      expect((await terminal.pay(order())).kind).toBe("approved");
      expect(core.records.count).toBe(1);
    },
  );

  it("of a request that never arrived means: not charged", async () => {
    const { core, terminal } = await overHttp();
    core.set({ nextFault: "lose-request" });
    expect(await terminal.pay(order())).toEqual({ kind: "refused", why: "unreachable" });
    expect(core.records.count).toBe(0);
  });

  it("is unknown while the terminal stays away, and known when it is back", async () => {
    const { core, server, path, terminal } = await overHttp();
    core.set({ autoApprove: false });
    const request = order();
    const paid = terminal.pay(request);
    await waiting(core);
    core.set({ nextFault: "none" });
    await server.close();
    expect(await paid).toEqual({ kind: "unknown" });
    core.decide("approve");
    const again = await startNexoServer(newCore(path), server.port);
    open.push(() => again.close());
    expect((await terminal.status(request.requestId)).kind).toBe("approved");
  });

  it("of a till that died is there for the next one", async () => {
    const { core, server } = await overHttp();
    core.set({ autoApprove: false });
    const first = clientOf(server.url);
    const request = order();
    const paid = first.pay(request);
    await waiting(core);
    await first.close();
    expect(await paid).toEqual({ kind: "unknown" });
    core.decide("approve");
    expect((await clientOf(server.url).status(request.requestId)).kind).toBe("approved");
  });

  it("of a terminal that was switched off in mid-payment is a refusal: the customer has gone", async () => {
    const path = file();
    const before = newCore(path);
    before.set({ autoApprove: false });
    const key = "till-2/0000000001";
    void before.pay({ key, amountMinor: 100, currency: "EUR" });
    expect(newCore(path).records.get(key)).toMatchObject({
      state: "refused",
      condition: "Aborted",
    });
  });
});

describe("the line to the terminal", () => {
  it("says at once that nothing was charged when nobody is there, and shows it", async () => {
    const { server, terminal } = await overHttp();
    await server.close();
    expect(await terminal.pay(order())).toEqual({ kind: "refused", why: "unreachable" });
    expect(terminal.state()).toBe("unreachable");
    const back = Promise.withResolvers<void>();
    terminal.onState((state) => state === "ready" && back.resolve());
    const again = await startNexoServer(newCore(), server.port);
    open.push(() => again.close());
    await back.promise;
  });

  it("is closed to pages of other sites", async () => {
    const { core, server } = await overHttp();
    const message = JSON.stringify({ SaleToPOIRequest: {} });
    const json = { "content-type": "application/json" };
    const foreign = { ...json, origin: "https://example.com" };
    const answers = await Promise.all([
      fetch(server.url, { method: "POST", headers: foreign, body: message }),
      fetch(server.url, { method: "POST", headers: json, body: message }),
      fetch(server.url, { method: "POST", body: message }),
      fetch(server.url),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([403, 400, 400, 403]);
    expect(core.records.count).toBe(0);
  });
});

describe("amounts in nexo", () => {
  it("come back as they were, in every currency (seed 7, 2,000 amounts)", () => {
    let state = 7;
    for (let i = 0; i < 2_000; i++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      const amountMinor = (state % 2 === 0 ? 1 : 100_000) * ((state >>> 4) % 100_000_000);
      for (const currency of ["EUR", "JPY", "KWD"]) {
        const sent = JSON.parse(JSON.stringify(decimalAmount(amountMinor, currency))) as number;
        expect(minorAmount(sent, currency)).toBe(amountMinor);
      }
    }
  });

  it("with more digits than the currency has are no amounts", () => {
    expect(minorAmount(10.999, "EUR")).toBeNull();
    expect(minorAmount(0.5, "JPY")).toBeNull();
    expect(minorAmount(1e21, "EUR")).toBeNull();
    expect(minorAmount(-10.5, "EUR")).toBe(-1050);
  });
});

describe("what a terminal says", () => {
  it.each([
    ["VISA", "4111 11** **** 1111", "VISA ****1111"],
    ["Mastercard", "541333******9999", "Mastercard ****9999"],
    ["VISA", "4111111111111111", "VISA ****1111"],
    ["4111111111111111", undefined, "Card"],
    [undefined, undefined, "Card"],
  ])("never brings a card number to the receipt: %s %s", (brand, pan, label) => {
    expect(maskedLabel(brand, pan)).toBe(label);
  });

  it("is not taken for an approval when it authorised another amount", () => {
    const response = {
      Response: { Result: "Success" },
      POIData: { POITransactionID: { TransactionID: "T", TimeStamp: "" } },
      PaymentResult: { AmountsResp: { AuthorizedAmount: 10 } },
    } as const;
    const asked = { amountMinor: 2465, currency: "EUR" };
    expect(outcomeOfPayment(response, asked, quiet)).toEqual({ kind: "unknown" });
    expect(outcomeOfPayment(response, { ...asked, amountMinor: 1000 }, quiet).kind).toBe(
      "approved",
    );
  });

  it("is about a request whose id fits in ten characters", () => {
    expect(serviceIdOf("0192f0e4-7a3c-7cc0-8000-ffffffffffff")).toMatch(/^[0-9a-z]{10}$/);
    expect(serviceIdOf("0192f0e4-7a3c-7cc0-8000-000000000001")).toBe("0000000001");
  });
});
