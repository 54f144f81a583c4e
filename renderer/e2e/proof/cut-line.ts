import { openTcpProxy } from "../../../cloud-infra/local/tcp-proxy.ts";

/** The cable between a till and the store server, with somebody's foot near it. */
export interface CutLine {
  /** What to tell the till instead of the server's own address. */
  readonly endpoint: string;
  /** Nothing goes through, nothing is answered, and what was under way is lost. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

/** A line to the server on this machine at `endpoint`. */
export async function openLine(endpoint: string): Promise<CutLine> {
  const proxy = await openTcpProxy(Number(new URL(endpoint).port), ({ near, far }) => {
    near.pipe(far).pipe(near);
  });
  return {
    endpoint: Object.assign(new URL(endpoint), { port: String(proxy.port) }).href,
    cut() {
      proxy.refuse("fin");
      proxy.endAll("fin");
    },
    mend: () => proxy.refuse(null),
    close: () => proxy.close(),
  };
}
