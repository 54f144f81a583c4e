import { editionOf } from "../../../domain/catalogue/field-version.ts";
import type { FieldEdit, FieldState, LostValue } from "../../../domain/catalogue/merge-field.ts";
import {
  type EditedField,
  editPolicies,
  valueText,
} from "../../../domain/catalogue/product-edit.ts";
import type { Product } from "../../../domain/catalogue/product.ts";
import {
  type ConflictingValue,
  type ExceptionDetails,
  removedBy,
} from "../../../domain/exceptions/exception-details.ts";
import { exceptionDetailOf } from "../../../sync/protocol/exceptions.ts";
import type { StoreException } from "../store-port.ts";
import type { EditPlace } from "./edit-products.ts";
import type { Exceptions, GivenAnswer } from "./exceptions.ts";
import { filedState } from "./product-fields.ts";

type Detail = ExceptionDetails["edit-conflict"];

/** [C3] What asks people about fields that were changed in two places. */
export interface EditConflicts {
  raise(place: EditPlace, product: Pick<Product, "sku" | "name">, sides: Sides): void;
  /** The good was taken out meanwhile: its edit has nowhere to go, and is told. */
  tellOfRemoved(place: EditPlace, sku: string, edits: readonly NamedEdit[]): void;
  /**
   * A field stands at a value. Whoever was to be asked about that very value has it; of the other
   * values people are asked against what stands now.
   */
  stands(place: EditPlace, sku: string, field: EditedField, state: FieldState): void;
  /** An answer to one is the answer to every other that puts the same value against what stands. */
  answerAlike(place: EditPlace, detail: Detail, answer: GivenAnswer): void;
  /** Two people answered one differently: it is asked again, by what stands now. */
  askAgain(place: EditPlace, answered: StoreException, standing: FieldState | null): void;
}

export interface NamedEdit extends FieldEdit {
  readonly field: EditedField;
}

export interface Sides {
  readonly field: EditedField;
  readonly kept: LostValue;
  readonly other: LostValue;
}

const kind = "edit-conflict";

export function createEditConflicts(exceptions: Exceptions): EditConflicts {
  function raise(place: EditPlace, product: Pick<Product, "sku" | "name">, sides: Sides): void {
    const { storeId, feed, atMs } = place;
    const { field, kept, other } = sides;
    const { sku, name } = product;
    const editId = editionOf(other.version)?.editId ?? other.version;
    const both = { kept: sideOf(kept), other: sideOf(other) };
    const detail: Detail = { sku, name, field, policy: editPolicies[field], ...both };
    exceptions.raiseInto(feed, {
      ...{ storeId, kind, atMs, subject: `${sku}/${field}/${editId}` },
      detail: JSON.stringify(detail),
    });
  }

  function open({ storeNo }: EditPlace, sku: string, field: EditedField) {
    return exceptions.openUnder(storeNo, kind, `${sku}/${field}`).flatMap((exception) => {
      const detail = detailOf(exception);
      return detail?.sku === sku && detail.field === field ? [{ ...exception, detail }] : [];
    });
  }

  return {
    raise,
    tellOfRemoved(place, sku, edits) {
      const product = { sku, name: sku, gtins: [], priceMinor: null } as const;
      for (const { field, ...edit } of edits) {
        const gone = filedState({ ...product, unit: "each", taxCategory: "" }, field, 0);
        const kept = { ...gone, value: null, who: removedBy };
        const other = { ...edit, version: `${edit.stampMs}.${edit.editId}.${edit.base}` };
        raise(place, product, { field, kept, other });
      }
    },
    stands(place, sku, field, state) {
      const { feed } = place;
      for (const { exceptionId, detail } of open(place, sku, field)) {
        if (isSame(detail.other, state)) {
          const { who: by, atMs } = state;
          exceptions.closeInto(feed, exceptionId, { by, resolution: "take-other", atMs });
        } else if (detail.kept.version !== state.version) {
          const now: Detail = { ...detail, kept: sideOf(state) };
          exceptions.rewordInto(feed, exceptionId, JSON.stringify(now));
        }
      }
    },
    answerAlike(place, { sku, field, other }, answer) {
      for (const { exceptionId, detail } of open(place, sku, field)) {
        if (isSame(detail.other, other)) exceptions.closeInto(place.feed, exceptionId, answer);
      }
    },
    askAgain({ storeId, feed, atMs }, { subject, ...answered }, standing) {
      const detail = detailOf(answered);
      const isTaken = detail !== null && standing !== null && isSame(detail.other, standing);
      const kept = standing === null ? detail?.kept : sideOf(standing);
      const other = isTaken ? detail.kept : detail?.other;
      const now = detail === null ? null : { ...detail, kept, other };
      exceptions.raiseInto(feed, {
        ...{ storeId, kind, atMs, subject },
        detail: now === null ? answered.detail : JSON.stringify(now),
      });
    },
  };
}

function detailOf({ detail }: Pick<StoreException, "detail">): Detail | null {
  const told = exceptionDetailOf(kind, detail);
  return told?.kind === kind ? told.detail : null;
}

function isSame(a: Pick<LostValue, "value">, b: Pick<LostValue, "value">): boolean {
  return valueText(a.value) === valueText(b.value);
}

function sideOf({ value, version, origin, who, atMs, terminalId }: LostValue): ConflictingValue {
  return { value, version, origin, who, atMs, ...(terminalId === undefined ? {} : { terminalId }) };
}
