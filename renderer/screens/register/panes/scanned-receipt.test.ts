import { expect, it } from "vitest";
import { scannedReceipt } from "./scanned-receipt.ts";

it.each([
  ["EVR-2-004711", "2-004711"],
  ["]C0EVR-2-004711\r", "2-004711"],
  ["4006381333931", null],
  ["EVC-PAY", null],
  ["EVR-", null],
])("a scan of %j is receipt %s", (code, number) => {
  expect(scannedReceipt({ code, symbology: null })).toBe(number);
});
