import { mkdirSync, readFileSync } from "node:fs";
import { Agent, request } from "node:https";
import { join } from "node:path";
import { startStoreServerProcess } from "../../cloud-infra/local/store-server-process.ts";
import { createAdminClient } from "../../cloud-infra/local/admin-client.ts";
import { demoStore } from "../../cloud-infra/local/demo-store.ts";
import { sha256 } from "../../cloud-infra/service/sha256.ts";
import { enrolDocument, pushDocument } from "../../sync/protocol/operations.ts";
import { packFacts } from "../../sync/protocol/packed-facts.ts";
import { createSampleTill, type SampleTill } from "../../sync/protocol/sample-till.ts";
import { protocolVersion } from "../../sync/protocol/versions.ts";
import type { Enrolment } from "../../sync/protocol/wire.ts";
import { quantile } from "../figure.ts";

/** Many tills that each send every sale by itself, as they do on a good line. */
export interface ManyTills {
  readonly tills: number;
  readonly stores: number;
  readonly sales: number;
}

export interface ManyTillsResult {
  readonly salesPerSecond: number;
  /** From sending a sale until it is acknowledged, at full load. */
  readonly p99Ms: number;
  /** Resident memory of the server's process, in megabytes of 2^20 bytes. */
  readonly serverMb: number;
  /** Processor time of the server, user and system. */
  readonly serverCpuMsASale: number;
}

/** So many sales are on their way at once; each till has at most one. */
const atOnce = 64;

export async function sellAtManyTills(folder: string, size: ManyTills): Promise<ManyTillsResult> {
  mkdirSync(folder, { recursive: true });
  const server = await startStoreServerProcess(join(folder, "store"));
  const { endpoint, caFile } = server.ready;
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce, ca: readFileSync(caFile) });
  const ask = (query: string, variables: object, token: string) =>
    post({ endpoint, agent, token, body: JSON.stringify({ query, variables }) });
  try {
    const tills = await enrolAll(createAdminClient(server.ready), ask, size);
    const cpuBefore = cpuMs(server.pid);
    const samples: number[] = [];
    const began = performance.now();
    let next = 0;
    async function cashier(): Promise<void> {
      while (next < size.sales) {
        const till = tills[next++ % tills.length] as BusyTill;
        // A till sends its sales one after the other.
        await (till.underWay = till.underWay.then(async () => {
          samples.push(await sellOne(till, ask));
        }));
      }
    }
    await Promise.all(Array.from({ length: atOnce }, cashier));
    const seconds = (performance.now() - began) / 1_000;
    return {
      salesPerSecond: size.sales / seconds,
      p99Ms: quantile(samples, 0.99),
      serverMb: memoryMb(server.pid),
      serverCpuMsASale: (cpuMs(server.pid) - cpuBefore) / size.sales,
    };
  } finally {
    agent.destroy();
    await server.stop();
  }
}

interface BusyTill {
  readonly sample: SampleTill;
  readonly token: string;
  underWay: Promise<void>;
}

type Ask = (query: string, variables: object, token: string) => Promise<unknown>;

async function enrolAll(
  admin: ReturnType<typeof createAdminClient>,
  ask: Ask,
  { tills, stores }: ManyTills,
): Promise<BusyTill[]> {
  const { settings, people } = await demoStore();
  const storeIds = Array.from(
    { length: stores },
    (_, n) => `0195d7a0-0000-7000-8000-${String(n + 1).padStart(12, "0")}`,
  );
  for (const storeId of storeIds) await admin.createStore({ ...settings, storeId }, people);
  const enrolled: BusyTill[] = [];
  for (let n = 0; n < tills; n++) {
    const code = await admin.createEnrolmentCode(storeIds[n % stores] ?? "");
    const answer = await ask(enrolDocument, { code, name: `Till ${n}` }, "newcomer");
    const { terminalId, secret } = (answer as { enrol: Enrolment }).enrol;
    const sample = createSampleTill({ terminalId, sha256, salt: n % 4_096 });
    enrolled.push({ sample, token: `${terminalId}.${secret}`, underWay: Promise.resolve() });
  }
  return enrolled;
}

async function sellOne({ sample, token }: BusyTill, ask: Ask): Promise<number> {
  const firstSeq = sample.head.seq + 1;
  const skus = [0, 1, 2, 3].map((k) => `SKU-${100_000 + ((firstSeq * 13 + k * 977) % 2_000)}`);
  const packed = packFacts([sample.sell(skus)]);
  const began = performance.now();
  const place = { protocol: protocolVersion, epoch: 1, firstSeq };
  const answer = (await ask(pushDocument, { ...place, packed }, token)) as PushAnswer;
  if (answer.push.head.seq !== firstSeq) throw new Error("a sale was not acknowledged");
  return performance.now() - began;
}

interface PushAnswer {
  readonly push: { readonly head: { readonly seq: number } };
}

interface Post {
  readonly endpoint: string;
  readonly agent: Agent;
  readonly token: string;
  readonly body: string;
}

function post({ endpoint, agent, token, body }: Post): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: token, "content-type": "application/json" };
    const sent = request(endpoint, { method: "POST", agent, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => {
        const said = JSON.parse(Buffer.concat(chunks).toString("utf8")) as { data: unknown };
        if (answer.statusCode === 200 && said.data) resolve(said.data);
        else reject(new Error(`the store server answered ${answer.statusCode}`));
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

/** Read from /proc: these figures are taken on Linux. */
function memoryMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1_024;
}

/** proc(5): the 14th and 15th field, in hundredths of a second. */
function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
