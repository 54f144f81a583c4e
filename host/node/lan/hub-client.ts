import { X509Certificate } from "node:crypto";
import { Agent, request as ask } from "node:https";
import type { PeerCertificate } from "node:tls";
import { TransportError } from "../../../sync/engine/ports.ts";
import { type LanIdentity, peerOf, tlsOf } from "./identity.ts";
import type { HubTalk } from "../../lan/hub-line.ts";
import { lanMessages, mostBytes } from "../../lan/messages.ts";

/** Where a till's relay can be found. */
export interface HubPlace {
  readonly terminalId: string;
  readonly address: string;
  readonly port: number;
}

/** [H1] Speaks to the till that was named and to no other: its certificate is looked at first. */
export function createHubClient(identity: LanIdentity, place: HubPlace): HubTalk {
  const agent = new Agent({
    ...tlsOf(identity),
    keepAlive: true,
    rejectUnauthorized: true,
    checkServerIdentity: (_, certificate) => strangerError(identity, place, certificate),
  });
  return {
    async call(message, input, timeoutMs) {
      const body = JSON.stringify(input);
      if (Buffer.byteLength(body) > mostBytes) {
        // [U6] Names in other scripts take more bytes than a batch counts: less at once fits.
        throw new TransportError("too-large", "The store's hub takes no request so large.");
      }
      const text = await post({ agent, place, message, body, timeoutMs });
      const parsed = lanMessages[message].answer.safeParse(JSON.parse(text));
      if (parsed.success) return parsed.data as never;
      throw new TransportError(
        "refused",
        "The store's hub answered in words this till does not know.",
      );
    },
    close: () => agent.destroy(),
  };
}

function strangerError(
  { storeId }: LanIdentity,
  { terminalId }: HubPlace,
  { raw }: PeerCertificate,
): Error | undefined {
  const peer = peerOf(new X509Certificate(raw), storeId);
  if (peer?.terminalId === terminalId) return undefined;
  return new Error("this is not the till that it says it is");
}

interface Post {
  readonly agent: Agent;
  readonly place: HubPlace;
  readonly message: string;
  readonly body: string;
  readonly timeoutMs: number;
}

function post({ agent, place, message, body, timeoutMs }: Post): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (kind: TransportError["kind"], why: string) =>
      reject(new TransportError(kind, `The store's hub: ${why}`));
    const { address: host, port } = place;
    const signal = AbortSignal.timeout(timeoutMs);
    const sent = ask(
      { agent, host, port, method: "POST", path: `/${message}`, signal },
      (answer) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        answer.on("data", (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > mostBytes) sent.destroy(new Error("an answer too large"));
          chunks.push(chunk);
        });
        answer.on("error", (error) => fail("unreachable", error.message));
        answer.on("end", () => {
          const text = Buffer.concat(chunks).toString("utf8");
          const status = answer.statusCode ?? 0;
          if (status === 200) return resolve(text);
          // 404: [V3] the hub is of a version that does not know the message.
          const isRefused = status === 400 || status === 404;
          return fail(isRefused ? "refused" : "unreachable", `${status} ${text.slice(0, 200)}`);
        });
      },
    );
    sent.on("error", (error) => fail(signal.aborted ? "timeout" : "unreachable", error.message));
    sent.setHeader("content-type", "application/json");
    sent.end(body);
  });
}
