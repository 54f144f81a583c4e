import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { connect } from "node:tls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { changesDocument, headDocument, pushDocument } from "../../sync/protocol/operations.ts";
import { createSampleTill } from "../../sync/protocol/sample-till.ts";
import { sha256 } from "../service/sha256.ts";
import { createAdminClient } from "./admin-client.ts";
import { serverCertificate } from "./certificates.ts";
import { machineClock, machineLog, machineRandom } from "./machine.ts";
import { startStoreServer } from "./store-server.ts";
import { post, startTestServer, type TestServer } from "./test-server.ts";

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(async () => {
  await server.end();
});

const genesis = { epoch: 1, seq: 0, hash: "0".repeat(64) };

describe("the GraphQL endpoint", () => {
  it("[G3] serves an enrolled terminal: push, head and changes", async () => {
    const { token, terminalId, tillNumber } = await server.enrol();
    expect(tillNumber).toBeGreaterThan(0);
    const till = createSampleTill({ terminalId, sha256 });
    till.sell(["milk"]);
    till.writeRaw("{}");
    const pushed = await server.graphql(pushDocument, till.push(1), token);
    expect(pushed.status).toBe(200);
    expect(pushed.body).toMatchObject({
      data: {
        push: {
          storeId: server.storeId,
          terminalId,
          outcome: "accepted",
          head: till.head,
          verdicts: [
            { fromSeq: 1, toSeq: 1, verdict: "applied", reason: null },
            { fromSeq: 2, toSeq: 2, verdict: "parked", reason: "no fact type" },
          ],
        },
      },
    });
    const head = await server.graphql(headDocument, { epoch: 1 }, token);
    expect(head.body).toMatchObject({ data: { head: till.head } });
    const variables = { after: 0, limit: 100, held: genesis };
    const { body } = await server.graphql(changesDocument, variables, token);
    const { changes } = body.data as { changes: { changes: { kind: string }[] } };
    expect(changes.changes.map(({ kind }) => kind)).toEqual([
      "settings",
      "person",
      "person",
      "person",
      "fact",
    ]);
  });

  it("[A2] answers 401 to a wrong secret, in AppSync's words, and says nothing of it", async () => {
    const { terminalId } = await server.enrol();
    for (const token of [`${terminalId}.wrong-secret`, "", "Bearer x"]) {
      const answer = await server.graphql(headDocument, { epoch: 1 }, token);
      expect(answer).toEqual({
        status: 401,
        body: {
          errors: [
            {
              errorType: "UnauthorizedException",
              message: "You are not authorized to make this call.",
            },
          ],
        },
      });
    }
    expect(server.logged.join("\n")).not.toContain("wrong-secret");
  });

  it("[A1] lets a newcomer do nothing but enrol", async () => {
    const asked = await server.graphql(headDocument, { epoch: 1 }, "newcomer");
    expect(asked.body.errors).toMatchObject([
      { errorType: "Unauthorized", message: "Not Authorized to access head on type Query" },
    ]);
    const schema = await server.graphql("{ __schema { types { name } } }", {}, "newcomer");
    expect(schema.status).toBe(400);
    const wrongCode = await server.graphql(
      'mutation { enrol(code: "AAAA-BBBB-CCCC", name: "Till") { secret } }',
      {},
      "newcomer",
    );
    expect(wrongCode.body.errors).toMatchObject([
      {
        errorType: "BadRequest",
        message: expect.stringMatching(/^BadRequest: this enrolment code/) as unknown,
      },
    ]);
  });

  it("[A3] lets no terminal announce: that is for the cloud itself", async () => {
    const { token } = await server.enrol();
    const document = "mutation A($id: ID!) { announce(storeId: $id) { storeId } }";
    const { body } = await server.graphql(document, { id: server.storeId }, token);
    expect(body.errors).toMatchObject([{ errorType: "Unauthorized" }]);
  });

  it("[G2] answers 413 to more than 1 MB, and the connection can be heard", async () => {
    const { token } = await server.enrol();
    const large = Buffer.alloc(1_048_577, " ");
    expect((await post(server, large, token)).status).toBe(413);
    const fits = Buffer.alloc(1_048_576, " ");
    expect((await post(server, fits, token)).status).toBe(400);
  });

  it.each([
    ["not JSON", "{"],
    ["not a query", '{"query":"mutation {"}'],
    ["not an object", "[]"],
    ["too deep", `{"query":"{ a ${"{ a ".repeat(7)}${"}".repeat(8)}"}`],
    ["a fragment", '{"query":"fragment F on Query { __typename } { ...F }"}'],
    ["too long", JSON.stringify({ query: `{ ${"__typename ".repeat(3000)} }` })],
    ["a subscription", '{"query":"subscription { poked(storeId: \\"x\\") { storeId } }"}'],
  ])("refuses with 400 what is %s", async (_, body) => {
    const { token } = await server.enrol();
    const answer = await post(server, body, token);
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toMatchObject([{ errorType: "MalformedHttpRequestException" }]);
  });

  it("tells what the schema does not know, and hides what went wrong inside", async () => {
    const { token } = await server.enrol();
    const unknown = await server.graphql("{ nothing }", {}, token);
    expect(unknown.body.errors).toMatchObject([{ errorType: "ValidationError" }]);
    const negative = await server.graphql(headDocument, { epoch: -1 }, token);
    expect(negative.body.errors).toMatchObject([
      {
        errorType: "BadRequest",
        message: expect.stringContaining("BadRequest: head.epoch") as unknown,
      },
    ]);
  });

  it("[G3] is still there when a stranger asks to upgrade at what is no path", async () => {
    const { port } = new URL(server.endpoint);
    const ca = readFileSync(server.caFile);
    for (const path of ["//", "http://[", "/nowhere"]) {
      const socket = connect({ host: "127.0.0.1", port: Number(port), ca });
      const head = "Host: x\r\nConnection: Upgrade\r\nUpgrade: websocket";
      socket.write(`GET ${path} HTTP/1.1\r\n${head}\r\n\r\n`);
      socket.on("error", () => {});
      await once(socket.resume(), "close");
    }
    expect((await server.graphql("{ __typename }", {}, "wrong")).status).toBe(401);
  });

  it("lets an enrolled terminal read the schema", async () => {
    const { token } = await server.enrol();
    const { body } = await server.graphql("{ __schema { queryType { name } } }", {}, token);
    expect(body.data).toEqual({ __schema: { queryType: { name: "Query" } } });
  });
});

