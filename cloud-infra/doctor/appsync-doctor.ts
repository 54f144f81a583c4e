import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import {
  AppSyncClient,
  GetIntrospectionSchemaCommand,
  paginateListResolvers,
} from "@aws-sdk/client-appsync";
import { compareSchemas, rootFields, type SchemaDifference } from "./compare-schemas.ts";

/**
 * Looks whether the AppSync API that is deployed is the one of this repository. Changes nothing.
 */

const usage = `Usage: appsync-doctor --api-id ID --region REGION [--endpoint URL]

  --api-id ID       the AppSync API to look at
  --region REGION   where it is, e.g. eu-central-1
  --endpoint URL    another AppSync control plane than AWS's own
  --help            print this

Needs the permissions appsync:GetIntrospectionSchema and appsync:ListResolvers.
Ends with 0 when all is well, 1 when something differs, 2 when it could not look.
`;

const exit = { well: 0, differs: 1, failed: 2, usage: 64 } as const;

export interface Diagnosis {
  readonly schema: readonly SchemaDifference[];
  /** Root fields without a resolver: they would answer null. */
  readonly unresolved: readonly string[];
}

/** Asks AWS for the deployed schema and its resolvers, and compares. Rejects with AWS's error. */
export async function diagnose(client: AppSyncClient, apiId: string): Promise<Diagnosis> {
  const ours = readFileSync(new URL("../schema/schema.graphql", import.meta.url), "utf8");
  const command = new GetIntrospectionSchemaCommand({ apiId, format: "SDL" });
  const { schema } = await client.send(command);
  const theirs = new TextDecoder().decode(schema);
  const resolved = new Set<string>();
  for (const typeName of ["Query", "Mutation", "Subscription"]) {
    for await (const page of paginateListResolvers({ client }, { apiId, typeName })) {
      for (const { fieldName } of page.resolvers ?? []) resolved.add(`${typeName}.${fieldName}`);
    }
  }
  return {
    schema: compareSchemas(ours, theirs),
    unresolved: rootFields(ours).filter((field) => !resolved.has(field)),
  };
}

/** The findings, one line each; nothing when all is well. */
export function findings({ schema, unresolved }: Diagnosis): readonly string[] {
  return [
    ...schema.map(describe),
    ...unresolved.map(
      (field) => `${field} has no resolver: it would answer null. Deploy the stack.`,
    ),
  ];
}

function describe({ where, kind, ours, theirs }: SchemaDifference): string {
  switch (kind) {
    case "missing":
      return `${where} is not deployed. Deploy the stack.`;
    case "unknown":
      return `${where} is deployed, and this repository does not know it: is it older than the cloud?`;
    case "different":
      return `${where} differs: here "${ours}", deployed "${theirs}".`;
  }
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      "api-id": { type: "string" },
      region: { type: "string" },
      endpoint: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return exit.well;
  }
  const { "api-id": apiId, region, endpoint } = values;
  if (apiId === undefined || region === undefined) {
    process.stderr.write(`--api-id and --region are needed.\n\n${usage}`);
    return exit.usage;
  }
  const client = new AppSyncClient({ region, ...(endpoint !== undefined && { endpoint }) });
  try {
    const found = findings(await diagnose(client, apiId));
    for (const finding of found) process.stdout.write(`${finding}\n`);
    if (found.length > 0) return exit.differs;
    process.stdout.write("The deployed API is the one of this repository.\n");
    return exit.well;
  } catch (error) {
    const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    process.stderr.write(`Could not look at the API ${apiId} in ${region}. ${why}\n`);
    return exit.failed;
  }
}

if (import.meta.main) process.exitCode = await main();
