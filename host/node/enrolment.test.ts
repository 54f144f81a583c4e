import { createPrivateKey, createPublicKey, X509Certificate } from "node:crypto";
import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { demoStore } from "../../cloud-infra/local/demo-store.ts";
import { machineClock, machineLog, machineRandom } from "../../cloud-infra/local/machine.ts";
import { startStoreServer, type StoreServer } from "../../cloud-infra/local/store-server.ts";
import { enrolment, type EnrolmentWish } from "./enrolment.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const folder = temporaryFolder("enrolment");
let server: StoreServer;
let code: string;
let fileCount = 0;

beforeAll(async () => {
  const world = { clock: machineClock, random: machineRandom, log: machineLog };
  const dataFolder = join(folder, "store");
  server = await startStoreServer({ ...world, dataFolder, port: 0, host: "127.0.0.1" });
  const { settings, people } = await demoStore();
  await server.admin.createStore(settings, people);
  code = await server.admin.createEnrolmentCode(settings.storeId);
});

afterAll(async () => {
  await server.close();
});

function wish(about: Partial<EnrolmentWish> = {}): EnrolmentWish {
  const file = join(folder, `enrolment-${fileCount++}.json`);
  return { file, endpoint: server.endpoint, ca: server.caFile, code: null, ...about };
}

it("[A1] [H1] a code makes a till, once, and its certificate; the till keeps who it is for its owner's eyes only", async () => {
  const first = wish({ code });
  const granted = await enrolment(first);
  expect(granted).toMatchObject({ tillNumber: 1, endpoint: server.endpoint });
  expect(statSync(first.file).mode & 0o777).toBe(0o600);

  const certificate = new X509Certificate(granted?.certificate ?? "");
  expect(certificate.verify(createPublicKey(granted?.authority ?? ""))).toBe(true);
  expect(certificate.checkPrivateKey(createPrivateKey(granted?.key ?? ""))).toBe(true);
  expect(certificate.subject).toContain(granted?.terminalId);

  const refused = enrolment(wish({ code }));
  await expect(refused).rejects.toThrow(/did not enrol this till: .*not valid/);
  await expect(refused).rejects.not.toThrow(granted?.secret ?? "");
  expect(await enrolment({ ...first, code: null })).toEqual(granted);
});

it("a server that moved is believed by its new address, the secret stays", async () => {
  const first = wish();
  const kept = { ...idle, endpoint: "https://10.0.0.1/graphql", ca: null };
  writeFileSync(first.file, JSON.stringify(kept));
  const moved = await enrolment({ ...first, endpoint: "https://10.0.0.2/graphql" });
  expect(moved).toMatchObject({ endpoint: "https://10.0.0.2/graphql", secret: idle.secret });
  const stayed = await enrolment({ ...first, endpoint: null, ca: null });
  expect(stayed).toEqual(kept);
});

it("without a code and without a kept enrolment there is none", async () => {
  expect(await enrolment(wish())).toBeNull();
});

it("a damaged file is not overwritten: it says what to do", async () => {
  const damaged = wish({ code: "K7QF-2M9D-XW4T" });
  writeFileSync(damaged.file, "{");
  await expect(enrolment(damaged)).rejects.toThrow(/is damaged\. Move it away/);
});

it("a store server that is away is named", async () => {
  const away = wish({ code: "K7QF-2M9D-XW4T", endpoint: "https://127.0.0.1:1/graphql" });
  await expect(enrolment(away)).rejects.toThrow("https://127.0.0.1:1/graphql did not enrol");
});

const idle = {
  storeId: "s",
  terminalId: "0195d7a0-0000-7000-8000-000000000001",
  tillNumber: 4,
  secret: "x".repeat(43),
};
