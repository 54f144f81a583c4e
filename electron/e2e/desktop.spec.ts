import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { childrenOf, startEvertill, terminalOf, visit } from "../../host/node/start-fixture.ts";
import { openTill } from "../../renderer/e2e/fixtures.ts";
import { keepPicture } from "../../renderer/e2e/proof/screen.ts";
import { type Desktop, electron, expect, type OpenDesktop, test } from "./desktop.ts";

/**
 * The real main, preload and utility, driven from outside over the DevTools protocol. The same file runs
 * on Electron itself and on a stand-in; docs/decisions/0501-electron-not-yet-run.md says which was run.
 */
const isMissing = electron === undefined;
test.skip(isMissing, "skipped: no Electron here");
if (isMissing) process.stdout.write("electron/e2e skipped: no Electron here\n");

const good = { gtin: "3250391012121", priceMinor: 329 };

function till(app: OpenDesktop, desktop: Desktop) {
  return openTill(app.page, { people: desktop.people });
}

function log(
  desktop: Desktop,
  name: string,
): { event: string; to?: string; permission?: string }[] {
  const lines = readFileSync(join(desktop.data, "logs", `${name}.jsonl`), "utf8")
    .trim()
    .split("\n");
  return lines.map((line) => JSON.parse(line) as { event: string });
}

test("starts, signs in, opens the shift, and completes a sale", async ({ desktop, app }) => {
  const register = await till(app, desktop);
  await register.openShift();
  await register.scan(good.gtin);
  await register.expectTotal(good.priceMinor);
  await register.control("PAY", "CASH");
  await expect(register.page.locator("[data-change]")).toBeVisible();
  expect(log(desktop, "till").map(({ event }) => event)).not.toContain("host.defect");
});

test("a host that is killed comes back with the cart, on a new port to the same page", async ({
  desktop,
  app,
}) => {
  const register = await till(app, desktop);
  const tile = register.page.locator("[data-tile]").first();
  await register.openShift();
  await tile.click();
  await expect(register.total).not.toHaveAttribute("data-total", "0");
  const priceMinor = Number(await register.total.getAttribute("data-total"));
  await register.page.evaluate(() => {
    Object.assign(window, { samePage: true });
  });
  for (const pieces of [2, 3]) {
    const killed = app.hostPid();
    // The bar says that the till is away for as long as the page has no port.
    const chip = register.page.locator("[data-chip=till]");
    const away = chip.waitFor({ state: "visible" });
    process.kill(killed, "SIGKILL");
    await away;
    await chip.waitFor({ state: "hidden" });
    expect(app.hostPid()).not.toBe(killed);
    await register.expectTotal((pieces - 1) * priceMinor);
    await tile.click();
    await register.expectTotal(pieces * priceMinor);
  }
  expect(await register.page.evaluate(() => "samePage" in window)).toBe(true);
});

test("what is touched while the host is dead is done once when it is back", async ({
  desktop,
  app,
}) => {
  const register = await till(app, desktop);
  const tile = register.page.locator("[data-tile]").first();
  await register.openShift();
  await tile.click();
  await expect(register.total).not.toHaveAttribute("data-total", "0");
  const priceMinor = Number(await register.total.getAttribute("data-total"));
  process.kill(app.hostPid(), "SIGKILL");
  await tile.click();
  await expect(register.total).toHaveAttribute("data-total", String(2 * priceMinor), {
    timeout: 15_000,
  });
  await expect(register.lines).toHaveCount(1);
});

test("a second instance on the same data is refused, and the first goes on", async ({
  desktop,
  app,
}) => {
  const second = await desktop.openAgain();
  expect(second.code).toBe(75);
  expect(second.said).toContain("already open");
  await expect(app.page.locator("[data-person]").first()).toBeVisible();
});

test("navigation, new windows and foreign permissions are refused", async ({ desktop, app }) => {
  const { page } = app;
  const before = page.url();
  await page.evaluate(() => {
    window.location.href = "https://example.com/?secret=1";
  });
  await expect
    .poll(() => log(desktop, "desktop"))
    .toContainEqual(
      expect.objectContaining({ event: "navigation refused", to: "https://example.com/" }),
    );
  expect(page.url()).toBe(before);
  await expect(page.locator("[data-person]").first()).toBeVisible();

  expect(await page.evaluate(() => window.open("https://example.com/") === null)).toBe(true);
  await expect
    .poll(() => log(desktop, "desktop"))
    .toContainEqual(
      expect.objectContaining({ event: "window refused", to: "https://example.com/" }),
    );
  const place = await page.evaluate(async () => {
    const asked = await navigator.permissions.query({ name: "geolocation" });
    return asked.state;
  });
  expect(place).toBe("denied");
});

test("the page has a strict policy, one bridge and nothing of Node", async ({ app }) => {
  const { page } = app;
  const policy = await page.evaluate(async () => {
    const response = await fetch(window.location.pathname);
    return response.headers.get("content-security-policy");
  });
  expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
  const seen = await page.evaluate(async () => {
    const violated = new Promise<string>((resolve) => {
      document.addEventListener("securitypolicyviolation", (event) =>
        resolve(event.effectiveDirective),
      );
    });
    const script = document.createElement("script");
    script.textContent = "window.wasRun = true";
    document.body.append(script);
    return {
      violated: await violated,
      wasRun: "wasRun" in window,
      bridge: Object.keys((window as unknown as { evertill: object }).evertill),
      node: ["require", "process", "module", "Buffer"].filter((name) => name in window),
    };
  });
  expect(seen).toEqual({
    violated: "script-src-elem",
    wasRun: false,
    bridge: ["connect", "stay", "leave"],
    node: [],
  });
});

