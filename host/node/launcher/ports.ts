import { randomInt } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { z } from "zod";

/** The loopback ports of one data folder. The printer's stays the same, like a cable in its socket. */
const portsSchema = z.object({
  register: z.number().int(),
  store: z.number().int(),
  printer: z.number().int(),
  paper: z.number().int(),
  payment: z.number().int(),
});
export type Ports = z.infer<typeof portsSchema>;
type PortName = keyof Ports;

const names: readonly PortName[] = ["register", "store", "printer", "paper", "payment"];

/** The wanted port is another program's. */
export class PortTakenError extends Error {
  override readonly name = "PortTakenError";
}

/**
 * The folder's ports: the remembered ones where they are still free, else new ones, remembered in
 * `file`. `wanted` is the register's by the person's own word; throws `PortTakenError` when it is taken.
 */
export async function choosePorts(file: string, wanted: number | null): Promise<Ports> {
  const remembered = rememberedPorts(file);
  const chosen: Partial<Ports> = {};
  const taken = new Set<number>();
  for (const name of names) {
    chosen[name] =
      name === "register" && wanted !== null
        ? await insist(wanted)
        : await keepOrFind(remembered[name], taken);
    taken.add(chosen[name]);
  }
  const ports = portsSchema.parse(chosen);
  if (JSON.stringify(ports) !== JSON.stringify(remembered)) {
    writeFileSync(file, `${JSON.stringify(ports)}\n`);
  }
  return ports;
}

async function insist(port: number): Promise<number> {
  if (await isFree(port)) return port;
  throw new PortTakenError(
    `Port ${port} is used by another program. Choose another with --port, or leave it out.`,
  );
}

async function keepOrFind(remembered: number | undefined, taken: Set<number>): Promise<number> {
  if (remembered !== undefined && !taken.has(remembered) && (await isFree(remembered))) {
    return remembered;
  }
  for (let tries = 0; tries < 200; tries++) {
    // Below the ports that systems hand out for outgoing connections, so that it is free tomorrow too.
    const port = randomInt(20_000, 30_000);
    if (!taken.has(port) && (await isFree(port))) return port;
  }
  throw new PortTakenError("No free port was found between 20000 and 30000 on this machine.");
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => {
      server.close(() => resolve(true));
    });
  });
}

/** What an earlier start chose; empty where there was none. */
export function rememberedPorts(file: string): { [N in PortName]?: number | undefined } {
  try {
    return portsSchema.partial().parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return {};
  }
}
