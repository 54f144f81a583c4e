import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Certifier } from "../service/terminal-access.ts";
import {
  issueAuthority,
  issueTerminalCertificate,
  type KeyAndCertificate,
} from "./issue-certificates.ts";

/**
 * [H1] Vouches for this store server's terminals. Its authority is not the one that signs the
 * server's own TLS: a till's key can never stand for the cloud. Made at the first start.
 */
export async function terminalCertifier(folder: string, now: () => number): Promise<Certifier> {
  const authority = await keptAuthority(folder, now());
  return {
    async certify(terminal) {
      const certificate = await issueTerminalCertificate(authority, terminal, now());
      return certificate === null ? null : { certificate, authority: authority.cert };
    },
  };
}

/** Key and certificate are one file, so that a crash leaves both or none. */
async function keptAuthority(folder: string, nowMs: number): Promise<KeyAndCertificate> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, "authority.json");
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as KeyAndCertificate;
  const authority = await issueAuthority(nowMs);
  writeFileSync(`${file}.new`, JSON.stringify(authority), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return authority;
}
