import { rootOf, unedited } from "./field-version.ts";
import type { FieldEdit } from "./merge-field.ts";
import type { EditPolicy, FieldValue } from "./product-edit.ts";

/**
 * [C3] The slow and obvious way to what `mergeField` comes to: the value that stands in a field, from
 * the value of the file and the *set* of edits, in any order. Head office edits are made in the cloud,
 * one on top of the other, so the last of them is the one with the latest stamp. Not for `ask`, where
 * what stands is what came first until a person decides.
 */
export function standingValue(
  filed: FieldValue,
  edits: readonly FieldEdit[],
  policy: Exclude<EditPolicy, "ask">,
): FieldValue {
  const latest = (some: readonly FieldEdit[]) => some.toSorted(byStamp).at(-1);
  if (policy === "latest-wins") return (latest(edits) ?? { value: filed }).value;
  const word = latest(edits.filter(({ origin }) => origin === "head-office"));
  const root = word === undefined ? unedited(filed) : `@${word.editId}`;
  const sawIt = edits.filter(({ origin, base }) => origin === "store" && rootOf(base) === root);
  return (latest(sawIt) ?? word ?? { value: filed }).value;
}

function byStamp(a: FieldEdit, b: FieldEdit): number {
  return a.stampMs - b.stampMs || (a.editId < b.editId ? -1 : 1);
}
