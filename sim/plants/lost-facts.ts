import { noPlant } from "../shop/shop.ts";
import type { PlantedBug } from "./planted-bug.ts";

/** [H6] Bugs in how a till gets back what its disk has lost. */
export const lostFacts: readonly PlantedBug[] = [
  {
    name: "what another till told is taken for the cloud's word",
    seenBy: ["stock"],
    needs: ["hub", "disks", "backups"],
    plant: {
      ...noPlant,
      ledger: (real) => ({ ...real, hearsay: { ...real.hearsay, add: () => undefined } }),
    },
  },
  {
    name: "what a cloud put back from a backup lacks is taken for told",
    seenBy: ["stock"],
    needs: ["hub", "disks", "backups"],
    plant: {
      ...noPlant,
      ledger: (real) => ({ ...real, hearsay: { ...real.hearsay, addUncovered: () => undefined } }),
    },
  },
];
