import { generateKeyPairSync } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { z } from "zod";
import { type Enrolment, enrolmentSchema } from "../../sync/protocol/wire.ts";

/** What a till keeps of its enrolment: whom it belongs to, where that is, and how it proves itself. */
const keptSchema = enrolmentSchema.extend({
  endpoint: z.url(),
  /** PEM of the authority that signed the store server's certificate; null for a public one. */
  ca: z.string().nullable(),
  /**
   * [H1] Its key, PEM: by it and the certificate the store's other tills know this one. Absent from
   * a till that was enrolled before tills spoke to one another.
   */
  key: z.string().optional(),
});
export type KeptEnrolment = z.infer<typeof keptSchema>;

/** The store server did not let this till in, or could not be asked. */
export class EnrolmentRefusedError extends Error {
  override readonly name = "EnrolmentRefusedError";
}

export interface EnrolmentWish {
  readonly file: string;
  readonly endpoint: string | null;
  readonly ca: string | null;
  readonly code: string | null;
}

/**
 * The till's enrolment: the kept one, else a new one by its code, kept from now on. Null when there is
 * neither. An address or authority that is given replaces the kept one: servers move.
 */
export async function enrolment(wish: EnrolmentWish): Promise<KeptEnrolment | null> {
  const ca = wish.ca !== null && existsSync(wish.ca) ? readFileSync(wish.ca, "utf8") : null;
  const kept = load(wish.file);
  if (kept !== null) {
    return { ...kept, endpoint: wish.endpoint ?? kept.endpoint, ca: ca ?? kept.ca };
  }
  if (wish.code === null || wish.endpoint === null) return null;
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const granted = await enrol(wish.endpoint, ca, {
    code: wish.code,
    publicKey: publicKey.export({ type: "spki", format: "der" }).toString("base64"),
  });
  const key = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const fresh = { ...granted, endpoint: wish.endpoint, ca, key };
  save(wish.file, fresh);
  return fresh;
}

function load(file: string): KeptEnrolment | null {
  if (!existsSync(file)) return null;
  const parsed = keptSchema.safeParse(parseJson(readFileSync(file, "utf8")));
  if (parsed.success) return parsed.data;
  throw new EnrolmentRefusedError(
    `${file} is damaged. Move it away and enrol this till again with a code made by ` +
      "enrolment-code --renews and its number; its ledger stays.",
  );
}

/**
 * Readable by this user only: the till's secret is in it. On the disk before it counts: its code is
 * used up by then.
 */
function save(file: string, kept: KeptEnrolment): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(kept)}\n`, { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
}

async function enrol(
  endpoint: string,
  ca: string | null,
  newcomer: { readonly code: string; readonly publicKey: string },
): Promise<Enrolment> {
  // Loaded for a till's first hour only: it brings the whole client of the cloud.
  const { enrolTerminal } = await import("../../sync/transport/appsync.ts");
  const { trustAuthority } = await import("../../sync/transport/trust.ts");
  if (ca !== null) trustAuthority(ca);
  try {
    return await enrolTerminal({ endpoint, ...newcomer, name: hostname().slice(0, 64) });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new EnrolmentRefusedError(
      `The store server at ${endpoint} did not enrol this till: ${why}`,
    );
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
