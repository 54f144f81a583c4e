import { assertInteger } from "../values/assert.ts";
import type { Uuid } from "../values/id.ts";
import { type EditedField, type FieldValue, fieldOf, valueText } from "./product-edit.ts";
import type { Product } from "./product.ts";

/**
 * [C3] The version of a field. One that was never edited by itself is its own value (`=649`): a file
 * of 200,000 goods needs no versions, and an edit still tells whether it saw what stands now.
 * An edited one is `<stampMs>.<editId>.<root>`, where `root` is the head office's version that it
 * descends from, through however many edits made in stores.
 */
export type FieldVersion = string;

export interface Edition {
  /** Later than the stamp of every version it is based on, whatever the clocks say. */
  readonly stampMs: number;
  readonly editId: Uuid;
  readonly root: FieldVersion;
}

export function unedited(value: FieldValue): FieldVersion {
  return `=${valueText(value)}`;
}

export function versionOf({ stampMs, editId, root }: Edition): FieldVersion {
  return `${assertInteger(stampMs, "stampMs")}.${editId}.${root}`;
}

/** Null for a version that is no edit's. */
export function editionOf(version: FieldVersion): Edition | null {
  const [, stamp = "", editId = "", root = ""] = /^(\d+)\.([^.=]+)\.([^]*)$/.exec(version) ?? [];
  return editId === "" ? null : { stampMs: Number(stamp), editId, root };
}

/** The head office's version that `version` descends from. */
export function rootOf(version: FieldVersion): FieldVersion {
  return editionOf(version)?.root ?? version;
}

/** Of a good as a till or the cloud holds it. */
export function currentVersion(product: Product, field: EditedField): FieldVersion {
  return product.versions?.[field] ?? unedited(fieldOf(product, field));
}

/** A stamp for an edit that is made at `atMs` on top of these versions. */
export function stampAfter(atMs: number, versions: readonly FieldVersion[]): number {
  return versions.reduce((stamp, version) => {
    const based = editionOf(version)?.stampMs;
    return based === undefined ? stamp : Math.max(stamp, based + 1);
  }, atMs);
}
