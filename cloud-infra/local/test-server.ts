import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { enrolDocument } from "../../sync/protocol/operations.ts";
import { type Enrolment, enrolmentSchema } from "../../sync/protocol/wire.ts";
import { demoStore } from "./demo-store.ts";
import { machineClock, machineRandom } from "./machine.ts";
import { type StoreServer, startStoreServer } from "./store-server.ts";

/** A store server in this process, on a folder of its own, with the demo store: for tests. */
export interface TestServer extends StoreServer {
  readonly storeId: string;
  readonly folder: string;
  /** What the server wrote to its log. */
  readonly logged: readonly string[];
  graphql(query: string, variables: object, token: string): Promise<HttpAnswer>;
  enrol(name?: string): Promise<Enrolment & { readonly token: string }>;
  end(): Promise<void>;
}

export interface HttpAnswer {
  readonly status: number;
  readonly body: { readonly data?: unknown; readonly errors?: readonly Record<string, unknown>[] };
}

export async function startTestServer(): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), "evertill-server-"));
  const logged: string[] = [];
  const note = (event: string, fields?: object) =>
    void logged.push(JSON.stringify({ event, fields }));
  const server = await startStoreServer({
    dataFolder: join(folder, "store"),
    port: 0,
    host: "127.0.0.1",
    clock: machineClock,
    random: machineRandom,
    log: { info: note, warn: note, error: note },
  });
  const { settings, people } = await demoStore();
  await server.admin.createStore(settings, people);
  const { storeId } = settings;
  const ask = (query: string, variables: object, token: string) =>
    post(server, JSON.stringify({ query, variables }), token);
  return {
    ...server,
    storeId,
    folder,
    logged,
    graphql: ask,
    async enrol(name = "Till") {
      const code = await server.admin.createEnrolmentCode(storeId);
      const { body } = await ask(enrolDocument, { code, name }, "newcomer");
      const enrolment = enrolmentSchema.parse((body.data as { enrol: unknown }).enrol);
      return { ...enrolment, token: `${enrolment.terminalId}.${enrolment.secret}` };
    },
    async end() {
      await server.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** One HTTPS request that trusts the server's own authority only. */
export function post(
  server: StoreServer,
  body: string | Buffer,
  token: string,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: token, "content-type": "application/json" };
    const ca = readFileSync(server.caFile);
    const sent = request(server.endpoint, { method: "POST", ca, agent: false, headers });
    sent.on("error", reject);
    sent.on("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        const answer = JSON.parse(text) as HttpAnswer["body"];
        resolve({ status: response.statusCode ?? 0, body: answer });
      });
    });
    sent.end(body);
  });
}
