import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import {
  childrenOf,
  isAlive,
  readyAddresses,
  type Started,
  startEvertill,
  terminalOf,
  visit,
} from "./start-fixture.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const data = temporaryFolder("start");
const running: Started[] = [];
const longMs = 90_000;
// Four programs a start, beside whatever else the machine is testing.
vi.setConfig({ testTimeout: 60_000 });

function start(options: readonly string[] = [], stdin = ""): Started {
  const started = startEvertill(["--no-window", "--data", data, ...options], { stdin });
  running.push(started);
  return started;
}

afterEach(async () => {
  for (const started of running.splice(0)) await started.stop();
});

afterAll(() => {
  rmSync(data, { recursive: true, force: true });
});

/** Everything below starts again from the folder that this first start made. */
const first = { printed: [""], terminal: { tillNumber: 0, products: 0 }, exitCode: -1 };

beforeAll(async () => {
  const started = startEvertill(["--no-window", "--data", data]);
  const { register } = await started.ready;
  first.printed = [...started.printed()];
  first.terminal = (await terminalOf(await visit(register))) ?? first.terminal;
  first.exitCode = (await started.stop()) ?? -1;
}, longMs);

describe("npm start", () => {
  it("--json prints one line when the till can sell, with exactly these things in it", () => {
    expect(first.printed).toHaveLength(1);
    const line = readyAddresses.parse(JSON.parse(first.printed[0] ?? ""));
    expect(line.data).toBe(data);
    expect(line.people.map(({ role }) => role)).toContain("manager");
    expect(line.people.every(({ pin }) => /^\d{4,8}$/.test(pin))).toBe(true);
    expect(line.store).toMatch(/^https:\/\/127\.0\.0\.1:\d+\//);
  });

  it("a first start makes a till of the demo store that can sell; Ctrl+C ends it well", () => {
    expect(first.terminal.tillNumber).toBe(1);
    expect(first.terminal.products).toBeGreaterThanOrEqual(5_000);
    expect(first.exitCode).toBe(0);
  });

  it("a second start is quick, keeps the data, the ports and the printer's socket", async () => {
    const ports = readFileSync(join(data, "ports.json"), "utf8");
    const beganAt = performance.now();
    const second = start();
    const ready = await second.ready;
    const tookMs = Math.round(performance.now() - beganAt);
    console.log(`second start to sellable: ${tookMs} ms`);
    // The promise is 2 s on a quiet machine; tests share theirs with others.
    expect(tookMs).toBeLessThan(10_000);
    expect(readFileSync(join(data, "ports.json"), "utf8")).toBe(ports);
    expect((await terminalOf(await visit(ready.register)))?.tillNumber).toBe(1);
  });

  it("register, back office and paper each answer at their printed address", async () => {
    const ready = await start().ready;
    for (const address of [ready.register, ready.backOffice]) {
      const page = await fetch(address, { redirect: "manual" });
      expect(page.status).toBe(303);
    }
    expect(new URL(ready.backOffice).hash).toBe("#/back-office");
    const paper = await fetch(ready.paper, { redirect: "manual" });
    expect(paper.headers.get("set-cookie")).toContain("HttpOnly");
  });

  it("a program that is killed comes back by itself: store server, devices, till", async () => {
    const started = start();
    const visitor = await visit((await started.ready).register);
    for (const name of ["store", "devices", "till"] as const) {
      const before = childrenOf(started.child.pid ?? 0)[name];
      process.kill(before, "SIGKILL");
      await expect
        .poll(() => childrenOf(started.child.pid ?? 0)[name], { timeout: 15_000 })
        .not.toBeOneOf([0, before]);
    }
    // The page that was open comes in again by its cookie.
    await expect.poll(() => terminalOf(visitor), { timeout: 15_000 }).not.toBeNull();
    await expect.poll(() => started.said()).toContain("The till is back");
    for (const title of ["The store server", "The virtual printer", "The till"]) {
      expect(started.said()).toMatch(new RegExp(`${title}.* stopped \\(SIGKILL\\)`));
    }
    expect(started.printed()).toHaveLength(1);
  });

  it("ends everything in order on SIGTERM, and leaves the ledger closed", async () => {
    const started = start();
    await started.ready;
    const children = Object.values(childrenOf(started.child.pid ?? 0));
    expect(await started.stop("SIGTERM")).toBe(0);
    expect(children.filter(isAlive)).toEqual([]);
    expect(existsSync(join(data, "till", "ledger.sqlite-wal"))).toBe(false);
  });

  it("takes its programs along when it is killed itself", async () => {
    const started = start();
    await started.ready;
    const children = Object.values(childrenOf(started.child.pid ?? 0));
    await started.stop("SIGKILL");
    await expect.poll(() => children.filter(isAlive), { timeout: 10_000 }).toEqual([]);
  });

  it("--locale is the language that the till's pages begin with", async () => {
    const { register } = await start(["--locale", "he"]).ready;
    expect(await (await visit(register)).locale()).toBe("he");
  });

  it("a second process on the same folder is refused with a sentence, whichever it is", async () => {
    await start().ready;
    const second = start();
    expect(await second.ended).toBe(75);
    expect(second.said()).toContain(`Evertill already runs on ${data}`);

    const node = (...args: string[]) => spawnSync(process.execPath, args, { encoding: "utf8" });
    const till = node(join(import.meta.dirname, "till.ts"), "--data", data);
    expect(till.status).toBe(75);
    expect(till.stderr).toContain("is open in another Evertill");

    const tool = join(import.meta.dirname, "bin", "evertill.mjs");
    const verify = node(tool, "ledger", "verify", "--data", data);
    expect(verify.status).toBe(75);
    expect(verify.stderr).toContain("is open in another Evertill");
  });

  it("an Electron that does not run here is said, and the till is sold from all the same", async () => {
    const folder = temporaryFolder("electron");
    writeFileSync(join(folder, "electron"), "#!/bin/sh\necho no such library >&2\nexit 127\n");
    chmodSync(join(folder, "electron"), 0o755);
    const env = { ELECTRON_OVERRIDE_DIST_PATH: folder, DISPLAY: "", WAYLAND_DISPLAY: "" };
    const started = startEvertill(["--data", data], { env });
    running.push(started);
    expect(await terminalOf(await visit((await started.ready).register))).not.toBeNull();
    expect(started.said()).toContain("no such library\nThe till opens in a browser instead");
    expect(started.said()).toContain("open the register's address in a browser");
  });

  it("a port that another program has is refused by name", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as AddressInfo;
    const started = start(["--port", String(port)]);
    expect(await started.ended).toBe(69);
    expect(started.said()).toContain(`Port ${port} is used by another program`);
    other.close();
  });

  it.each([
    [["--port", "0"], "A port is a number from 1 to 65535"],
    [["--locale", "xx"], "Allowed choices are en, de, he"],
    [["--catalogue", "/nowhere/goods.csv"], "There is no file /nowhere/goods.csv"],
    [["--nonsense"], "unknown option"],
  ])("%j is a mistake and says so", async (options, sentence) => {
    const started = start(options);
    expect(await started.ended).toBe(64);
    expect(started.said()).toContain(sentence);
    expect(started.printed()).toEqual([]);
  });
});

