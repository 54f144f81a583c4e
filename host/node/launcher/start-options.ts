import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { defaultDataFolder } from "../data-folder.ts";
import { exitCodes } from "../exit-codes.ts";

/** The options of `npm start`. */
export interface StartOptions {
  readonly data: string;
  /** The register's port; null takes the remembered one or a free one. */
  readonly port: number | null;
  readonly catalogue: string | null;
  readonly locale: string | null;
  readonly window: boolean;
  /** Tills on other machines may reach the store server. */
  readonly network: boolean;
  readonly reset: boolean;
  readonly json: boolean;
}

const languages = ["en", "de", "he"];

/** Reads the command line; ends the program for `--help` and for a mistake, which it explains. */
export function readStartOptions(argv: readonly string[]): StartOptions {
  const command = new Command("npm start --")
    .description(
      "Starts a store on this machine (its server, a virtual printer and card terminal, a till with " +
        "demo goods) and opens the register.",
    )
    .option("--data <dir>", "the folder that keeps everything", defaultDataFolder())
    .option("--port <n>", "the port of the register's address (default: a free one, kept)", port)
    .option(
      "--catalogue <file>",
      "import goods from a CSV file, with a report of refused rows",
      file,
    )
    .addOption(
      new Option("--locale <xx>", "the language until a person chooses another").choices(languages),
    )
    .option("--network", "let tills on other machines of this network reach the store server")
    .option("--no-window", "open no window, print the addresses only")
    .option("--reset", "delete the folder's data first; asks for a typed word")
    .option(
      "--json",
      "print one line of JSON when the till can sell, everything else on stderr",
      false,
    )
    .addHelpText(
      "after",
      "\nThe demo people's PINs are printed at the start. Ctrl+C ends everything; the data stays.",
    );
  command.exitOverride((end) => process.exit(end.exitCode === 0 ? 0 : exitCodes.usage));
  command.parse([...argv], { from: "user" });
  const given = command.opts<{
    data: string;
    port?: number;
    catalogue?: string;
    locale?: string;
    window: boolean;
    network?: true;
    reset?: true;
    json?: true;
  }>();
  return {
    ...given,
    data: resolve(given.data),
    port: given.port ?? null,
    catalogue: given.catalogue ?? null,
    locale: given.locale ?? null,
    network: given.network === true,
    reset: given.reset === true,
    json: given.json === true,
  };
}

function port(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1 && number <= 65_535) return number;
  throw new InvalidArgumentError("A port is a number from 1 to 65535.");
}

function file(text: string): string {
  const path = resolve(text);
  if (existsSync(path)) return path;
  throw new InvalidArgumentError(`There is no file ${path}.`);
}
