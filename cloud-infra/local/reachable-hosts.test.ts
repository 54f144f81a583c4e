import { describe, expect, it } from "vitest";
import { reachableHosts } from "./reachable-hosts.ts";

const machine = {
  hostname: "backroom",
  interfaces: {
    lo: [{ address: "127.0.0.1" }, { address: "::1" }],
    eth0: [{ address: "192.168.1.20" }, { address: "fe80::1" }],
    gone: undefined,
  },
};

describe("reachableHosts", () => {
  it.each([
    ["127.0.0.1", ["127.0.0.1", "localhost"]],
    ["192.168.1.20", ["127.0.0.1", "localhost", "192.168.1.20"]],
    ["0.0.0.0", ["127.0.0.1", "localhost", "backroom", "::1", "192.168.1.20"]],
    ["::", ["127.0.0.1", "localhost", "backroom", "::1", "192.168.1.20"]],
  ])("names what a server on %s is reached by", (host, hosts) => {
    expect(reachableHosts(host, machine)).toEqual(hosts);
  });
});
