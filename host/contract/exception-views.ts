import type { AnyExceptionDetail } from "../../domain/exceptions/exception-details.ts";
import type { Resolution } from "../../domain/exceptions/exception-kinds.ts";

/** One thing that asks a person to look, as every back office of the store shows it, also offline. */
export type ExceptionView = ExceptionHead &
  (AnyExceptionDetail | { readonly kind: "unknown"; readonly detail: UnknownDetail });

interface ExceptionHead {
  readonly exceptionId: string;
  /** What it is about: a SKU, a till's epoch, a receipt's line. Unique among the open ones of a kind. */
  readonly subject: string;
  /** How often it happened while open. */
  readonly times: number;
  readonly firstAtMs: number;
  readonly lastAtMs: number;
  /** Offered answers, the usual one first; empty once it is resolved. */
  readonly resolutions: readonly Resolution[];
  readonly resolved: ResolvedView | null;
  /** Names for the ids in `detail`: of people and goods (by SKU). What is not known is not in it. */
  readonly names: { readonly [id: string]: string };
  /** Till numbers for the terminal ids in `detail`. */
  readonly tills: { readonly [terminalId: string]: number };
}

export interface ResolvedView {
  readonly resolution: Resolution;
  readonly atMs: number;
  /** A name; empty where it was settled without anybody. */
  readonly by: string;
  /** False while the cloud has not heard of it yet. */
  readonly sent: boolean;
}

/** Of a newer cloud: the till has no words for it, and shows what it was told. */
export interface UnknownDetail {
  readonly kind: string;
  readonly text: string;
}

/** [U8] A fact that the cloud could not apply: nothing is lost, nothing waits for it. */
export interface ParkedView {
  readonly terminalId: string;
  /** Null for a till that has not introduced itself to this one yet. */
  readonly tillNumber: number | null;
  readonly epoch: number;
  readonly seq: number;
  readonly reason: string;
  /** Of this till's own facts, from its journal. */
  readonly type: string | null;
  readonly atMs: number | null;
  /** The exception it belongs to; null where the cloud has not told of it yet. */
  readonly exceptionId: string | null;
}

/** A file for whoever mends it: the facts' own text for this till's, the place for other tills'. */
export interface ParkedExport {
  readonly fileName: string;
  readonly facts: number;
  readonly json: string;
}
