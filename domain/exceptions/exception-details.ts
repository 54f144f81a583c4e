import type { CodeField } from "../catalogue/product-code.ts";
import type { EditedField, EditOrigin, EditPolicy, FieldValue } from "../catalogue/product-edit.ts";
import type { Uuid } from "../values/id.ts";
import type { ExceptionKind } from "./exception-kinds.ts";

/** Where a fact stands in the store: what a person needs to find it again. */
export interface FactPlace {
  readonly terminalId: Uuid;
  readonly epoch: number;
  readonly seq: number;
}

/** The particulars of each kind: plain data, from which the screens make their sentences. */
export interface ExceptionDetails {
  oversold: {
    readonly sku: string;
    /** The movement that went below zero last, and the level it left. */
    readonly deltaMilli: number;
    readonly levelMilli: number;
    readonly factId?: Uuid | undefined;
    readonly terminalId?: Uuid | undefined;
    readonly epoch?: number | undefined;
    readonly seq?: number | undefined;
  };
  forked: {
    readonly terminalId: Uuid;
    readonly epoch: number;
    readonly firstSeq: number;
    readonly cloudHead: { readonly epoch: number; readonly seq: number; readonly hash: string };
    readonly hash?: string | undefined;
  };
  cloned: {
    readonly terminalId: Uuid;
    readonly epoch: number;
    readonly ledgerIds: readonly string[];
  };
  "cloud-restored": { readonly restoredAtMs: number; readonly missing?: number | undefined };
  "number-reused": {
    readonly receiptNumber: string;
    readonly receipts: readonly ReceiptPlace[];
  };
  "over-returned": {
    readonly saleId: Uuid;
    /** The receipt that the goods came from. */
    readonly receiptNumber: string;
    readonly lineNo: number;
    readonly sku: string | null;
    readonly name: string;
    readonly soldMilli: number;
    readonly returnedMilli: number;
    readonly returns: readonly (ReceiptPlace & { readonly quantityMilli: number })[];
  };
  "edit-conflict": {
    readonly sku: string;
    readonly name: string;
    readonly field: EditedField;
    readonly policy: EditPolicy;
    /** What stands now. */
    readonly kept: ConflictingValue;
    /** What did not come to stand. */
    readonly other: ConflictingValue;
  };
  "code-conflict": {
    readonly field: CodeField;
    readonly code: string;
    /** The good that the code leads to. */
    readonly kept: CodeClaim;
    /** The good that was given it too, and is without. */
    readonly other: CodeClaim;
  };
  "count-uncertain": {
    readonly sku: string;
    /** The count's fact. */
    readonly countId: Uuid;
    readonly countedAtMs: number;
    readonly countedBy?: Uuid | undefined;
    readonly countedMilli: number;
    /** The movement whose place is not certain. */
    readonly movement: FactPlace & { readonly deltaMilli: number; readonly atMs: number };
    readonly uncertaintyMs: number | null;
    readonly assumed: "before" | "after";
  };
  overdrawn: {
    readonly accountId: string;
    readonly account: "gift-card" | "points";
    readonly balanceMinor: number;
    readonly deltaMinor: number;
    readonly terminalId?: Uuid | undefined;
  };
  "recalled-twice": {
    /** The id of the fact that suspended it. */
    readonly suspension: Uuid;
    readonly recalls: readonly SaleRecall[];
  };
  parked: {
    readonly terminalId: Uuid;
    readonly reason: string;
    /** The newest ones; `times` says how many there were. */
    readonly facts: readonly { readonly epoch: number; readonly seq: number }[];
  };
}

export interface SaleRecall {
  readonly terminalId: Uuid;
  readonly atMs: number;
  readonly by?: Uuid | undefined;
}

export interface ReceiptPlace {
  readonly receiptNumber: string;
  readonly saleId: Uuid;
  readonly terminalId: Uuid;
  readonly atMs: number;
  readonly by?: Uuid | undefined;
  readonly totalMinor?: number | undefined;
}

/** [C3] One side of a conflict: the value, where it was made, who and when. */
export interface ConflictingValue {
  readonly value: FieldValue;
  readonly version: string;
  readonly origin: EditOrigin;
  /** A person's id for a store's edit; a name or a file for the head office's. */
  readonly who: string;
  /** The store's corrected time; 0 where nobody noted it. */
  readonly atMs: number;
  readonly terminalId?: Uuid | undefined;
}

/** [C3] Who stands as the author of what stands where the good was taken out meanwhile. */
export const removedBy = "removed";

/** [C3] One of the goods that one code was given to: by whom and when. */
export interface CodeClaim extends Omit<ConflictingValue, "value"> {
  readonly sku: string;
  readonly name: string;
}

/** An exception whose kind tells its detail. */
export type AnyExceptionDetail = {
  [K in ExceptionKind]: { readonly kind: K; readonly detail: ExceptionDetails[K] };
}[ExceptionKind];
