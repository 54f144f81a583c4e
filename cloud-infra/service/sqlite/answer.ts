import { currentVersion, stampAfter } from "../../../domain/catalogue/field-version.ts";
import { hasCode, valueWith, withoutCode } from "../../../domain/catalogue/product-code.ts";
import { fieldOf } from "../../../domain/catalogue/product-edit.ts";
import type { Product } from "../../../domain/catalogue/product.ts";
import type { ExceptionDetails } from "../../../domain/exceptions/exception-details.ts";
import { isResolutionOf } from "../../../domain/exceptions/exception-kinds.ts";
import { exceptionDetailOf } from "../../../sync/protocol/exceptions.ts";
import type { FactEffect } from "../fact-effect.ts";
import type { StoreException } from "../store-port.ts";
import type { EditPlace, EditProducts } from "./edit-products.ts";
import type { Exceptions } from "./exceptions.ts";
import type { ProductFields } from "./product-fields.ts";

type Answered = Extract<FactEffect, { readonly kind: "exception-resolved" }>;

interface AnswerTools {
  readonly fields: ProductFields;
  readonly edits: EditProducts;
  readonly exceptions: Exceptions;
}

/** A person's answer. The first one to an exception counts; another one to a conflict asks anew. */
export function createAnswer(tools: AnswerTools): (place: EditPlace, effect: Answered) => void {
  const { fields, edits, exceptions } = tools;

  function take(place: EditPlace, { kind, detail }: StoreException, effect: Answered): void {
    const told = exceptionDetailOf(kind, detail);
    if (told?.kind === "edit-conflict") takeValue(edits, place, told.detail, effect);
    if (told?.kind === "code-conflict") takeCode(edits, place, told.detail, effect);
  }

  function keep(place: EditPlace, { kind, detail }: StoreException, effect: Answered): void {
    const told = exceptionDetailOf(kind, detail);
    if (told?.kind !== "edit-conflict") return;
    const { answer, atMs, actorId: by = "" } = effect;
    const given = { by, resolution: answer.resolution, atMs };
    edits.conflicts.answerAlike(place, told.detail, given);
  }

  function askAgain(place: EditPlace, closed: StoreException): void {
    const told = exceptionDetailOf(closed.kind, closed.detail);
    if (told?.kind === "code-conflict") return edits.claims.askAgain(place, closed);
    if (told?.kind !== "edit-conflict") return;
    const { sku, field } = told.detail;
    const standing = fields.of(place.storeNo, sku).get(field) ?? null;
    edits.conflicts.askAgain(place, closed, standing);
  }

  /** [R3] Of a life of the cloud that was lost: there it had another number. */
  function renumbered({ storeNo }: EditPlace, { answer }: Answered): StoreException | null {
    const { kind, resolution, subject } = answer;
    const isKnown = exceptions.closedFor(storeNo, answer) !== null;
    if (isKnown || !isResolutionOf(kind, resolution)) return null;
    return exceptions.openAbout(storeNo, kind, subject);
  }

  return (place, effect) => {
    const { answer, atMs, actorId: by = "" } = effect;
    const { resolution } = answer;
    const open = exceptions.openFor(place.storeNo, answer) ?? renumbered(place, effect);
    if (open !== null) {
      exceptions.closeInto(place.feed, open.exceptionId, { by, resolution, atMs });
      if (resolution === "take-other") take(place, open, effect);
      else keep(place, open, effect);
      return;
    }
    const closed = exceptions.closedFor(place.storeNo, answer);
    if (closed !== null && closed.resolution !== resolution) askAgain(place, closed);
  };
}

/** The edit that did not come to stand is made anew, on top of what whoever answered saw standing. */
function takeValue(
  edits: EditProducts,
  place: EditPlace,
  { sku, field, kept, other }: ExceptionDetails["edit-conflict"],
  effect: Answered,
): void {
  // [C3] Of a good that was taken out nothing can be taken: asking anew would never end.
  if (edits.stored(place.storeNo, sku) === null) return;
  const base = effect.answer.base ?? kept.version;
  const stampMs = stampAfter(effect.atMs, [base, other.version]);
  edits.edit(place, sku, [{ field, value: other.value, base, stampMs, ...madeBy(effect) }]);
}

/** The code leaves the good that has it and comes to the other: two edits by whoever answered. */
function takeCode(
  edits: EditProducts,
  place: EditPlace,
  { field, code, other }: ExceptionDetails["code-conflict"],
  effect: Answered,
): void {
  const { storeNo } = place;
  const change = (product: Product, value: ReturnType<typeof fieldOf>) => {
    const base = currentVersion(product, field);
    const stampMs = stampAfter(effect.atMs, [base]);
    edits.edit(place, product.sku, [{ field, value, base, stampMs, ...madeBy(effect) }]);
  };
  const taker = edits.stored(storeNo, other.sku)?.product;
  if (taker === undefined) {
    const edit = { field, value: field === "plu" ? code : [code], base: other.version };
    const stampMs = stampAfter(effect.atMs, [other.version]);
    edits.conflicts.tellOfRemoved(place, other.sku, [{ ...edit, stampMs, ...madeBy(effect) }]);
    return;
  }
  for (const sku of edits.codes.holders(storeNo, { field, code })) {
    const holder = sku === other.sku ? undefined : edits.stored(storeNo, sku)?.product;
    if (holder === undefined) continue;
    change(holder, fieldOf(withoutCode(holder, { field, code }), field));
  }
  if (!hasCode(taker, { field, code })) change(taker, valueWith(taker, { field, code }));
}

function madeBy({ factId: editId, actorId, atMs, terminalId }: Answered) {
  return { editId, origin: "store", who: actorId ?? "", atMs, terminalId } as const;
}
