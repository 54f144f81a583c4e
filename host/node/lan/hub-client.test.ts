import { expect, it } from "vitest";
import { createHubClient } from "./hub-client.ts";
import type { LanIdentity } from "./identity.ts";

it("[U6] a batch larger than a hub takes is split, whatever its names are written in", async () => {
  const place = { terminalId: "x", address: "127.0.0.1", port: 1 };
  const nobody: LanIdentity = {
    ...{ storeId: "store", terminalId: "y", tillNumber: 1, life: "1" },
    ...{ key: "", certificate: "", authority: "" },
  };
  const hub = createHubClient(nobody, place);
  const hash = "0".repeat(64);
  const facts = [{ body: "茶".repeat(1_500_000), hash }];
  const batch = { protocol: 2, epoch: 1, firstSeq: 1, facts, signature: "" };
  await expect(hub.call("push", batch, 1_000)).rejects.toMatchObject({ kind: "too-large" });
  hub.close();
});
