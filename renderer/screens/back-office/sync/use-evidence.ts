import { useCallback, useRef, useState } from "react";
import type { Failure } from "../../../../host/contract/operations.ts";
import type { EvidenceRowView } from "../../../../host/contract/office-views.ts";
import { useChannel } from "../../../channel/channel-context.tsx";
import type { TillChannel } from "../../../channel/till-channel.ts";
import type { TillEvidence } from "./evidence-file.ts";

export type Comparing =
  | { readonly state: "idle" }
  | { readonly state: "comparing"; readonly done: number; readonly of: number | null }
  | { readonly state: "failed"; readonly failure: Failure<"evidence.page"> }
  | { readonly state: "done"; readonly tills: readonly TillEvidence[] };

/** A till to compare. */
export interface ComparedTill {
  readonly tillNumber: number;
  readonly terminalId: string;
  readonly isThis: boolean;
}

type Told = (done: number, of: number | null) => void;

/** [P1] Walks tills' facts beside the cloud's chains, page by page; can be given up at any time. */
export function useEvidence() {
  const channel = useChannel();
  const [comparing, setComparing] = useState<Comparing>({ state: "idle" });
  const turn = useRef(0);

  const cancel = useCallback(() => {
    turn.current += 1;
    setComparing({ state: "idle" });
  }, []);

  const start = useCallback(
    async (wanted: readonly ComparedTill[]) => {
      const mine = ++turn.current;
      const isOver = () => mine !== turn.current;
      const tills: TillEvidence[] = [];
      let before = 0;
      setComparing({ state: "comparing", done: 0, of: null });
      for (const till of wanted) {
        const tell: Told = (done, of) => {
          if (isOver()) return;
          setComparing({
            state: "comparing",
            done: before + done,
            of: of === null ? null : before + of,
          });
        };
        const compared = await compare(channel, till, isOver, tell);
        if (compared === null || isOver()) return;
        if ("failure" in compared) {
          return setComparing({ state: "failed", failure: compared.failure });
        }
        before += compared.rows.length;
        tills.push(compared);
      }
      setComparing({ state: "done", tills });
    },
    [channel],
  );

  return { comparing, start, cancel };
}

/** Null when it was given up. */
async function compare(
  channel: TillChannel,
  { tillNumber, terminalId, isThis }: ComparedTill,
  isOver: () => boolean,
  tell: Told,
): Promise<TillEvidence | { readonly failure: Failure<"evidence.page"> } | null> {
  const rows: EvidenceRowView[] = [];
  const which = isThis ? {} : { terminalId };
  let page = await channel.call("evidence.page", which);
  for (;;) {
    if (isOver()) return null;
    if (!page.ok) return { failure: page.failure };
    rows.push(...page.value.rows);
    const { next, summary, journal } = page.value;
    if (next === null) {
      const comparedFrom = isThis ? "journal" : "told";
      return { tillNumber, terminalId, comparedFrom, summary, rows };
    }
    tell(rows.length, journal);
    page = await channel.call("evidence.page", { ...which, after: next });
  }
}
