import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Log } from "../../../domain/values/ports.ts";
import { createHost } from "../../create-host.ts";
import type { SyncView } from "../../contract/views.ts";
import type { HostEndpoint } from "../../endpoint.ts";
import { cloudTransport } from "../cloud-transport.ts";
import type { DataFolder } from "../data-folder.ts";
import { enrolment, type KeptEnrolment } from "../enrolment.ts";
import { firstDay } from "../launcher/first-day.ts";
import { choosePorts } from "../launcher/ports.ts";
import { storeProgram } from "../launcher/programs.ts";
import { supervise } from "../launcher/supervise.ts";
import { realClock, realRandom } from "../machine.ts";
import { programName } from "../program-name.ts";
import { whenCaughtUp } from "../when-caught-up.ts";
import type { Progress } from "./progress.ts";
import { ReplayStopped } from "./till-calls.ts";

/** The folder's own store server, running for as long as the replay does. */
export interface StoreServer {
  /** Brings the store, its people and its goods to the till. */
  pull(): Promise<void>;
  /** Sends the journal until both sides agree on it; the last word where they do not come to it. */
  push(): Promise<SyncView>;
  stop(): Promise<void>;
}

/** So long without an acknowledgement, and the server is not waited for any more. */
const patienceMs = 60_000;

/** Starts it as the launcher does; makes the store and enrols the till where the folder is new. */
export async function startStoreServer(
  folder: DataFolder,
  log: Log,
  progress: Progress,
): Promise<StoreServer> {
  const say = (sentence: string) => progress.say(sentence);
  const ports = await choosePorts(folder.ports, null);
  const server = supervise(storeProgram(folder, ports), { say });
  try {
    const enrolled = await enrol(folder, await server.ready, ports.store, say);
    return {
      pull: () => withTill(folder, enrolled, log, (till) => whenCaughtUp(till, realClock)),
      push: () => withTill(folder, enrolled, log, (till) => whenProved(till, progress)),
      stop: () => server.stop(),
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function enrol(
  folder: DataFolder,
  ready: unknown,
  port: number,
  say: (text: string) => void,
): Promise<KeptEnrolment> {
  const wish = {
    file: folder.enrolment,
    endpoint: `https://127.0.0.1:${port}/graphql`,
    ca: join(folder.store, "tls", "ca.pem"),
    code: null,
  };
  if (existsSync(folder.enrolment)) {
    const kept = await enrolment(wish);
    if (kept !== null) return kept;
  }
  const day = firstDay(ready, folder, say);
  await day.createStore();
  const fresh = await enrolment({ ...wish, code: await day.enrolmentCode() });
  if (fresh === null) throw new ReplayStopped("The store server did not enrol this till.");
  return fresh;
}

/** A till that speaks to its store server and does nothing else. */
async function withTill<T>(
  folder: DataFolder,
  enrolled: KeptEnrolment,
  log: Log,
  work: (till: HostEndpoint) => Promise<T>,
): Promise<T> {
  const transport = cloudTransport(enrolled, Promise.resolve(), log);
  const devices = { printer: null, scanners: [], payment: null };
  const till = createHost(
    { clock: realClock, random: realRandom, log, transport, devices },
    { ledgerPath: folder.ledger, locale: "en", enrolled, program: programName() },
  );
  try {
    return await work(till);
  } finally {
    await till.close();
    await transport.close();
  }
}

/** [U5] Resolves on the server's own word for the seq and hash of the journal's end. */
function whenProved(till: HostEndpoint, progress: Progress): Promise<SyncView> {
  return new Promise((resolve, reject) => {
    let ackedSeq = -1;
    let last: SyncView | null = null;
    let isOver = false;
    let cancel = realClock.after(patienceMs, giveUp);
    const stop = till.onEvent(({ topic }) => {
      if (topic === "changed" || topic === "status") void look();
    });

    function end(): void {
      isOver = true;
      cancel();
      stop();
    }
    function giveUp(): void {
      end();
      if (last === null) reject(new ReplayStopped("The till said nothing of its store server."));
      else resolve(last);
    }
    async function look(): Promise<void> {
      const answer = await till.call("sync.view", {});
      if (!answer.ok || isOver) return;
      const view = answer.value as SyncView;
      last = view;
      progress.step("facts sent", view.acked.seq, view.local.seq);
      if (isProved(view)) {
        end();
        resolve(view);
      } else if (view.acked.seq !== ackedSeq) {
        ackedSeq = view.acked.seq;
        cancel();
        cancel = realClock.after(patienceMs, giveUp);
      }
    }
    void look();
  });
}

/** Number and hash agree on both sides. */
export function isProved({ network, local, cloud }: SyncView): boolean {
  return network.provedEqual && cloud?.seq === local.seq && cloud.hash === local.hash;
}
