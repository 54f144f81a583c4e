import { type DocumentNode, Kind, visit } from "graphql";

/** More than any document of ours needs by far; a request beyond is not worth reading. */
const maxTokens = 2_000;
const maxDepth = 6;

export const parseLimits = { maxTokens } as const;

/** True when selections are nested deeper than the schema has a use for. */
export function isTooDeep(document: DocumentNode): boolean {
  let depth = 0;
  let deepest = 0;
  visit(document, {
    [Kind.SELECTION_SET]: {
      enter() {
        depth += 1;
        deepest = Math.max(deepest, depth);
      },
      leave() {
        depth -= 1;
      },
    },
  });
  return deepest > maxDepth || hasFragments(document);
}

/** Fragments hide depth and are in none of our documents. */
function hasFragments(document: DocumentNode): boolean {
  return document.definitions.some(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
}
