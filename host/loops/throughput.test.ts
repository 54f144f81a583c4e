import { describe, expect, it } from "vitest";
import { createThroughput } from "./throughput.ts";

describe("throughput", () => {
  it("counts what the mark moved in the last minute, and forgets what is older", () => {
    const throughput = createThroughput();
    expect(throughput.perMinute(0)).toBe(0);
    throughput.sample({ epoch: 1, seq: 100 }, 1_000);
    throughput.sample({ epoch: 1, seq: 130 }, 11_000);
    throughput.sample({ epoch: 1, seq: 131 }, 11_200);
    expect(throughput.perMinute(12_000)).toBe(31);
    expect(throughput.perMinute(70_900)).toBe(31);
    expect(throughput.perMinute(80_000)).toBe(0);
  });

  it("begins anew with an epoch, and a mark that was set back counts nothing", () => {
    const throughput = createThroughput();
    throughput.sample({ epoch: 1, seq: 100 }, 1_000);
    throughput.sample({ epoch: 1, seq: 40 }, 3_000);
    expect(throughput.perMinute(4_000)).toBe(0);
    throughput.sample({ epoch: 2, seq: 5 }, 5_000);
    throughput.sample({ epoch: 2, seq: 9 }, 7_000);
    expect(throughput.perMinute(8_000)).toBe(4);
  });
});
