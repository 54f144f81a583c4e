import { describe, expect, it } from "vitest";
import { createScanQueue } from "./scan-queue.ts";

describe("scan queue", () => {
  it("carries scans out one at a time, in the order they were read", async () => {
    const done: string[] = [];
    const gates: (() => void)[] = [];
    let underWay = 0;
    let most = 0;
    const queue = createScanQueue<string>(
      async (code) => {
        underWay += 1;
        most = Math.max(most, underWay);
        await new Promise<void>((open) => gates.push(open));
        done.push(code);
        underWay -= 1;
      },
      () => expect.unreachable(),
    );
    const codes = Array.from({ length: 10 }, (_, i) => `code ${i}`);
    for (const code of codes) queue.accept(code);
    expect(queue.waiting).toBe(10);
    while (done.length < codes.length) {
      gates.shift()?.();
      await Promise.resolve();
    }
    expect(done).toEqual(codes);
    expect(most).toBe(1);
  });

  it("goes on behind a scan that broke, and says that it did", async () => {
    const done: string[] = [];
    const defects: unknown[] = [];
    const finished = new Promise<void>((resolve) => {
      const queue = createScanQueue<string>(
        async (code) => {
          if (code === "bad") throw new Error("broken");
          done.push(code);
          if (code === "last") resolve();
        },
        (defect) => defects.push(defect),
      );
      for (const code of ["first", "bad", "last"]) queue.accept(code);
    });
    await finished;
    expect(done).toEqual(["first", "last"]);
    expect(defects).toEqual([new Error("broken")]);
  });

  it("takes scans that come while it works", async () => {
    const done: number[] = [];
    const finished = new Promise<void>((resolve) => {
      const queue = createScanQueue<number>(
        async (n) => {
          done.push(n);
          if (n < 5) queue.accept(n + 1);
          else resolve();
        },
        () => expect.unreachable(),
      );
      queue.accept(1);
    });
    await finished;
    expect(done).toEqual([1, 2, 3, 4, 5]);
  });
});
