import type { FactCommit, StorePort } from "../../cloud-infra/service/store-port.ts";

/** A store that says "committed" and writes it down when it is next asked for something. */
export function setAside(real: StorePort): StorePort {
  const waiting: FactCommit[] = [];
  const catchUp = async () => {
    for (let batch = waiting.shift(); batch !== undefined; batch = waiting.shift()) {
      await real.commitFacts(batch);
    }
  };
  return {
    ...real,
    async commitFacts(batch) {
      await catchUp();
      waiting.push(batch);
      return "committed";
    },
    async head(...place) {
      await catchUp();
      return real.head(...place);
    },
  };
}
