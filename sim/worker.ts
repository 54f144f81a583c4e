import { makeTemplates } from "./shop/template.ts";
import { simulate } from "./simulate.ts";
import type { SeedReport, SeedRequest } from "./workers.ts";
import { createDisk, type Disk } from "./world/disk.ts";

/** One process that runs the seeds it is sent, one after the other. */
const shelf = createDisk();
const templates = await makeTemplates(shelf);

let day: Disk | null = null;

process.on("exit", () => {
  day?.end();
  shelf.end();
});
process.on("SIGTERM", () => process.exit());
process.on("disconnect", () => process.exit());
process.on("message", ({ seed, trace }: SeedRequest) => {
  void run(BigInt(seed), trace).then((report) => process.send?.(report));
});

async function run(seed: bigint, keepsTrace: boolean): Promise<SeedReport> {
  const disk = createDisk();
  day = disk;
  try {
    return { ...(await simulate({ seed, disk, templates, keepsTrace })), seed: seed.toString() };
  } finally {
    disk.end();
  }
}
