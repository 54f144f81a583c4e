import { unreachable } from "../values/assert.ts";
import type { Uuid } from "../values/id.ts";
import { editionOf, type FieldVersion, rootOf, versionOf } from "./field-version.ts";
import { type EditOrigin, type EditPolicy, type FieldValue, valueText } from "./product-edit.ts";

/** [C3] What stands in one field of one good, and what the head office said of it last. */
export interface FieldState {
  readonly value: FieldValue;
  readonly version: FieldVersion;
  readonly origin: EditOrigin;
  /** A person's id for a store's edit; a name or "file" for the head office's. */
  readonly who: string;
  /** When it was made, by the store's corrected time; 0 where nobody noted it. */
  readonly atMs: number;
  readonly terminalId?: Uuid | undefined;
  /** The head office's last version, and the value it had: also where a store's edit stands on it. */
  readonly root: FieldVersion;
  readonly rootValue: FieldValue;
}

/** A change of one field. */
export interface FieldEdit {
  readonly value: FieldValue;
  /** The version that whoever made it saw. */
  readonly base: FieldVersion;
  readonly stampMs: number;
  readonly editId: Uuid;
  readonly origin: EditOrigin;
  readonly who: string;
  readonly atMs: number;
  readonly terminalId?: Uuid | undefined;
}

/** What stands afterwards, and the value that a person should know did not come to stand. */
export interface MergedField {
  readonly state: FieldState;
  readonly lost: LostValue | null;
}

/** The part of a state or an edit that a person is shown. */
export type LostValue = Pick<
  FieldState,
  "value" | "version" | "origin" | "who" | "atMs" | "terminalId"
>;

/**
 * [C3] Merges one edit into one field. An edit that saw what stands takes its place. One that did not
 * is decided by the field's policy, and the value that loses is told, unless both are the same.
 * Pure, and for edits made in stores under `head-office-wins` and `latest-wins` the same whatever the
 * order in which they arrive (each behind those that it is based on).
 */
export function mergeField(state: FieldState, edit: FieldEdit, policy: EditPolicy): MergedField {
  const taken = stateAfter(state, edit);
  if (sawWhatStands(state, edit)) return { state: taken, lost: null };
  const isAgreed = valueText(edit.value) === valueText(state.value);
  if (wins(state, edit, policy)) return { state: taken, lost: isAgreed ? null : lostOf(state) };
  // The head office's word is remembered, though another value stands until a person decides.
  const kept =
    edit.origin === "head-office"
      ? { ...state, root: taken.root, rootValue: taken.rootValue }
      : state;
  return { state: kept, lost: isAgreed ? null : { ...lostOf(edit), version: taken.version } };
}

/** Its base stands, or it descends from the head office's word that stands. */
function sawWhatStands(state: FieldState, { base }: FieldEdit): boolean {
  return base === state.version || (state.origin === "head-office" && rootOf(base) === state.root);
}

function wins(state: FieldState, edit: FieldEdit, policy: EditPolicy): boolean {
  switch (policy) {
    case "latest-wins":
      return isLater(edit, state);
    case "head-office-wins": {
      if (edit.origin === "head-office") return true;
      // Between two stores' edits the head office has said nothing; else the one that saw its word.
      const sees = rootOf(edit.base) === state.root;
      const stands = rootOf(state.version) === state.root;
      if (sees !== stands) return sees;
      return isLater(edit, state);
    }
    case "ask":
      return false;
    default:
      return unreachable(policy);
  }
}

/** By the stamp, which grows along every chain of edits; between equals the id decides. */
function isLater(edit: FieldEdit, state: FieldState): boolean {
  const standing = editionOf(state.version);
  const stampMs = standing?.stampMs ?? state.atMs;
  if (edit.stampMs !== stampMs) return edit.stampMs > stampMs;
  return edit.editId > (standing?.editId ?? "");
}

function stateAfter(state: FieldState, edit: FieldEdit): FieldState {
  const { value, origin, who, atMs, terminalId, stampMs, editId } = edit;
  const made = { value, origin, who, atMs, ...(terminalId === undefined ? {} : { terminalId }) };
  if (origin === "head-office") {
    const version = versionOf({ stampMs, editId, root: `@${editId}` });
    return { ...made, version, root: `@${editId}`, rootValue: value };
  }
  const { root, rootValue } = state;
  const version = versionOf({ stampMs, editId, root: rootOf(edit.base) });
  return { ...made, version, root, rootValue };
}

function lostOf(side: LostValue | FieldEdit): LostValue {
  const { value, origin, who, atMs, terminalId } = side;
  const version = "version" in side ? side.version : side.base;
  return { value, version, origin, who, atMs, ...(terminalId === undefined ? {} : { terminalId }) };
}
