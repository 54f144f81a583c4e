import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  ask,
  enter,
  handshake,
  openScreen,
  type ServedTill,
  serveFixture,
} from "./serve-fixture.ts";

let till: ServedTill;

beforeEach(async () => {
  till = await serveFixture();
});

afterEach(async () => {
  await till.server.close();
});

describe("the channel", () => {
  it("is refused without the cookie, from another origin, by another name, at another path", async () => {
    const Cookie = await enter(till);
    const Origin = till.server.origin;
    const status = (path: string, headers: Record<string, string>) =>
      handshake(till, path, headers);
    expect(await status("/channel", { Origin })).toBe(401);
    expect(await status("/channel", { Cookie })).toBe(403);
    expect(await status("/channel", { Cookie, Origin: "http://evil.example" })).toBe(403);
    expect(await status("/channel", { Cookie, Origin: "null" })).toBe(403);
    expect(await status("/channel", { Cookie, Origin: "http://127.0.0.1:1" })).toBe(403);
    const Host = `evil.example:${till.server.port}`;
    expect(await status("/channel", { Cookie, Origin: `http://${Host}`, Host })).toBe(403);
    expect(await status("/other", { Cookie, Origin })).toBe(404);
    expect(till.host.calls).toEqual([]);
  });

  it("says hello with the contract's version and the language", async () => {
    const headers = { Cookie: await enter(till), Origin: till.server.origin };
    const screen = await handshake(till, "/channel", headers);
    if (typeof screen === "number") throw new Error(`refused: ${screen}`);
    expect(await screen.next()).toEqual({ kind: "hello", contractVersion: 1, locale: "de" });
  });

  it("answers calls and tells every window what happens", async () => {
    const cookie = await enter(till);
    const [one, two] = [await openScreen(till, cookie), await openScreen(till, cookie)];
    one.socket.send(JSON.stringify({ kind: "call", id: 7, name: "cart.scan", input: { a: 1 } }));
    expect(await one.next()).toEqual({
      kind: "answer",
      id: 7,
      result: { ok: true, value: { name: "cart.scan", input: { a: 1 } } },
    });
    for (const listener of till.host.listeners) {
      listener({ topic: "changed", message: { what: "sales" } });
    }
    const event = { kind: "event", topic: "changed", message: { what: "sales" } };
    expect([await one.next(), await two.next()]).toEqual([event, event]);
  });

  it("answers rubbish with what is wrong, and goes on", async () => {
    const { socket, next } = await openScreen(till, await enter(till));
    const badInput = { ok: false, failure: { type: "BadInput" } };
    for (const rubbish of ["{", "null", "[]", '"x"', '{"kind":"drop table"}', "\u0000"]) {
      socket.send(rubbish);
      expect(await next()).toMatchObject({ kind: "answer", id: 0, result: badInput });
    }
    socket.send(Buffer.from([1, 2, 3]));
    expect(await next()).toMatchObject({ id: 0, result: badInput });
    socket.send(JSON.stringify({ kind: "call", id: 9, name: 5 }));
    expect(await next()).toMatchObject({ id: 9, result: badInput });
    socket.send(JSON.stringify({ kind: "call", id: 10, name: "status.view", input: {} }));
    expect(await next()).toMatchObject({ id: 10, result: { ok: true } });
  });

  it("a message that no screen would send ends that window only", async () => {
    const { socket } = await openScreen(till, await enter(till));
    const closed = new Promise((resolve) => socket.on("close", resolve));
    socket.send(JSON.stringify({ kind: "call", id: 1, name: "x", input: "x".repeat(300_000) }));
    expect(await closed).toBe(1009);
    await expect.poll(() => till.host.listeners.size).toBe(0);
    expect(till.host.calls).toEqual([]);
    expect((await ask(till, "/")).status).toBe(403);
  });

  it("a window that is gone is told nothing any more", async () => {
    const { socket } = await openScreen(till, await enter(till));
    expect(till.host.listeners.size).toBe(1);
    socket.terminate();
    await expect.poll(() => till.host.listeners.size).toBe(0);
  });

  it("lets in so many windows and no more", async () => {
    const headers = { Cookie: await enter(till), Origin: till.server.origin };
    for (let count = 0; count < 32; count++) {
      expect(typeof (await handshake(till, "/channel", headers))).toBe("object");
    }
    expect(await handshake(till, "/channel", headers)).toBe(503);
  });
});
