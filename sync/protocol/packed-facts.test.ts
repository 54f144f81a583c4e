import { randomBytes } from "node:crypto";
import { deflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { packFacts, unpackFacts } from "./packed-facts.ts";
import type { WireFact } from "./wire.ts";

const hashOf = (n: number) => n.toString(16).padStart(64, "0");
const pack = (frame: string) => deflateRawSync(frame).toString("base64");

describe("packed facts", () => {
  it("[U6] [U4] bring every body back as it was, also what a broken till wrote", () => {
    const bodies = [
      '{"a":1}',
      "",
      "line\nfeed",
      "[3]\n",
      "חלב 🥛",
      "\u0000\u001f",
      "x".repeat(70_000),
    ];
    const facts: WireFact[] = bodies.map((body, i) => ({ body, hash: hashOf(i) }));
    expect(unpackFacts(packFacts(facts))).toEqual({ ok: true, value: facts });
    expect(unpackFacts(packFacts([]))).toEqual({ ok: true, value: [] });
  });

  it("[U6] a batch shrinks to less than half, hashes and all", () => {
    const facts = Array.from({ length: 500 }, (_, i) => ({
      body: JSON.stringify({
        seq: i,
        lines: [{ sku: `SKU-${i * 7}`, name: "Milk", unitPriceMinor: i }],
      }),
      hash: randomBytes(32).toString("hex"),
    }));
    const plain = JSON.stringify(facts).length;
    expect(packFacts(facts).length).toBeLessThan(plain / 2);
  });

  it.each([
    ["what is no base64", "%%%"],
    ["what does not unpack", Buffer.from("hello there").toString("base64")],
    ["a frame without lengths", pack("no lengths\n")],
    ["lengths that are none", pack("[1,-2]\n")],
    ["fewer facts than lengths", pack(`[2,2]\n${hashOf(1)}{}`)],
    ["more than the lengths say", pack(`[2]\n${hashOf(1)}{}and more`)],
    ["a bomb", pack("x".repeat(17 * 1024 * 1024))],
  ])("[G1] %s is told, not thrown", (_, packed) => {
    expect(unpackFacts(packed)).toMatchObject({ ok: false });
  });
});
