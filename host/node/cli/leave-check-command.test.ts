import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openLedger } from "../../../ledger/ledger.ts";
import { openTestTill, testPin } from "../../test-till.ts";
import { dataFolder } from "../data-folder.ts";
import { exitCodes } from "../exit-codes.ts";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "evertill-leave-"));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

/** A till that sold once, closed, in the folder; `sells`: with a sale still on the counter. */
async function leaveTill(sells: boolean): Promise<void> {
  const till = await openTestTill(20_261_123);
  await till.do("session.sign-in", { personId: "dana", pin: testPin });
  await till.do("shift.open", { floatMinor: 0 });
  await till.do("cart.add-product", { sku: "bread" });
  if (!sells) await till.do("tender.cash", { amountMinor: 500 });
  await till.host.close();
  const { ledger } = dataFolder(root);
  mkdirSync(dirname(ledger), { recursive: true });
  cpSync(till.ledgerPath, ledger);
  rmSync(dirname(till.ledgerPath), { recursive: true });
}

function acknowledgeAll(): void {
  const ledger = openLedger(dataFolder(root).ledger);
  const { epoch, seq, hash } = ledger.journal.head();
  ledger.write(() => ledger.sync.setAcked({ epoch, seq, hash }, 1));
  ledger.close();
}

async function leaveCheck(what: string): Promise<{ code: number | null; said: string }> {
  const tool = join(import.meta.dirname, "evertill.ts");
  const child = spawn(process.execPath, [tool, "leave-check", what, "--data", root]);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
  }
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, said };
}

describe("evertill leave-check", () => {
  it("[P2] keeps an uninstall while facts are unsent, says the way out, and lets it go then", async () => {
    await leaveTill(false);
    const waiting = await leaveCheck("uninstall");
    expect(waiting.code).toBe(exitCodes.unsent);
    expect(waiting.said).toContain("facts in");
    expect(waiting.said).toContain("The way out: connect this machine");
    acknowledgeAll();
    const free = await leaveCheck("uninstall");
    expect(free).toMatchObject({ code: 0 });
    expect(free.said).toContain("may go on");
  });

  it("[P2] keeps an update while a sale is open, also when everything else is sent", async () => {
    await leaveTill(true);
    acknowledgeAll();
    const waiting = await leaveCheck("update");
    expect(waiting.code).toBe(exitCodes.unsent);
    expect(waiting.said).toContain("A sale is open");
    expect(waiting.said).not.toContain("facts in");
  });

  it("[P2] says so where there is no till at all", async () => {
    expect(await leaveCheck("update")).toMatchObject({ code: exitCodes.usage });
  });
});