test("no page outside the built ones is served", async ({ app }) => {
  const answers = await app.page.evaluate(() =>
    Promise.all(
      ["/../package.json", "/%2e%2e/%2e%2e/package.json", "/.built-from", "/nothing.js"].map(
        async (path) => (await fetch(path)).status,
      ),
    ),
  );
  expect(answers).toEqual([404, 404, 404, 404]);
});

test("ends with its launcher, and the sale is there at the next start", async ({
  desktop,
  app,
}) => {
  const first = await till(app, desktop);
  await first.openShift();
  await first.page.locator("[data-tile]").first().click();
  await expect(first.total).not.toHaveAttribute("data-total", "0");
  const totalMinor = Number(await first.total.getAttribute("data-total"));
  await app.close();
  expect(await app.ended).toBe(0);
  expect(log(desktop, "till").at(-1)?.event).toBe("till closed");

  const again = await till(await desktop.open(), desktop);
  await again.expectTotal(totalMinor);
});

test("[P2] closing with something unsent says so and the way out, in the reader's language; the second time it goes", async ({
  desktop,
  app,
}) => {
  const register = await till(app, desktop);
  const { page } = app;
  await register.openShift();
  await register.scan(good.gtin);
  await desktop.loseCloud();
  await register.control("PAY", "CASH");
  await expect(page.locator("[data-change]")).toBeVisible();
  await app.byHand("close the window");
  const notice = page.getByRole("alertdialog");
  await expect(notice).toHaveAttribute("data-closing", "unsent");
  await expect(notice).toContainText("not in the cloud yet");
  await expect(notice).toContainText("Leave the till switched on and connected");

  // Who stays sells on, and is told again; a quit is guarded as the window is.
  await notice.locator("[data-action=stay-open]").click();
  await expect(notice).toBeHidden();
  await register.scan(good.gtin);
  await register.expectTotal(good.priceMinor);
  await app.byHand("quit");
  await expect(notice).toHaveAttribute("data-closing", "sale-open unsent");
  await keepPicture(page, "p-closing-en");
  // Nothing is done to the sale behind the notice by a key: F12 would open its payment, Delete take a line out.
  const pane = await page.locator("[data-pane]").innerText();
  for (const key of ["F12", "Delete", "b"]) await page.keyboard.press(key);
  await expect(page.locator("[data-pane]")).toHaveText(pane, { useInnerText: true });
  await register.expectTotal(good.priceMinor);
  await notice.locator("[data-action=stay-open]").click();
  await page.evaluate(() => {
    location.hash = "/back-office";
  });
  for (const [language, words] of [
    ["de", "Lassen Sie die Kasse an und angeschlossen"],
    ["he", "השאירו את הקופה דולקת ומחוברת"],
  ] as const) {
    await page.locator(`button[lang=${language}]`).click();
    await app.byHand("close the window");
    await expect(notice).toContainText(words);
    await keepPicture(page, `p-closing-${language}`);
    if (language === "de") await notice.locator("[data-action=stay-open]").click();
  }
  await app.byHand("close the window");
  expect(await app.ended).toBe(0);
  expect(log(desktop, "till").at(-1)?.event).toBe("till closed");
});

test("[P2] an installer asks the program: kept while it runs or something is unsent, let go then", async ({
  desktop,
  app,
}) => {
  const register = await till(app, desktop);
  await register.openShift();
  expect((await desktop.leaveCheck("update")).code).toBe(75);
  await desktop.loseCloud();
  await register.scan(good.gtin);
  await register.control("PAY", "CASH");
  await expect(register.page.locator("[data-change]")).toBeVisible();
  await app.close();
  const waiting = await desktop.leaveCheck("uninstall");
  expect(waiting.code).toBe(71);
  expect(waiting.said).toContain("The way out: connect this machine");
  expect((await desktop.leaveCheck("anything")).code).toBe(64);
});

test("[P2] with nothing unsent it closes at once; a signal is never held up", async ({
  desktop,
  app,
}) => {
  const register = await till(app, desktop);
  await register.openShift();
  const network = register.page.locator("[data-chip=network]");
  await expect(network).toContainText("all proved", { timeout: 20_000 });
  await app.byHand("close the window");
  expect(await app.ended).toBe(0);

  const again = await desktop.open();
  const later = await till(again, desktop);
  await later.scan(good.gtin);
  await later.expectTotal(good.priceMinor);
  again.child.kill("SIGTERM");
  expect(await again.ended).toBe(0);
  expect(log(desktop, "till").at(-1)?.event).toBe("till closed");
});

test("npm start opens the register in Electron, and ends with it", async () => {
  const data = await mkdtemp(join(tmpdir(), "evertill-desktop-"));
  const env = { ELECTRON_OVERRIDE_DIST_PATH: dirname(electron ?? "") };
  const started = startEvertill(["--data", data], { env });
  const { register } = await started.ready;
  // One till, and it is Electron's: the same host serves the back office to browsers.
  expect(childrenOf(started.child.pid ?? 0).till).toBe(0);
  expect(await terminalOf(await visit(register))).toMatchObject({ tillNumber: 1 });
  expect(await started.stop()).toBe(0);
  await rm(data, { recursive: true, force: true });
});
