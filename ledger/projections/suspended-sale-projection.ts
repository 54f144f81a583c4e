import type { Database } from "better-sqlite3";
import { canonicalJson, type Json } from "../../domain/facts/canonical.ts";
import type { Fact } from "../../domain/facts/fact.ts";

/**
 * [H4] Suspended sales of the whole store. The two facts of one may arrive in either order: a recall at another
 * till can be heard of before the suspension.
 */
export function createSuspendedSaleProjection(db: Database) {
  const suspend = db.prepare(
    `INSERT INTO suspended_sale VALUES (?, ?, ?, ?, ?, ?, ?, NULL)
     ON CONFLICT (suspension_id) DO UPDATE SET terminal_id = excluded.terminal_id,
       suspended_at_ms = excluded.suspended_at_ms, suspended_by = excluded.suspended_by,
       note = excluded.note, total_minor = excluded.total_minor, lines = excluded.lines`,
  );
  const recall = db.prepare(
    `INSERT INTO suspended_sale (suspension_id, recalled_by) VALUES (?, ?)
     ON CONFLICT (suspension_id) DO UPDATE
     SET recalled_by = min(coalesce(recalled_by, excluded.recalled_by), excluded.recalled_by)`,
  );
  return {
    suspended({ id, terminalId, atMs, actorId, payload }: Fact<"sale.suspended">) {
      const { note, totalMinor, goods } = payload;
      if (goods === undefined) return;
      // The same text from a fact just made and from one read back: `verify` compares it.
      const lines = canonicalJson(goods as unknown as Json);
      suspend.run(id, terminalId, atMs, actorId ?? "", note ?? null, totalMinor, lines);
    },
    recalled({ terminalId, payload }: Fact<"sale.recalled">) {
      if (payload.suspension !== undefined) recall.run(payload.suspension, terminalId);
    },
  };
}
