import { existsSync } from "node:fs";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { createAdminClient } from "../../../cloud-infra/local/admin-client.ts";
import { enrolmentCodeLifetimeMs } from "../../../cloud-infra/local/admin-protocol.ts";
import type { DataFolder } from "../data-folder.ts";
import { exitCodes } from "../exit-codes.ts";
import { rememberedPorts } from "../launcher/ports.ts";
import { dataOption } from "./data-option.ts";

const loopback = "127.0.0.1";
/** An address of this machine answers at once or not at all. */
const connectMs = 1_000;

interface Wanted {
  readonly data: DataFolder;
  readonly replaces?: number;
  readonly renews?: number;
  readonly json?: true;
}

/** What another machine needs to become one of the store's tills. */
interface Invitation {
  readonly code: string;
  readonly validForMs: number;
  readonly store: string;
  /** PEM of the authority that signed the store server's certificate; no secret. */
  readonly ca: string;
  /** False: only this machine reaches the store server. */
  readonly isReachable: boolean;
}

/** `evertill enrolment-code`: asks the store server that `npm start` runs to let one more till in. */
export function addEnrolmentCodeCommand(program: Command): void {
  program
    .command("enrolment-code")
    .description("Make a code by which another machine becomes a till of this store, and say how.")
    .addOption(dataOption())
    .option("--replaces <n>", "the number of a lost till whose place the new one takes", tillNumber)
    .option("--renews <n>", "the number of a till that enrols again, with its ledger", tillNumber)
    .option("--json", "print one line of JSON")
    .action(async ({ data, replaces, renews, json }: Wanted) => {
      try {
        const invitation = await invite(data, {
          ...(replaces === undefined ? {} : { replaces }),
          ...(renews === undefined ? {} : { renews }),
        });
        console.log(json === true ? JSON.stringify(invitation) : textOf(invitation));
      } catch (error) {
        console.error(error instanceof Error ? error.message : String(error));
        process.exitCode = exitCodes.failed;
      }
    });
}

/** Rejects with words for the person at the terminal. */
async function invite(
  folder: DataFolder,
  wanted: Pick<Wanted, "replaces" | "renews">,
): Promise<Invitation> {
  const { store: port } = rememberedPorts(folder.ports);
  const ca = join(folder.store, "tls", "ca.pem");
  if (port === undefined || !existsSync(ca)) {
    throw new Error(
      `There is no store server in ${folder.root}. Name the folder that npm start runs it in with --data.`,
    );
  }
  if (!(await answers(loopback, port))) {
    throw new Error(
      "The store server does not run. Start it with npm start, leave it running, and ask again.",
    );
  }
  const admin = createAdminClient({
    adminUrl: `https://${loopback}:${port}/admin`,
    adminTokenFile: join(folder.store, "admin.token"),
    caFile: ca,
  });
  const [store] = await admin.stores();
  if (store === undefined) throw new Error("The store server has no store yet.");
  const code = await admin.createEnrolmentCode(store.storeId, wanted);
  const outside = networkAddress();
  const isReachable = outside !== null && (await answers(outside, port));
  return {
    ...{ code, validForMs: enrolmentCodeLifetimeMs, ca, isReachable },
    store: `https://${isReachable ? outside : loopback}:${port}/graphql`,
  };
}

function textOf({ code, validForMs, store, ca, isReachable }: Invitation): string {
  return [
    `Enrolment code: ${code}`,
    `It lets one till in, once, within ${validForMs / 60_000} minutes.`,
    "",
    ...(isReachable
      ? [`Copy ${ca} to the other machine (it is no secret), and start its till there:`]
      : [
          "The store server hears this machine only. For a till on another machine stop it, start it again",
          "with npm start -- --network, and ask for a new code. A till on this machine starts with:",
        ]),
    "",
    `  npx node host/node/till.ts --data DIR --port 7080 --store ${store} \\`,
    `    --ca ${isReachable ? "ca.pem" : ca} --enrolment-code ${code}`,
    "",
    "DIR is a folder of its own for that till. The code is needed once, the rest at every start.",
  ].join("\n");
}

/** The first address of this machine by which others reach it; null where there is no network. */
function networkAddress(): string | null {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const found = all.find(({ family, internal }) => family === "IPv4" && !internal);
  return found?.address ?? null;
}

function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: connectMs });
    const end = (isThere: boolean) => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once("connect", () => end(true));
    socket.once("timeout", () => end(false));
    socket.once("error", () => end(false));
  });
}

function tillNumber(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1) return number;
  throw new InvalidArgumentError("A till has a number from 1.");
}
