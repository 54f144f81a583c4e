import { join } from "node:path";
import type { Page } from "@playwright/test";
import { createAdminClient } from "../../../cloud-infra/local/admin-client.ts";
import { dataFolder } from "../../../host/node/data-folder.ts";
import { openTill, type Till } from "../fixtures.ts";
import type { DemoPerson, StoreProcess } from "../store-process.ts";
import type { Household, StoreServer, TillProgram } from "./household.ts";

/** The till at `register` with somebody of that role signed in and a shift open. */
export async function openToSell(
  page: Page,
  register: string,
  store: Pick<StoreProcess, "people">,
  as: DemoPerson["role"] = "cashier",
): Promise<Till> {
  await page.goto(register);
  const till = await openTill(page, store);
  await till.signIn(store.people.find(({ role }) => role === as));
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
