import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { createAdminClient } from "../../cloud-infra/local/admin-client.ts";
import { demoPeople, demoStore } from "../../cloud-infra/local/demo-store.ts";
import { present } from "../../domain/values/assert.ts";
import { houseRoot } from "../../host/node/build/fresh.ts";
import { type DataFolder, dataFolder } from "../../host/node/data-folder.ts";
import { secretVariables } from "../../host/node/till-options.ts";
import { goodsToSell } from "../../renderer/e2e/demo-goods.ts";
import { createChance } from "../world/chance.ts";
import { type Cashier, startCashier } from "./cashier.ts";
import { openDisk } from "./disk.ts";
import { createClock, type Member } from "./member.ts";
import { type Program, startProgram } from "./program.ts";
import { openRegisterChannel } from "./register-channel.ts";
import { openTcpLine, type TcpLine } from "./tcp-line.ts";
import type { TillChannel } from "../../renderer/channel/till-channel.ts";

/** A store with its server and tills as real processes, and a proxy in every cable. */
export interface Shop {
  /** Everything that is not on a small disk of its own, logs included. */
  readonly folder: string;
  readonly server: Member;
  readonly tills: readonly ShopTill[];
  /** SKUs on sale. */
  readonly skus: readonly string[];
  /** Kills everything that runs and lets go of the disks; the folder goes too unless it is kept. */
  close(keepFolder: boolean): Promise<void>;
}

export interface ShopTill extends Member {
  readonly terminalId: string;
  readonly line: TcpLine;
  readonly cashier: Cashier;
  readonly channel: TillChannel;
  /** Its printer's paper and its card terminal's records. */
  readonly devices: DataFolder;
}

export interface ShopWish {
  readonly tills: number;
  readonly seed: bigint;
  /** False: without a printer and a card terminal, and with nobody at the register. */
  readonly busy?: boolean;
}

const serverReady = z.object({
  endpoint: z.url(),
  adminUrl: z.url(),
  caFile: z.string(),
  adminTokenFile: z.string(),
});
const tillReady = z.object({ register: z.url() });
const devicesReady = z.object({ printer: z.string(), payment: z.url() });
const enrolled = z.object({ terminalId: z.string() });

const goods = goodsToSell(40);

/**
 * Opens a shop that has sold nothing yet. Rejects with nothing left running when a part does not
 * start.
 */
export async function openShop(wish: ShopWish): Promise<Shop> {
  const folder = mkdtempSync(join(tmpdir(), "evertill-violence-"));
  const closers: (() => Promise<void> | void)[] = [];
  const close = async (keepFolder: boolean) => {
    for (const end of closers.splice(0).toReversed()) await end();
    if (!keepFolder) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    const server = await openServer(folder, closers);
    const admin = createAdminClient(serverReady.parse(server.program().ready));
    const { settings, people } = await demoStore();
    await admin.createStore(settings, people);
    const file = writeGoods(folder);
    await admin.importCatalogue({ storeId: settings.storeId, file });
    const tills: ShopTill[] = [];
    for (let number = 1; number <= wish.tills; number++) {
      const code = await admin.createEnrolmentCode(settings.storeId);
      tills.push(await openTill({ folder, server, number, code, closers }, wish));
    }
    return { folder, server, tills, skus: goods.map(({ sku }) => sku), close };
  } catch (error) {
    await close(false);
    throw error;
  }
}

/** The demo catalogue's rows of the goods that are sold here. */
function writeGoods(folder: string): string {
  const rows = readFileSync(join(houseRoot, "data", "demo-catalogue.csv"), "utf8").split("\n");
  const sold = new Set(goods.map(({ sku }) => sku));
  const file = join(folder, "goods.csv");
  const kept = rows.filter((row, index) => index === 0 || sold.has(row.split(",")[0] ?? ""));
  writeFileSync(file, `${kept.join("\n")}\n`);
  return file;
}

type Closers = (() => Promise<void> | void)[];

async function openServer(folder: string, closers: Closers): Promise<Member> {
  const disk = openDisk(join(folder, "server"));
  closers.push(() => disk.release());
  const clock = createClock(join(folder, "server.clock"));
  const data = join(disk.place, "store");
  let port = "0";
  let program: Program | null = null;
  closers.push(() => program?.kill());
  const member: Member = {
    ...{ name: "store server", disk, clock, database: join(data, "store.db") },
    program: () => present(program, "the running store server"),
    async start() {
      program = await startProgram({
        file: "cloud-infra/local/main.ts",
        args: ["--data", data, "--port", port, "--json"],
        logFile: join(folder, "server.log"),
        clockFile: clock.file,
      });
      port = new URL(serverReady.parse(program.ready).endpoint).port;
    },
  };
  await member.start();
  return member;
}

interface TillPlace {
  readonly folder: string;
  readonly server: Member;
  readonly number: number;
  readonly code: string;
  readonly closers: Closers;
}

async function openTill(place: TillPlace, { seed, busy = true }: ShopWish): Promise<ShopTill> {
  const { folder, server, number, closers } = place;
  const { endpoint, caFile } = serverReady.parse(server.program().ready);
  const line = await openTcpLine(Number(new URL(endpoint).port));
  closers.push(() => line.close());
  const devices = dataFolder(join(folder, `beside-till-${number}`));
  const cables = busy ? await plugDevicesIn(devices, place) : [];
  const disk = openDisk(join(folder, `till-${number}`));
  closers.push(() => disk.release());
  const clock = createClock(join(folder, `till-${number}.clock`));
  const data = dataFolder(join(disk.place, "data"));
  let port = "0";
  let program: Program | null = null;
  closers.push(() => program?.kill());
  const member: Member = {
    ...{ name: `till ${number}`, disk, clock, database: data.ledger },
    program: () => present(program, `the running till ${number}`),
    async start() {
      program = await startProgram({
        file: "host/node/till.ts",
        args: [
          ...["--data", data.root, "--port", port, "--ca", caFile, ...cables],
          ...["--store", `https://127.0.0.1:${line.port}/graphql`],
        ],
        env: { [secretVariables.enrolmentCode]: place.code },
        logFile: join(folder, `till-${number}.log`),
        clockFile: clock.file,
      });
      port = new URL(tillReady.parse(program.ready).register).port;
    },
  };
  await member.start();
  const channel = await openRegisterChannel(tillReady.parse(member.program().ready).register);
  closers.push(() => channel.close());
  const { personId, pin } = demoPeople[number % 2 === 1 ? 0 : 1];
  const pick = createChance(seed, `cashier ${number}`);
  const cashier = startCashier({ channel, goods, pick, person: { personId, pin } });
  closers.push(() => cashier.leave());
  if (!busy) await cashier.rest();
  const { terminalId } = enrolled.parse(JSON.parse(readFileSync(data.enrolment, "utf8")));
  return { ...member, terminalId, line, cashier, channel, devices };
}

/** A printer and a card terminal of the till's own; what to tell the till of them. */
async function plugDevicesIn(devices: DataFolder, place: TillPlace): Promise<string[]> {
  mkdirSync(devices.devices, { recursive: true });
  const program = await startProgram({
    file: "hardware/virtual/main.ts",
    args: ["--data", devices.devices, "--json"],
    logFile: join(place.folder, `devices-${place.number}.log`),
    clockFile: null,
  });
  place.closers.push(() => program.kill());
  const { printer, payment } = devicesReady.parse(program.ready);
  return ["--printer", printer, "--payment", payment];
}
