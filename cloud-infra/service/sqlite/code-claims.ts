import { editionOf, unedited } from "../../../domain/catalogue/field-version.ts";
import type { FieldState } from "../../../domain/catalogue/merge-field.ts";
import {
  type CodeField,
  codesOf,
  hasCode,
  type ProductCode,
  withoutCode,
} from "../../../domain/catalogue/product-code.ts";
import { fieldOf, withField } from "../../../domain/catalogue/product-edit.ts";
import type { Product } from "../../../domain/catalogue/product.ts";
import type { CodeClaim, ExceptionDetails } from "../../../domain/exceptions/exception-details.ts";
import { exceptionDetailOf } from "../../../sync/protocol/exceptions.ts";
import type { StoreException } from "../store-port.ts";
import type { EditPlace } from "./edit-products.ts";
import type { Exceptions } from "./exceptions.ts";
import type { ProductCodes } from "./product-codes.ts";
import { filedState, type ProductFields } from "./product-fields.ts";

type Detail = ExceptionDetails["code-conflict"];
const kind = "code-conflict";

/** A good as it was stored, with when a file last changed it. */
export interface StoredProduct {
  readonly product: Product;
  readonly changedAtMs: number;
}

/** [C3] Keeps a code leading to one good, and asks people about the others that were given it. */
export interface CodeClaims {
  /**
   * What of `wanted` may stand: codes that it did not have `before` and that lead to another good
   * are taken out of it, and out of the memory of its fields. `isHeld`: whether that other good goes
   * on having the code.
   */
  settle(place: EditPlace, claim: Claim): SettledClaim;
  /** After the good was written: asks people, and answers what nobody needs to be asked any more. */
  tell(place: EditPlace, settled: SettledClaim): void;
  /** After a file: open questions by what stands now. */
  review(place: EditPlace): void;
  /** Two people answered differently: it is asked again, by what stands now. */
  askAgain(place: EditPlace, answered: StoreException): void;
}

interface Claim {
  readonly before: Product | null;
  readonly wanted: Product;
  readonly isHeld?: ((code: ProductCode, sku: string) => boolean) | undefined;
}

export interface SettledClaim {
  readonly product: Product;
  readonly taken: readonly (ProductCode & { readonly holder: string })[];
  readonly gained: readonly ProductCode[];
}

export interface ClaimTools {
  readonly fields: ProductFields;
  readonly codes: ProductCodes;
  readonly exceptions: Exceptions;
  readonly stored: (storeNo: number, sku: string) => StoredProduct | null;
  /** Writes a good as it stands once more, so that its place in the feed is a new one. */
  readonly write: (place: EditPlace, product: Product) => void;
}

