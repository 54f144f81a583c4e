/** The machine's own names, as `node:os` tells them. */
export interface MachineNames {
  readonly hostname: string;
  readonly interfaces: Readonly<
    Record<string, readonly { readonly address: string }[] | undefined>
  >;
}

/**
 * What tills may write into the server's address when it listens on `host`: its certificate must
 * name it.
 */
export function reachableHosts(host: string, machine: MachineNames): readonly string[] {
  return [...new Set(["127.0.0.1", "localhost", ...otherHosts(host, machine)])];
}

/** Listens on every address of the machine. */
export function isAnyAddress(host: string): boolean {
  return host === "0.0.0.0" || host === "::";
}

function otherHosts(host: string, { hostname, interfaces }: MachineNames): readonly string[] {
  if (!isAnyAddress(host)) return [host];
  const addresses = Object.values(interfaces).flatMap((list) => list ?? []);
  // Link-local addresses are good on one cable only, and need a zone that no certificate can name.
  return [
    hostname,
    ...addresses.map(({ address }) => address).filter((a) => !a.startsWith("fe80:")),
  ];
}
