import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Command, CommanderError } from "commander";
import { z } from "zod";
import { type DataFolder, dataFolder, defaultDataFolder } from "./data-folder.ts";

/** What a till needs to know at its start, in plain Node and in Electron alike. */
export interface TillOptions {
  readonly folder: DataFolder;
  /** The port of the register's address; null when no browser is to be served. */
  readonly port: number | null;
  readonly locale: string;
  /** The store server's GraphQL address; null keeps the one of the enrolment. */
  readonly store: string | null;
  /** A PEM file with the authority that signed the store server's certificate. */
  readonly ca: string | null;
  /** One use, from the store server's manager: makes this till one of the store's. */
  readonly enrolmentCode: string | null;
  readonly printer: { readonly host: string; readonly port: number } | null;
  /** [H2] This machine's address on the store's own network; null keeps the till to itself. */
  readonly lan: { readonly address: string; readonly beaconPort?: number | undefined } | null;
  /** The payment terminal's address. */
  readonly payment: string | null;
  /** The built renderer. */
  readonly pages: string;
  /** One-time tokens for addresses that the launcher prints. */
  readonly tokens: readonly string[];
  /** Ready only when the whole catalogue has come. */
  readonly waitForCatalogue: boolean;
}

/** The command line or the settings file is wrong; the message is for a person. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

const port = z.coerce.number().int().min(0).max(65_535);
const schema = z.strictObject({
  data: z.string().min(1).optional(),
  port: port.optional(),
  locale: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/, "a language such as en, de or he")
    .optional(),
  store: z.url().optional(),
  ca: z.string().min(1).optional(),
  enrolmentCode: z.string().min(1).optional(),
  printer: z
    .string()
    .regex(/^[^\s:]+:\d{1,5}$/, "host:port, e.g. 192.168.1.50:9100")
    .optional(),
  lan: z
    .string()
    .regex(/^\d{1,3}(\.\d{1,3}){3}(:\d{1,5})?$/, "an address of this machine, e.g. 192.168.1.20")
    .optional(),
  payment: z.url().optional(),
  pages: z.string().min(1).optional(),
  waitForCatalogue: z.boolean().optional(),
});
type Given = z.infer<typeof schema>;

/** Secrets come by the environment: a command line can be read by every user of the machine. */
export const secretVariables = {
  /** One-time tokens, separated by commas. */
  tokens: "EVERTILL_TOKENS",
  enrolmentCode: "EVERTILL_ENROLMENT_CODE",
} as const;

const builtPages = join(import.meta.dirname, "..", "..", "renderer", "dist");

/**
 * Reads the command line, then `till.json` of the data folder (the same names; the command line wins).
 * Switches it does not know are left to Electron and Chromium. Throws `UsageError`.
 */
export function readTillOptions(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  defaults: { readonly data?: string; readonly pages?: string } = {},
): TillOptions {
  const line = parse(schema, commandLine(argv), "the command line");
  const folder = dataFolder(line.data ?? defaults.data ?? defaultDataFolder());
  const file = join(folder.root, "till.json");
  const settings = existsSync(file) ? parse(schema, readJson(file), file) : {};
  const given: Given = { ...settings, ...line };
  const [printerHost = "", printerPort = ""] = given.printer?.split(":") ?? [];
  return {
    folder,
    port: given.port ?? null,
    locale: given.locale ?? "en",
    store: given.store ?? null,
    ca: given.ca === undefined ? null : resolve(given.ca),
    enrolmentCode: given.enrolmentCode ?? env[secretVariables.enrolmentCode] ?? null,
    printer: given.printer === undefined ? null : { host: printerHost, port: Number(printerPort) },
    lan: lanOf(given.lan),
    payment: given.payment ?? null,
    pages: given.pages ?? defaults.pages ?? builtPages,
    tokens: env[secretVariables.tokens]?.split(",").filter((token) => token !== "") ?? [],
    waitForCatalogue: given.waitForCatalogue ?? false,
  };
}

function lanOf(given: string | undefined): TillOptions["lan"] {
  if (given === undefined) return null;
  const [address = "", beaconPort] = given.split(":");
  return { address, beaconPort: beaconPort === undefined ? undefined : Number(beaconPort) };
}

function commandLine(argv: readonly string[]): unknown {
  const command = new Command("till")
    .description("One till: its ledger, its devices, its line to the store server.")
    .option("--data <dir>", "the till's data folder")
    .option(
      "--port <n>",
      "serve the register to browsers at this loopback port; 0 takes a free one",
    )
    .option("--locale <xx>", "the language until a person chooses another: en, de, he")
    .option("--store <url>", "the store server's address")
    .option("--ca <file>", "PEM of the authority that signed the store server's certificate")
    .option("--enrolment-code <code>", "makes this till one of the store's; works once")
    .option("--printer <host:port>", "the receipt printer")
    .option(
      "--lan <address>",
      "this machine's address on the store's network: its tills share sales while the internet is down",
    )
    .option("--payment <url>", "the payment terminal")
    .option("--pages <dir>", "the built renderer")
    .option("--wait-for-catalogue", "say ready only when all goods have come")
    .allowUnknownOption()
    .allowExcessArguments()
    .exitOverride();
  try {
    command.parse([...argv], { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) process.exit(0);
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  return command.opts();
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${String(error)}`);
  }
}

function parse<T>(shape: z.ZodType<T>, value: unknown, where: string): T {
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new UsageError(`In ${where}: ${issues.join("; ")}`);
}
