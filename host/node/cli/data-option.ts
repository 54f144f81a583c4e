import { existsSync } from "node:fs";
import { InvalidArgumentError, Option } from "commander";
import { dataFolder, type DataFolder, defaultDataFolder } from "../data-folder.ts";

/** `--data DIR`, the same folder as `npm start -- --data DIR`. */
export function dataOption(): Option {
  return new Option("--data <dir>", "the till's data folder")
    .default(dataFolder(defaultDataFolder()), defaultDataFolder())
    .argParser((dir): DataFolder => {
      if (existsSync(dir)) return dataFolder(dir);
      throw new InvalidArgumentError(`There is no folder ${dir}.`);
    });
}
