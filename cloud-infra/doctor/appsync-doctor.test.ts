import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { compareSchemas, rootFields } from "./compare-schemas.ts";

const schema = readFileSync(new URL("../schema/schema.graphql", import.meta.url), "utf8");

describe("compareSchemas", () => {
  it("finds nothing between a schema and itself in other words and order", () => {
    const one = 'type Query { "asks" a(x: Int!): Int b: ID }\nenum E { p q }';
    const other = "enum E { q p } type Query { b: ID, a(x: Int!): Int }\nschema { query: Query }";
    expect(compareSchemas(one, other)).toEqual([]);
    expect(compareSchemas(schema, schema)).toEqual([]);
  });

  it("names what is missing, unknown and different", () => {
    const ours = "type Query { a(x: Int!): Int b: ID @aws_iam } enum E { p q }";
    const theirs = "type Query { a(x: Int): Int b: ID c: ID } enum E { p }";
    expect(compareSchemas(ours, theirs)).toEqual([
      { where: "E.q", kind: "missing", ours: "value", theirs: null },
      { where: "Query.a", kind: "different", ours: "(x: Int!): Int", theirs: "(x: Int): Int" },
      { where: "Query.b", kind: "different", ours: ": ID @aws_iam", theirs: ": ID" },
      { where: "Query.c", kind: "unknown", ours: null, theirs: ": ID" },
    ]);
  });
});

/** AppSync's control plane as far as the doctor asks it, on this machine. */
interface Deployed {
  readonly schema: string;
  readonly resolvers: readonly string[];
}

let server: Server | undefined;

afterEach(() => {
  server?.close();
});

async function controlPlane({ schema: sdl, resolvers }: Deployed): Promise<string> {
  server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    const [, , , apiId, what, typeName] = url.pathname.split("/");
    const wantsSdl = what !== "schema" || url.searchParams.get("format") === "SDL";
    if (apiId !== "api1" || !wantsSdl) {
      response.writeHead(404, { "x-amzn-errortype": "NotFoundException" });
      response.end(JSON.stringify({ message: `GraphQL API ${apiId} not found.` }));
    } else if (what === "schema") {
      response.end(sdl);
    } else {
      // In pages of two, as the real one has pages.
      const all = resolvers.filter((field) => field.startsWith(`${typeName}.`));
      const from = Number(url.searchParams.get("nextToken") ?? 0);
      const page = all
        .slice(from, from + 2)
        .map((field) => ({ typeName, fieldName: field.split(".")[1] }));
      const nextToken = from + 2 < all.length ? String(from + 2) : undefined;
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ resolvers: page, nextToken }));
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function doctor(...args: string[]) {
  const file = new URL("./appsync-doctor.ts", import.meta.url).pathname;
  const env = {
    ...process.env,
    AWS_ACCESS_KEY_ID: "not-a-key",
    AWS_SECRET_ACCESS_KEY: "not-a-secret",
  };
  const child = spawn(process.execPath, [file, ...args], { env });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      said += chunk.toString("utf8");
    });
  }
  const [code] = (await once(child, "close")) as [number | null];
  return { code, said };
}

describe("the doctor", () => {
  it("is content with what this repository deploys", async () => {
    const endpoint = await controlPlane({ schema, resolvers: rootFields(schema) });
    const args = ["--api-id", "api1", "--region", "eu-central-1", "--endpoint", endpoint];
    expect(await doctor(...args)).toEqual({
      code: 0,
      said: "The deployed API is the one of this repository.\n",
    });
  });

  it("tells what is older, newer and without a resolver", async () => {
    const older = schema
      .replace("    firstSeq: Int!\n", "")
      .replace("type Query {", "type Query {\n  weather: String");
    const resolvers = rootFields(schema).filter((field) => field !== "Subscription.poked");
    const endpoint = await controlPlane({ schema: older, resolvers });
    const args = ["--api-id", "api1", "--region", "eu-central-1", "--endpoint", endpoint];
    const { code, said } = await doctor(...args);
    expect(code).toBe(1);
    expect(said.trim().split("\n")).toEqual([
      expect.stringMatching(
        /^Mutation\.push differs: here "\(protocol: Int!, epoch: Int!, firstSeq: Int!, .*", deployed "\(protocol: Int!, epoch: Int!, facts: .*"\.$/,
      ),
      "Query.weather is deployed, and this repository does not know it: is it older than the cloud?",
      "Subscription.poked has no resolver: it would answer null. Deploy the stack.",
    ]);
  });

  it("says what it could not look at, and what it needs", async () => {
    const endpoint = await controlPlane({ schema, resolvers: [] });
    const wrong = ["--api-id", "api2", "--region", "eu-central-1", "--endpoint", endpoint];
    const { code, said } = await doctor(...wrong);
    expect(code).toBe(2);
    expect(said).toContain("Could not look at the API api2 in eu-central-1. NotFoundException");
    expect(said).not.toContain("not-a-secret");
    expect(await doctor()).toMatchObject({ code: 64 });
  });
});
