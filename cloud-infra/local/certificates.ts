import { X509Certificate } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { isIP } from "node:net";
import { join } from "node:path";

/** What a TLS server needs, and the file that its clients trust. */
export interface ServerCertificate {
  readonly key: string;
  readonly cert: string;
  readonly caFile: string;
}

export interface CertificateNeeds {
  /** Where the files are; made when missing. */
  readonly folder: string;
  /** Names and addresses that the server is reached by. */
  readonly hosts: readonly string[];
  readonly nowMs: number;
}

const dayMs = 86_400_000;
const renewBeforeMs = 30 * dayMs;

/**
 * The store server's certificate, signed by an authority of its own. Both are made at the first
 * start; the server's is made again when it nears its end or the hosts change. Keys are readable by
 * the owner only.
 */
export async function serverCertificate(needs: CertificateNeeds): Promise<ServerCertificate> {
  const { folder } = needs;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const files = {
    ca: join(folder, "ca.pem"),
    caKey: join(folder, "ca.key"),
    cert: join(folder, "server.pem"),
    key: join(folder, "server.key"),
  };
  if (!isUsable(files, needs)) await issue(files, needs);
  return {
    key: readFileSync(files.key, "utf8"),
    cert: readFileSync(files.cert, "utf8"),
    caFile: files.ca,
  };
}

type Files = Readonly<Record<"ca" | "caKey" | "cert" | "key", string>>;

function isUsable(files: Files, { hosts, nowMs }: CertificateNeeds): boolean {
  if (!Object.values(files).every((file) => existsSync(file))) return false;
  const certificate = new X509Certificate(readFileSync(files.cert));
  const isOurs = certificate.checkIssued(new X509Certificate(readFileSync(files.ca)));
  const isFresh = Date.parse(certificate.validTo) - nowMs > renewBeforeMs;
  const covers = hosts.every((host) => {
    const found = isIP(host) === 0 ? certificate.checkHost(host) : certificate.checkIP(host);
    return found !== undefined;
  });
  return isOurs && isFresh && covers;
}

async function issue(files: Files, { hosts, nowMs }: CertificateNeeds): Promise<void> {
  // Loaded here: it takes a tenth of a second, and a second start does not need it.
  const { issueAuthority, issueServerCertificate } = await import("./issue-certificates.ts");
  if (!existsSync(files.ca) || !existsSync(files.caKey)) {
    const authority = await issueAuthority(nowMs);
    writeKey(files.caKey, authority.key);
    write(files.ca, authority.cert, 0o644);
  }
  const authority = {
    key: readFileSync(files.caKey, "utf8"),
    cert: readFileSync(files.ca, "utf8"),
  };
  const server = await issueServerCertificate(authority, hosts, nowMs);
  writeKey(files.key, server.key);
  write(files.cert, server.cert, 0o644);
}

function writeKey(file: string, pem: string): void {
  write(file, pem, 0o600);
}

/** Whole or not at all: a crash must not leave half a key. */
function write(file: string, text: string, mode: number): void {
  writeFileSync(`${file}.new`, text, { mode });
  renameSync(`${file}.new`, file);
}
