import { join } from "node:path";
import type { Page } from "@playwright/test";
import { createAdminClient } from "../../../cloud-infra/local/admin-client.ts";
import { dataFolder } from "../../../host/node/data-folder.ts";
import { openTill, type Till } from "../fixtures.ts";
import type { StoreProcess } from "../store-process.ts";
import type { Household, StoreServer, TillProgram } from "./household.ts";

/** The till at `register` with somebody signed in and a shift open. */
export async function openToSell(
  page: Page,
  register: string,
  store: Pick<StoreProcess, "people">,
): Promise<Till> {
  await page.goto(register);
  const till = await openTill(page, store);
  await till.openShift();
  return till;
}

/** The same, with the manager signed in. */
export async function openAsManager(
  page: Page,
  register: string,
  store: Pick<StoreProcess, "people">,
): Promise<Till> {
  await page.goto(register);
  const till = await openTill(page, store);
  await till.signIn(store.people.find(({ role }) => role === "manager"));
  await till.openShift();
  return till;
}

/** Another till of the household's store, let in by a code of its own; ready once it has the goods. */
export async function startSecondTill(
  household: Household,
  server: StoreServer,
  endpoint = server.ready.endpoint,
): Promise<TillProgram> {
  const admin = createAdminClient(server.ready);
  const [store] = await admin.stores();
  return household.startTill({
    folder: dataFolder(join(household.folder.root, "second")),
    enrolmentCode: await admin.createEnrolmentCode(store?.storeId ?? ""),
    endpoint,
    options: ["--wait-for-catalogue"],
  });
}
