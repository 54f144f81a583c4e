import type { Shop } from "../shop/shop.ts";
import type { CloudLook } from "./cloud-watch.ts";
import { must } from "./violation.ts";

/** [C3] Which codes somebody wrote on which goods, and what must hold of them at rest. */
export interface CodeBook {
  given(claim: CodeGiven): void;
  /** Somebody who saw it there took it away again. */
  takenAway(claim: CodeGiven): void;
  /** The good is gone, and what was ever written of it with it. */
  removed(sku: string): void;
  check(shop: Pick<Shop, "tills" | "goods" | "plan">, look: CloudLook): void;
}

interface CodeGiven {
  readonly sku: string;
  readonly code: string;
}

export function createCodeBook(): CodeBook {
  const claims: CodeGiven[] = [];
  const settled = new Set<string>();

  return {
    given: (claim) => void claims.push(claim),
    takenAway: ({ sku, code }) => void settled.add(`${sku} ${code}`),
    removed: (sku) => void settled.add(sku),
    check({ tills, goods, plan }, look) {
      const leadsTo = new Map<string, string>();
      for (const [sku, { gtins }] of look.goods()) {
        for (const code of gtins) {
          const other = leadsTo.get(code);
          must(other === undefined, "codes", () => `${code} leads to ${other} and to ${sku}`);
          must(
            claims.some((claim) => claim.sku === sku && claim.code === code),
            "codes",
            () => `nobody ever gave ${sku} the code ${code}`,
          );
          leadsTo.set(code, sku);
        }
      }
      const expected = textOf([...leadsTo].map(([code, sku]) => ({ sku, code })));
      for (const till of tills) {
        const rows = till
          .ledger()
          .database.prepare<[], CodeGiven>(
            "SELECT sku, code FROM product_code JOIN product USING (product_id)",
          )
          .all();
        const there = textOf(rows);
        must(there === expected, "codes", () => `${till.name}: ${there}, the cloud: ${expected}`);
      }
      const open = ({ sku, code }: CodeGiven) =>
        goods.has(sku) && !settled.has(sku) && !settled.has(`${sku} ${code}`);
      claimsAreTold(look, { leadsTo, isOpen: open, forgets: plan.families.has("backups") });
    },
  };
}

function textOf(codes: readonly CodeGiven[]): string {
  return codes
    .map(({ sku, code }) => `${code}=${sku}`)
    .toSorted()
    .join(" ");
}

interface Claims {
  readonly leadsTo: ReadonlyMap<string, string>;
  readonly isOpen: (claim: CodeGiven) => boolean;
  /** A life of the cloud was lost that may have told of a claim. */
  readonly forgets: boolean;
}

/** Every code that reached the cloud leads to its good, or a person was told that it does not. */
function claimsAreTold(look: CloudLook, { leadsTo, isOpen, forgets }: Claims): void {
  const written = look.rows<{ id: string; sku: string; gtins: string; base: string }>(
    `SELECT fact_id AS id, body ->> '$.payload.sku' AS sku,
       body -> '$.payload.changes.gtins' AS gtins, body ->> '$.payload.base.gtins' AS base
     FROM fact WHERE type = 'product.edited' AND verdict = 'applied' AND gtins IS NOT NULL`,
  );
  // Whoever edited that good next had heard there that its code leads elsewhere, and wrote it without.
  const isOver = (edit: string, code: string) =>
    forgets && written.some(({ base, gtins }) => base.includes(edit) && !gtins.includes(code));
  const told = look
    .rows<{ detail: string }>(
      "SELECT detail FROM exception WHERE kind IN ('code-conflict', 'edit-conflict')",
    )
    .map(({ detail }) => detail);
  for (const { id, sku, gtins } of written) {
    for (const code of JSON.parse(gtins) as string[]) {
      if (!isOpen({ sku, code }) || isOver(id, code)) continue;
      const isTold = told.some((text) => text.includes(`"${code}"`) && text.includes(`"${sku}"`));
      must(leadsTo.get(code) === sku || isTold, "conflicts-recorded", () => {
        return `${sku} was given ${code}, it leads to ${leadsTo.get(code)}, nobody is told`;
      });
    }
  }
}
