import type { IncomingMessage, Server } from "node:http";

const bodyLimitBytes = 100_000;

/** Listens on 127.0.0.1 only; 0 takes a free port. Resolves with the port, rejects where it is taken. */
export function listenOnLoopback(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host: "127.0.0.1", port }, () => {
      server.off("error", reject);
      const address = server.address();
      resolve(address !== null && typeof address === "object" ? address.port : port);
    });
  });
}

/** Ends a server with every connection it has. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/**
 * True for a request that a page of another site cannot have made: addressed to this machine by its
 * number (not by a name that somebody's DNS points here), and sent by no other origin.
 */
export function isFromHere(request: IncomingMessage): boolean {
  const { host, origin } = request.headers;
  if (host === undefined || !/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host)) return false;
  return origin === undefined || origin === `http://${host}`;
}

/** The JSON of a request's body; undefined where it is none, or too long. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  if (!/^application\/json\b/.test(request.headers["content-type"] ?? "")) return undefined;
  const text = await readBody(request);
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The text of a request's body, or null where it is too long. */
export async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    if (!(chunk instanceof Uint8Array)) return null;
    bytes += chunk.length;
    if (bytes > bodyLimitBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