describe("npm start -- --catalogue", () => {
  it("imports good rows, and says of each refused one where and why", async () => {
    const file = join(data, "goods.csv");
    writeFileSync(
      file,
      "sku,gtin,name,price,unit,tax_category\n" +
        "A-1,4006381333931,Pen blue,1.99,each,standard\n" +
        "A-2,4006381333932,Pen red,1.99,each,standard\n" +
        "A-3,,Pen green,cheap,each,standard\n",
    );
    const started = start(["--catalogue", file]);
    const visitor = await visit((await started.ready).register);
    expect(started.said()).toMatch(/Goods: 1 new, 0 changed, 0 as before, 2 refused/);
    expect(started.said()).toMatch(/row 3, column gtin: /);
    expect(started.said()).toMatch(/row 4, column price: /);
    const [report = ""] = readdirSync(join(data, "reports")).toReversed();
    const rows = readFileSync(join(data, "reports", report), "utf8")
      .trimEnd()
      .split("\r\n");
    expect(rows).toHaveLength(3);
    expect(rows[0]).toBe("row,column,value,why");
    const found = await visitor.call("catalogue.search", { text: "Pen blue" });
    expect(found).toMatchObject({ ok: true, value: [{ sku: "A-1", priceMinor: 199 }] });
  });

  it("a file that is no list of goods changes nothing", async () => {
    const file = join(data, "letter.csv");
    writeFileSync(file, "Dear all,\nthis is no catalogue\n");
    const started = start(["--catalogue", file]);
    expect(await started.ended).toBe(64);
    expect(started.said()).toContain(`${file} was not imported`);
    expect(started.said()).toContain("Nothing was changed");
  });
});

describe("npm start -- --reset", () => {
  it("without the typed word nothing is deleted", async () => {
    for (const typed of ["", "yes\n"]) {
      const started = start(["--reset"], typed);
      expect(await started.ended).toBe(64);
      expect(started.said()).toContain("Nothing was deleted");
      expect(existsSync(join(data, "till", "ledger.sqlite"))).toBe(true);
    }
  });

  it("with the word the store begins anew", async () => {
    const before = readFileSync(join(data, "till", "enrolment.json"), "utf8");
    const started = start(["--reset"], "delete\n");
    await started.ready;
    expect(started.said()).toContain("Everything was deleted");
    expect(readFileSync(join(data, "till", "enrolment.json"), "utf8")).not.toBe(before);
  });
});
