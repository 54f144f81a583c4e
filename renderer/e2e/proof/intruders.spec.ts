import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { oneGood } from "../rings-up.ts";
import { startStore } from "../store-process.ts";
import { openToSell } from "./openings.ts";
import { EndedEarly, runProgram } from "./program.ts";
import { expect, test } from "./household.ts";

test("a second till or a second npm start on the same folder is refused in words", async ({
  page,
  household,
  dataFolder,
}) => {
  await household.startStoreServer();
  const { register } = (await household.startTill()).ready;
  const second = await household
    .startTill({ options: ["--port", "0"] })
    .catch((error: unknown) => error);
  expect(second).toBeInstanceOf(EndedEarly);
  expect(second).toMatchObject({ code: 75 });
  expect((second as EndedEarly).said).toContain("is open in another Evertill");
  expect((second as EndedEarly).said).toContain("--data");
  const verify = await runProgram("host/node/cli/evertill.ts", [
    ...["ledger", "verify", "--data", household.folder.root],
  ]);
  expect(verify.code).toBe(75);
  await openToSell(page, register, household);

  const store = await startStore(dataFolder);
  const again = await startStore(dataFolder).catch((error: unknown) => String(error));
  await store.stop();
  expect(again).toContain("Evertill already runs on");
});

test("rubbish in the till's channel, and a page of another origin: the sale does not notice", async ({
  page,
  context,
  household,
}) => {
  await household.startStoreServer();
  const { register } = (await household.startTill()).ready;
  const till = await openToSell(page, register, household);
  const good = oneGood();
  await till.scan(good.gtin);
  await till.expectTotal(good.priceMinor);

  const answers = await page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const heard: string[] = [];
        const socket = new WebSocket(`ws://${location.host}/channel`);
        const rubbish = ["{", "null", "[]", '{"kind":"call"}', "\u0000", "x".repeat(1_000)];
        const calls = [
          { kind: "call", id: 1, name: "cart.scan", input: { code: {}, symbology: [] } },
          { kind: "call", id: 2, name: "__proto__", input: {} },
          { kind: "call", id: 3, name: "tender.cash", input: { amountMinor: -5 } },
          { kind: "call", id: 4, name: "tender.cash", input: { amountMinor: 1e300 } },
        ];
        socket.addEventListener("open", () => {
          for (const text of rubbish) socket.send(text);
          socket.send(new Uint8Array([0, 1, 2]));
          for (const call of calls) socket.send(JSON.stringify(call));
          socket.send("x".repeat(300_000));
        });
        socket.addEventListener("message", ({ data }: MessageEvent<string>) => heard.push(data));
        socket.addEventListener("close", ({ code }) => resolve([...heard, `closed ${code}`]));
      }),
  );
  expect(answers.filter((answer) => answer.includes("BadInput"))).toHaveLength(11);
  expect(answers.at(-1)).toBe("closed 1009");

  // A page of somebody else, in the same browser with the till's cookie.
  const elsewhere = createServer((_, response) => {
    response.writeHead(200, { "content-type": "text/html" }).end("<title>elsewhere</title>");
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, "127.0.0.1", resolve));
  const { port } = elsewhere.address() as AddressInfo;
  const foreign = await context.newPage();
  await foreign.goto(`http://127.0.0.1:${port}/`);
  const what = await foreign.evaluate(
    (host) =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(`ws://${host}/channel`);
        socket.addEventListener("open", () => resolve("let in"));
        socket.addEventListener("error", () => resolve("refused"));
      }),
    new URL(register).host,
  );
  expect(what).toBe("refused");
  await foreign.close();
  elsewhere.close();

  await till.scan(good.gtin);
  await till.expectTotal(2 * good.priceMinor);
  await expect(till.notice).toBeHidden();
});
