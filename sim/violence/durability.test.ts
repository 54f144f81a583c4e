import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { CommandInput, CommandName } from "../../renderer/command/send-command.ts";
import { sendCommand } from "../../renderer/command/send-command.ts";
import { goodsToSell } from "../../renderer/e2e/demo-goods.ts";
import { openShop, type Shop, type ShopTill } from "./shop.ts";
import { strace, whyNoStrace } from "./strace.ts";

/**
 * How often the programs really tell the disk to flush, counted outside of them: durability
 * cannot go away by a setting that SQLite reports and does not follow.
 */
const why = whyNoStrace();
const sales = 20;

let shop: Shop | null = null;
afterEach(async () => {
  await shop?.close(false);
  shop = null;
});

async function open(): Promise<{ shop: Shop; till: ShopTill }> {
  const opened = await openShop({ tills: 1, seed: 1n, busy: false });
  shop = opened;
  const [till] = opened.tills;
  if (till === undefined) throw new Error("a shop has a till");
  return { shop: opened, till };
}

async function carryOut<N extends CommandName>(till: ShopTill, name: N, input: CommandInput<N>) {
  const answer = await sendCommand(till.channel, name, input);
  if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.failure)}`);
  return answer.value;
}

async function sell(till: ShopTill): Promise<void> {
  const [good] = goodsToSell(1);
  await carryOut(till, "cart.scan", { code: good?.gtin ?? "", symbology: "]E0" });
  await carryOut(till, "tender.cash", { amountMinor: good?.priceMinor ?? 0 });
}

const provedEqual = async (till: ShopTill) => {
  const view = await till.channel.call("sync.view", {});
  return view.ok && view.value.network.provedEqual;
};

/** fsyncs of SQLite's log while `work` runs. */
async function syncsOf(program: { pid: number; log: string }, work: () => Promise<void>) {
  const watch = await strace(program.pid, join(shop?.folder ?? "", "strace"));
  await work();
  await watch.detach();
  return watch.calls().filter(({ kind, path }) => kind === "sync" && path === program.log).length;
}

const slowMs = 700;

describe(`fsyncs${why === null ? "" : ` (skipped: ${why})`}`, () => {
  it.skipIf(why !== null)(
    "[F6] each command of a till is one fsync of its ledger",
    async () => {
      const { till } = await open();
      await expect.poll(() => provedEqual(till), { timeout: 20_000 }).toBe(true);
      // Nobody but the cashier writes: the cloud is away.
      till.line.cut("fin");
      await sell(till);
      const ledger = { pid: till.program().pid, log: `${till.database}-wal` };
      const seen = await syncsOf(ledger, async () => {
        for (let n = 0; n < sales; n++) await sell(till);
      });
      // A scan and a tender each. A checkpoint, and the log begun anew after it, may come in
      // between.
      expect(seen).toBeGreaterThanOrEqual(2 * sales);
      expect(seen).toBeLessThanOrEqual(2 * sales + 3);
    },
    60_000,
  );

  it.skipIf(why !== null)(
    "[F6] a sale is not confirmed before its fsync: a slow disk delays the answer",
    async () => {
      const { till } = await open();
      await expect.poll(() => provedEqual(till), { timeout: 20_000 }).toBe(true);
      till.line.cut("fin");
      const [good] = goodsToSell(1);
      await carryOut(till, "cart.scan", { code: good?.gtin ?? "", symbology: "]E0" });
      const outFile = join(shop?.folder ?? "", "strace");
      const slow = await strace(till.program().pid, outFile, [
        `fsync,fdatasync:delay_enter=${slowMs * 1000}`,
      ]);
      const beganMs = performance.now();
      await carryOut(till, "tender.cash", { amountMinor: good?.priceMinor ?? 0 });
      const tookMs = performance.now() - beganMs;
      await slow.detach();
      expect(tookMs).toBeGreaterThanOrEqual(slowMs);
    },
    60_000,
  );

  it.skipIf(why !== null)(
    "[U3] the store server acknowledges a batch after its fsync: at least one a batch, and a slow disk delays the answer",
    async () => {
      const { till, shop: opened } = await open();
      await expect.poll(() => provedEqual(till), { timeout: 20_000 }).toBe(true);
      const server = { pid: opened.server.program().pid, log: `${opened.server.database}-wal` };
      const batches = 8;
      const seen = await syncsOf(server, async () => {
        for (let n = 0; n < batches; n++) await sellAndBeAcknowledged(till);
      });
      expect(seen).toBeGreaterThanOrEqual(batches);
      const slow = await strace(server.pid, join(opened.folder, "strace"), [
        `fsync,fdatasync:delay_enter=${slowMs * 1000}`,
      ]);
      const beganMs = performance.now();
      await sellAndBeAcknowledged(till);
      const tookMs = performance.now() - beganMs;
      await slow.detach();
      expect(tookMs).toBeGreaterThanOrEqual(slowMs);
    },
    60_000,
  );
});

async function sellAndBeAcknowledged(till: ShopTill): Promise<void> {
  await sell(till);
  await expect.poll(() => provedEqual(till), { timeout: 20_000, interval: 10 }).toBe(true);
}
