import { generateKeyPairSync, randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { SyncView } from "../../contract/views.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { machineClock } from "../../../cloud-infra/local/machine.ts";
import { terminalCertifier } from "../../../cloud-infra/local/terminal-certificates.ts";
import { present } from "../../../domain/values/assert.ts";
import { TransportError } from "../../../sync/engine/ports.ts";
import type { Peer, Relay } from "../../lan/port.ts";
import { createHubClient } from "./hub-client.ts";
import { serveHub } from "./hub-server.ts";
import type { LanIdentity } from "./identity.ts";
import { openStoreFloor, type FloorTill, type StoreFloor, until } from "./lan-fixture.ts";

/** Real tills, real TLS between them, real beacons; a step builds on the one before. */
describe("three tills and no internet", () => {
  let floor: StoreFloor;
  let one: FloorTill;
  let two: FloorTill;
  let three: FloorTill;

  beforeAll(async () => {
    floor = await openStoreFloor(temporaryFolder("floor"));
    one = await floor.till(1);
    two = await floor.till(2);
    three = await floor.till(3);
    for (const till of [one, two, three]) await until(() => shown(till), hasHeardAll);
    await floor.cutInternet();
  }, 60_000);
  afterAll(() => floor.close(), 30_000);

  const shown = (till: FloorTill) => till.do("sync.view", {});
  const hasHeardAll = ({ cursor, feedEnd }: SyncView) => cursor === feedEnd;

  it("[H2] the till with the lowest number is the hub, and everybody knows it", async () => {
    for (const till of [one, two, three]) {
      const { hub } = await until(
        () => shown(till),
        (view) => view.hub?.tillNumber === 1,
      );
      expect(hub).toMatchObject({ tillNumber: 1, isSelf: till === one });
    }
  }, 30_000);

  it("[H3] a sale at one till moves the stock at every till", async () => {
    await one.sell("bread", 3_000);
    await two.sell("bread", 2_000);
    await three.sell("bread");
    for (const till of [one, two, three]) {
      await until(
        () => till.levelMilli("bread"),
        (level) => level === 94_000,
      );
      await until(
        () => shown(till),
        (view) => view.hub?.isShared === true,
      );
    }
  }, 30_000);

  it("[H4] a sale put aside at one till is taken back at another, once", async () => {
    await two.do("cart.add-product", { sku: "milk" });
    await two.do("cart.suspend", { note: "wallet in the car" });
    const [waiting] = await until(
      () => three.do("cart.suspended", {}),
      (list) => list.length === 1,
    );
    expect(waiting).toMatchObject({ tillNumber: 2, note: "wallet in the car", totalMinor: 129 });
    const suspensionId = waiting?.suspensionId ?? "";
    const taken = await Promise.all([
      one.running.endpoint.call("cart.recall", { suspensionId, commandId: crypto.randomUUID() }),
      three.running.endpoint.call("cart.recall", { suspensionId, commandId: crypto.randomUUID() }),
    ]);
    expect(taken.filter(({ ok }) => ok)).toHaveLength(1);
    const [takenBy] = taken[0]?.ok ? [one] : [three];
    await takenBy?.do("tender.cash", { amountMinor: 129 });
    for (const till of [one, two, three]) {
      await until(
        () => till.do("cart.suspended", {}),
        (list) => list.length === 0,
      );
      await until(
        () => till.levelMilli("milk"),
        (level) => level === 49_000,
      );
    }
  }, 30_000);

  it("[H3] a return at one till is known at the next", async () => {
    const receiptNumber = await one.sell("milk", 2_000);
    const receipt = await until(
      () => two.running.endpoint.call("return.lookup", { receiptNumber }),
      ({ ok }) => ok,
    );
    expect(receipt.ok).toBe(true);
    const { saleId } = await two.do("return.lookup", { receiptNumber });
    const lines = [{ lineNo: 1, quantityMilli: 2_000 }];
    await two.do("return.add-lines", { saleId, lines, reason: "sour" });
    await two.do("tender.refund-cash", {});
    await until(
      () => three.do("return.lookup", { receiptNumber }),
      (view) => view.lines[0]?.returnableMilli === 0,
    );
    expect(await three.refused("return.add-lines", { saleId, lines, reason: "sour" })).toBe(
      "MoreThanSold",
    );
  }, 30_000);

  it("[H2] when the hub dies the next till is the hub, and nothing is lost", async () => {
    await one.sell("bread");
    await until(
      () => two.levelMilli("bread"),
      (level) => level === 93_000,
    );
    await one.close();
    await two.sell("bread");
    await three.sell("bread");
    for (const till of [two, three]) {
      await until(
        () => till.levelMilli("bread"),
        (level) => level === 91_000,
      );
      const { hub } = await shown(till);
      expect(hub).toMatchObject({ tillNumber: 2, isSelf: till === two });
    }
  }, 40_000);

  it("[H5] the hub hands on what a till brought that is gone by then", async () => {
    await three.sell("bread");
    await until(
      () => two.levelMilli("bread"),
      (level) => level === 90_000,
    );
    await three.close();
    await floor.mendInternet();
    // It never heard the others and knows what the cloud knows: all but what till 1, which is away, has sold.
    const four = await floor.till(4, { alone: true });
    await until(
      () => four.levelMilli("bread"),
      (level) => level === 94_000,
      30_000,
    );
    await four.close();
  }, 60_000);

  it("[H5] when the internet is back the cloud has every sale once, of every till", async () => {
    one = await floor.till(1);
    three = await floor.till(3);
    for (const till of [two, three]) {
      await until(
        () => shown(till),
        (view) => view.network.provedEqual,
        30_000,
      );
    }
    await until(
      () => shown(one),
      (view) => view.network.provedEqual,
      30_000,
    );
    for (const till of [one, two, three]) {
      await until(
        () => till.levelMilli("bread"),
        (level) => level === 90_000,
      );
      await until(
        () => till.levelMilli("milk"),
        (level) => level === 49_000,
      );
    }
  }, 90_000);
});

describe("a till's disk is put back to an older copy, and there is no internet", () => {
  let floor: StoreFloor;

  beforeEach(async () => {
    floor = await openStoreFloor(temporaryFolder("floor"));
  }, 60_000);
  afterEach(() => floor.close(), 30_000);

  const level = (till: FloorTill, milli: number, mostMs?: number) =>
    until(
      () => till.levelMilli("bread"),
      (now) => now === milli,
      mostMs,
    );
  const isShared = (till: FloorTill) =>
    until(
      () => till.do("sync.view", {}),
      ({ hub }) => hub?.isShared === true,
    );

  it.each([
    { number: 2, who: "a till" },
    { number: 1, who: "the hub itself" },
  ])(
    "[H6] what $who lost comes back from the others, and reaches the cloud once",
    async (at) => {
      let one = await floor.till(1);
      let two = await floor.till(2);
      const three = await floor.till(3);
      const tills = () => [one, two, three];
      for (const till of tills()) await level(till, 100_000);
      const disk = floor.disk(at.number);
      const lame = () => (at.number === 1 ? one : two);
      const openAgain = async () => {
        const again = await floor.till(at.number);
        if (at.number === 1) one = again;
        else two = again;
      };
      await lame().close();
      disk.copy();
      await floor.cutInternet();
      await openAgain();
      await isShared(lame());
      const lost = [await lame().sell("bread"), await lame().sell("bread", 2_000)];
      for (const till of tills()) await level(till, 97_000);

      await lame().close();
      disk.putBack();
      await openAgain();
      await level(lame(), 97_000, 30_000);
      const next = await lame().sell("bread", 4_000);
      expect([...lost, next]).toEqual([...lost, next].toSorted());
      expect(new Set([...lost, next]).size).toBe(3);
      for (const till of tills()) await level(till, 93_000);

      await floor.mendInternet();
      // It never heard the others and knows what the cloud knows.
      const four = await floor.till(4, { alone: true });
      await level(four, 93_000, 60_000);
      for (const till of tills()) {
        await level(till, 93_000);
        await until(
          () => till.do("sync.view", {}),
          ({ network }) => network.provedEqual,
          60_000,
        );
        await till.close();
      }
      await four.close();
    },
    120_000,
  );
});

describe("[H1] a till that is not of the store", () => {
  let floor: StoreFloor;
  let other: StoreFloor;

  beforeAll(async () => {
    floor = await openStoreFloor(temporaryFolder("floor"));
    other = await openStoreFloor(temporaryFolder("other"));
  }, 60_000);
  afterAll(async () => {
    await floor.close();
    await other.close();
  }, 30_000);

  const ofStore = (storeId: string) => async (at: StoreFloor) => {
    const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const certifier = await terminalCertifier(at.terminalsFolder, () => Date.now());
    const terminalId = randomUUID();
    const certified = await certifier.certify({
      ...{ storeId, terminalId },
      publicKey: publicKey.export({ type: "spki", format: "der" }).toString("base64"),
    });
    const key = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    return { storeId, terminalId, tillNumber: 9, life: "x", key, ...present(certified, "cert") };
  };

  async function knock(identity: LanIdentity, relay: Relay, hub: LanIdentity): Promise<unknown> {
    const log = { info() {}, warn() {}, error() {} };
    const clock = machineClock;
    const server = await serveHub({ identity: hub, relay, address: "127.0.0.1", clock, log });
    const place = { terminalId: hub.terminalId, address: "127.0.0.1", port: server.port };
    const client = createHubClient(identity, place);
    try {
      return await client
        .call("claim", { suspensionId: "s" }, 2_000)
        .catch((error: unknown) => error);
    } finally {
      client.close();
      await server.close();
    }
  }

  it("is let in with a certificate of the store, refused with one of another authority or store", async () => {
    const asked: string[] = [];
    const relay = { claim: ({ terminalId }: Peer) => asked.push(terminalId) && "me" };
    const door = relay as unknown as Relay;
    const hub = await ofStore("ours")(floor);
    const friend = await ofStore("ours")(floor);
    expect(await knock(friend, door, hub)).toEqual({ holder: "me" });
    expect(asked).toEqual([friend.terminalId]);

    const forger = { ...(await ofStore("ours")(other)), authority: hub.authority };
    expect(await knock(forger, door, hub)).toBeInstanceOf(TransportError);
    const neighbour = await ofStore("theirs")(floor);
    expect(await knock(neighbour, door, hub)).toBeInstanceOf(TransportError);
    expect(asked).toHaveLength(1);
  }, 30_000);

  it("is not spoken to either: a false hub hears nothing", async () => {
    const asked: string[] = [];
    const relay = { claim: ({ terminalId }: Peer) => asked.push(terminalId) && "me" };
    const door = relay as unknown as Relay;
    const till = await ofStore("ours")(floor);
    const falseHub = await ofStore("theirs")(floor);
    expect(await knock(till, door, falseHub)).toBeInstanceOf(TransportError);
    expect(asked).toEqual([]);
  }, 30_000);
});