describe("TLS", () => {
  it("[A2] has an authority and a certificate of its own, and keys that only the owner reads", () => {
    const folder = dirname(server.caFile);
    const modes = readdirSync(folder).map((name) => [
      name,
      statSync(join(folder, name)).mode & 0o777,
    ]);
    expect(Object.fromEntries(modes)).toEqual({
      "ca.key": 0o600,
      "ca.pem": 0o644,
      "server.key": 0o600,
      "server.pem": 0o644,
    });
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const certificate = new X509Certificate(readFileSync(join(folder, "server.pem")));
    expect(certificate.subjectAltName).toBe("IP Address:127.0.0.1, DNS:localhost");
    expect(certificate.ca).toBe(false);
    const authority = new X509Certificate(readFileSync(server.caFile));
    expect(authority.ca).toBe(true);
    expect(certificate.verify(authority.publicKey)).toBe(true);
  });

  it("keeps its certificate, and makes a new one for new hosts or near its end", async () => {
    const folder = join(server.folder, "tls");
    const dayMs = 86_400_000;
    const nowMs = Date.now();
    const hosts = ["127.0.0.1"];
    const first = await serverCertificate({ folder, hosts, nowMs });
    expect(await serverCertificate({ folder, hosts, nowMs: nowMs + 300 * dayMs })).toEqual(first);
    const more = { folder, hosts: ["127.0.0.1", "shop.local"], nowMs };
    const second = await serverCertificate(more);
    expect(second.cert).not.toBe(first.cert);
    const later = await serverCertificate({ ...more, nowMs: nowMs + 380 * dayMs });
    expect(later.cert).not.toBe(second.cert);
    const authority = new X509Certificate(readFileSync(later.caFile));
    expect(new X509Certificate(later.cert).verify(authority.publicKey)).toBe(true);
  });
});

describe("the data folder", () => {
  it("refuses a second server in clear words", async () => {
    const dataFolder = join(server.folder, "store");
    const world = { clock: machineClock, random: machineRandom, log: machineLog };
    const second = startStoreServer({ ...world, dataFolder, port: 0, host: "127.0.0.1" });
    await expect(second).rejects.toThrow(
      `Another store server already runs on ${dataFolder}. Use that one, or stop it first.`,
    );
  });

  it("[A1] [A2] holds neither codes nor secrets in plain text", async () => {
    const code = await server.admin.createEnrolmentCode(server.storeId);
    const { secret } = await server.enrol();
    const dataFolder = join(server.folder, "store");
    const files = readdirSync(dataFolder).filter((name) => name.startsWith("store.db"));
    const bytes = Buffer.concat(files.map((name) => readFileSync(join(dataFolder, name))));
    expect(bytes.includes("Corner Market")).toBe(true);
    for (const hidden of [code, code.replaceAll("-", ""), secret, "9999"]) {
      expect(bytes.includes(hidden)).toBe(false);
    }
  });
});

describe("the admin's door", () => {
  it("opens to the token of the file only", async () => {
    const admin = createAdminClient(server);
    expect(await admin.stores()).toMatchObject([{ storeName: "Corner Market" }]);
    expect(statSync(server.adminTokenFile).mode & 0o777).toBe(0o600);
    const adminTokenFile = join(server.folder, "guess");
    writeFileSync(adminTokenFile, "a guess");
    const stranger = createAdminClient({ ...server, adminTokenFile });
    await expect(stranger.stores()).rejects.toThrow("the admin's token is wrong");
    const { token } = await server.enrol();
    expect((await server.graphql("{ __typename }", {}, token)).status).toBe(200);
  });

  it("makes a store once", async () => {
    const [settings] = await createAdminClient(server).stores();
    expect(settings && (await createAdminClient(server).createStore(settings, []))).toBe(false);
  });

  it("makes codes that enrol", async () => {
    const code = await createAdminClient(server).createEnrolmentCode(server.storeId);
    const document = 'mutation E($c: String!) { enrol(code: $c, name: "T") { tillNumber } }';
    const { body } = await server.graphql(document, { c: code }, "newcomer");
    expect(body.errors).toBeUndefined();
    await expect(createAdminClient(server).createEnrolmentCode("nowhere")).rejects.toThrow(
      "nowhere",
    );
  });
});