export function createCodeClaims(tools: ClaimTools): CodeClaims {
  const { exceptions, codes, fields, stored, write } = tools;
  const claim = createClaimOf(tools);

  /** The head office's word, or whose edit it was, stays; the value is without what was taken. */
  function remember({ storeNo, atMs }: EditPlace, wanted: Product, settled: Product): void {
    for (const field of changedCodeFields(wanted, settled)) {
      const known = fields.of(storeNo, wanted.sku).get(field);
      const state = known ?? filedState(wanted, field, atMs);
      const value = fieldOf(settled, field);
      const version = editionOf(state.version) === null ? unedited(value) : state.version;
      fields.put(storeNo, wanted.sku, field, { ...state, value, version });
    }
  }

  function reviewOne(place: EditPlace, exception: StoreException): void {
    const told = detailOf(exception);
    if (told === null) return;
    const { storeNo, feed } = place;
    const holders = codes.holders(storeNo, told);
    const { exceptionId } = exception;
    if (holders.includes(told.other.sku)) {
      const { who: by, atMs } = claim(place, told.other.sku, told) ?? told.other;
      exceptions.closeInto(feed, exceptionId, { by, resolution: "take-other", atMs });
      return;
    }
    const [holder] = holders;
    if (holder === undefined || holder === told.kept.sku) return;
    const kept = claim(place, holder, told);
    if (kept === null) return;
    exceptions.rewordInto(feed, exceptionId, JSON.stringify({ ...told, kept }));
  }

  return {
    settle(place, { before, wanted, isHeld = () => true }) {
      const { storeNo } = place;
      const gained = codesOf(wanted).filter((code) => before === null || !hasCode(before, code));
      const taken = gained.flatMap(({ field, code }) => {
        const others = codes.holders(storeNo, { field, code });
        const holder = others.find((sku) => sku !== wanted.sku && isHeld({ field, code }, sku));
        return holder === undefined ? [] : [{ field, code, holder }];
      });
      if (taken.length === 0) return { product: wanted, taken, gained };
      const product = taken.reduce((left, code) => giveBack(left, before, code), wanted);
      remember(place, wanted, product);
      return { product, taken, gained };
    },
    tell(place, { product, taken, gained }) {
      const { storeId, storeNo, feed, atMs } = place;
      for (const { field, code, holder } of taken) {
        const kept = claim(place, holder, { field, code });
        const other = claim(place, product.sku, { field, code }, product);
        exceptions.raiseInto(feed, {
          ...{ storeId, kind, atMs, subject: `${field}/${code}/${product.sku}` },
          detail: JSON.stringify({ field, code, kept, other }),
        });
        // Behind the good that goes without it: at tills that had it otherwise it leads here again.
        const held = stored(storeNo, holder);
        if (held !== null) write(place, held.product);
      }
      for (const { field, code } of gained) {
        for (const open of exceptions.openUnder(storeNo, kind, `${field}/${code}`)) {
          reviewOne(place, open);
        }
      }
    },
    review(place) {
      for (const open of exceptions.openOf(place.storeNo, kind)) reviewOne(place, open);
    },
    askAgain(place, { subject, detail }) {
      const told = detailOf({ detail });
      if (told === null) return;
      const { storeId, storeNo, feed, atMs } = place;
      const isTaken = codes.holders(storeNo, told).includes(told.other.sku);
      const now = isTaken ? { ...told, kept: told.other, other: told.kept } : told;
      exceptions.raiseInto(feed, {
        ...{ storeId, kind, atMs },
        subject: isTaken ? `${told.field}/${told.code}/${told.kept.sku}` : subject,
        detail: JSON.stringify(now),
      });
    },
  };
}

type ClaimOf = (
  place: EditPlace,
  sku: string,
  code: ProductCode,
  unstored?: Product,
) => CodeClaim | null;

/** Who gave a good its codes, and when. */
function createClaimOf({ fields, stored }: ClaimTools): ClaimOf {
  return ({ storeNo, atMs }, sku, { field }, unstored) => {
    const found = stored(storeNo, sku);
    const product = unstored ?? found?.product;
    if (product === undefined) return null;
    const known = fields.of(storeNo, sku).get(field);
    const state = known ?? filedState(product, field, found?.changedAtMs ?? atMs);
    return claimOf(product, state);
  };
}

function claimOf({ sku, name }: Product, state: FieldState): CodeClaim {
  const { version, origin, who, atMs, terminalId } = state;
  const from = terminalId === undefined ? {} : { terminalId };
  return { sku, name, version, origin, who, atMs, ...from };
}

/** What it had before it was given the code stays. */
function giveBack(wanted: Product, before: Product | null, code: ProductCode): Product {
  if (code.field === "plu") return withField(wanted, "plu", before?.plu ?? null);
  return withoutCode(wanted, code);
}

function changedCodeFields(wanted: Product, settled: Product): CodeField[] {
  return (["gtins", "plu"] as const).filter((field) => {
    const [a, b] = [fieldOf(wanted, field), fieldOf(settled, field)];
    return unedited(a) !== unedited(b);
  });
}

function detailOf({ detail }: Pick<StoreException, "detail">): Detail | null {
  const told = exceptionDetailOf(kind, detail);
  return told?.kind === kind ? told.detail : null;
}
