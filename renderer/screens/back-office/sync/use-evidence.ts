import { useCallback, useRef, useState } from "react";
import type { EvidenceSummary } from "../../../../domain/proof/evidence.ts";
import type { Failure } from "../../../../host/contract/operations.ts";
import type { EvidenceRowView } from "../../../../host/contract/office-views.ts";
import { useChannel } from "../../../channel/channel-context.tsx";

export type Comparing =
  | { readonly state: "idle" }
  | { readonly state: "comparing"; readonly done: number; readonly of: number | null }
  | { readonly state: "failed"; readonly failure: Failure<"evidence.page"> }
  | {
      readonly state: "done";
      readonly rows: readonly EvidenceRowView[];
      readonly summary: EvidenceSummary;
    };

/** [P1] Walks the whole journal beside the cloud's chain, page by page; can be given up at any time. */
export function useEvidence() {
  const channel = useChannel();
  const [comparing, setComparing] = useState<Comparing>({ state: "idle" });
  const turn = useRef(0);

  const cancel = useCallback(() => {
    turn.current += 1;
    setComparing({ state: "idle" });
  }, []);

  const start = useCallback(async () => {
    const mine = ++turn.current;
    const rows: EvidenceRowView[] = [];
    setComparing({ state: "comparing", done: 0, of: null });
    let page = await channel.call("evidence.page", {});
    for (;;) {
      if (mine !== turn.current) return;
      if (!page.ok) return setComparing({ state: "failed", failure: page.failure });
      rows.push(...page.value.rows);
      const { next, summary, journal } = page.value;
      if (next === null) return setComparing({ state: "done", rows, summary });
      setComparing({ state: "comparing", done: rows.length, of: journal });
      page = await channel.call("evidence.page", { after: next });
    }
  }, [channel]);

  return { comparing, start, cancel };
}
