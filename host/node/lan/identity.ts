import {
  createPrivateKey,
  createPublicKey,
  randomBytes,
  sign,
  verify,
  type X509Certificate,
} from "node:crypto";
import type { Peer } from "../../lan/port.ts";
import type { KeptEnrolment } from "../enrolment.ts";

/** [H1] Who this till is to the store's other tills. PEM all. */
export interface LanIdentity {
  readonly storeId: string;
  readonly terminalId: string;
  readonly tillNumber: number;
  readonly key: string;
  readonly certificate: string;
  readonly authority: string;
  /** Differs at every start: what others know of this till's relay ends with it. */
  readonly life: string;
}

/** Null for a till whose cloud vouches for nobody: it must be enrolled again to join the others. */
export function lanIdentity(enrolled: KeptEnrolment): LanIdentity | null {
  const { storeId, terminalId, tillNumber, key, certificate, authority } = enrolled;
  if (key === undefined || !certificate || !authority) return null;
  const life = randomBytes(8).toString("hex");
  return { storeId, terminalId, tillNumber, key, certificate, authority, life };
}

/** What makes a till's connection a till's connection, in both directions. */
export function tlsOf({ key, certificate, authority }: LanIdentity) {
  return { key, cert: certificate, ca: authority, minVersion: "TLSv1.3" } as const;
}

/** ECDSA with SHA-256, base64. */
export function signer({ key }: LanIdentity): (text: string) => string {
  const privateKey = createPrivateKey(key);
  return (text) => sign("sha256", Buffer.from(text), privateKey).toString("base64");
}

/** A till by its certificate, which TLS has found to be of our authority; null for another store's. */
export function peerOf(certificate: X509Certificate, storeId: string): Peer | null {
  const named = subjectOf(certificate);
  if (named.storeId !== storeId || named.terminalId === undefined) return null;
  const key = createPublicKey(certificate.publicKey.export({ type: "spki", format: "pem" }));
  return {
    terminalId: named.terminalId,
    signed: (text, signature) =>
      verify("sha256", Buffer.from(text), key, Buffer.from(signature, "base64")),
  };
}

function subjectOf(certificate: X509Certificate) {
  const lines = certificate.subject.split("\n").map((line) => line.split("="));
  const fields = new Map(lines.map(([name = "", value = ""]) => [name, value]));
  return { terminalId: fields.get("CN"), storeId: fields.get("O") };
}
