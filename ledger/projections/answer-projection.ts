import type { Database } from "better-sqlite3";
import type { Fact } from "../../domain/facts/fact.ts";

/** What people of this till answered to exceptions; the last word to one counts. */
export function createAnswerProjection(db: Database) {
  const put = db.prepare<[string, string, string, string, string, number]>(
    `INSERT INTO exception_answer VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (exception_id) DO UPDATE SET kind = excluded.kind, subject = excluded.subject,
       resolution = excluded.resolution, answered_by = excluded.answered_by, at_ms = excluded.at_ms`,
  );
  return {
    answered({ payload, actorId, atMs }: Fact<"exception.resolved">) {
      const { exceptionId, kind, subject, resolution } = payload;
      put.run(exceptionId, kind, subject, resolution, actorId ?? "", atMs);
    },
  };
}
