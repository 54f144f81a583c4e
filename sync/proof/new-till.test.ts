import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { machineClock } from "../../cloud-infra/local/machine.ts";
import type { SnapshotView } from "../../host/contract/views.ts";
import { createHost } from "../../host/create-host.ts";
import { createRigCloud } from "./snapshot-rig.ts";

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

it("[D2] a new till is sellable when its goods are in, and tells how far it is", async () => {
  const cloud = await createRigCloud();
  const goods = Array.from({ length: 5_000 }, (_, i): [string, number] => [`sku-${i}`, 1]);
  await cloud.importGoods(Object.fromEntries(goods));
  const terminal = await cloud.enrol();
  const folder = mkdtempSync(join(tmpdir(), "evertill-new-till-"));
  const world = {
    clock: machineClock,
    random: { bytes: (count: number) => randomBytes(count) },
    log: quiet,
    transport: cloud.transport(terminal),
    devices: { printer: null, scanners: [], payment: null },
  };
  const ledgerPath = join(folder, "ledger.db");
  const host = createHost(world, { ledgerPath, locale: "en", enrolled: terminal, program: "test" });
  const progress: SnapshotView[] = [];
  const everythingIn = new Promise<void>((resolve) => {
    host.onEvent((event) => {
      if (event.topic !== "status") return;
      const { snapshot } = event.message;
      if (snapshot !== null) progress.push(snapshot);
      else if (progress.length > 0) resolve();
    });
  });
  await host.whenSellable();
  const view = await host.call("register.view", {});
  expect(view).toMatchObject({ ok: true, value: { terminal: { products: 5_000 } } });
  await everythingIn;
  const counted = progress.filter(({ total }) => total > 0);
  expect(counted.length).toBeGreaterThan(5);
  expect(counted.map(({ done }) => done)).toEqual(
    counted.map(({ done }) => done).toSorted((a, b) => a - b),
  );
  expect(progress[0]).toMatchObject({ why: "new-till", sellable: false });
  expect(progress.at(-1)).toMatchObject({ sellable: true });
  const search = () => host.call("catalogue.search", { text: "Good sku-4999" });
  await expect.poll(search).toMatchObject({ ok: true, value: [{ sku: "sku-4999" }] });
  await host.close();
  await cloud.end();
  rmSync(folder, { recursive: true });
});
