import "reflect-metadata";
import { randomBytes, webcrypto } from "node:crypto";
import { isIP } from "node:net";
import * as x509 from "@peculiar/x509";

export interface KeyAndCertificate {
  /** PKCS #8, PEM. */
  readonly key: string;
  readonly cert: string;
}

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const dayMs = 86_400_000;
/**
 * A till keeps the authority for its life; the server's certificate is short enough to be
 * practised.
 */
const authorityDays = 3650;
const serverDays = 397;

/**
 * A certificate authority for one store server: its key signs that server's certificates and
 * nothing else.
 */
export async function issueAuthority(nowMs: number): Promise<KeyAndCertificate> {
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerial(),
    name: "CN=Evertill store server authority",
    ...validFor(nowMs, authorityDays),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { key: await toPem(keys.privateKey), cert: certificate.toString("pem") };
}

/** A TLS server certificate for `hosts` (names or IP addresses), signed by `authority`. */
export async function issueServerCertificate(
  authority: KeyAndCertificate,
  hosts: readonly string[],
  nowMs: number,
): Promise<KeyAndCertificate> {
  const issuer = new x509.X509Certificate(authority.cert);
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: newSerial(),
    subject: "CN=Evertill store server",
    issuer: issuer.subject,
    ...validFor(nowMs, serverDays),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: await fromPem(authority.key),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        hosts.map((value) => ({ type: isIP(value) === 0 ? "dns" : "ip", value })),
      ),
      await x509.AuthorityKeyIdentifierExtension.create(issuer),
    ],
  });
  return { key: await toPem(keys.privateKey), cert: certificate.toString("pem") };
}

export interface TerminalSubject {
  readonly storeId: string;
  readonly terminalId: string;
  /** SPKI, DER, base64. */
  readonly publicKey: string;
}

/**
 * [H1] A terminal's certificate: towards the store's other terminals it is both server and client.
 * It names the terminal and its store and no host, so it can stand for no server of another kind.
 * Null when the key cannot be read.
 */
export async function issueTerminalCertificate(
  authority: KeyAndCertificate,
  { storeId, terminalId, publicKey }: TerminalSubject,
  nowMs: number,
): Promise<string | null> {
  const key = await readPublicKey(publicKey);
  if (key === null) return null;
  const issuer = new x509.X509Certificate(authority.cert);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: newSerial(),
    subject: [{ CN: [terminalId] }, { O: [storeId] }],
    issuer: issuer.subject,
    ...validFor(nowMs, authorityDays),
    signingAlgorithm: algorithm,
    publicKey: key,
    signingKey: await fromPem(authority.key),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([
        x509.ExtendedKeyUsage.serverAuth,
        x509.ExtendedKeyUsage.clientAuth,
      ]),
      await x509.AuthorityKeyIdentifierExtension.create(issuer),
    ],
  });
  return certificate.toString("pem");
}

async function readPublicKey(base64: string): Promise<webcrypto.CryptoKey | null> {
  try {
    const der = Buffer.from(base64, "base64");
    return await webcrypto.subtle.importKey("spki", der, algorithm, true, ["verify"]);
  } catch {
    return null;
  }
}

/** From yesterday: clocks of tills and boxes differ. */
function validFor(nowMs: number, days: number) {
  return { notBefore: new Date(nowMs - dayMs), notAfter: new Date(nowMs + days * dayMs) };
}

/** Positive and never the same twice: 127 random bits. */
function newSerial(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString("hex");
}

async function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
}

async function toPem(key: webcrypto.CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey("pkcs8", key), "PRIVATE KEY");
}

async function fromPem(pem: string): Promise<webcrypto.CryptoKey> {
  const der = x509.PemConverter.decodeFirst(pem);
  return webcrypto.subtle.importKey("pkcs8", der, algorithm, false, ["sign"]);
}
