import type { useTranslation } from "react-i18next";
import type { RestoredFinding } from "../../../../host/contract/office-views.ts";
import { isolate } from "../../../formatting/isolate.ts";

type Words = ReturnType<typeof useTranslation<"sync-centre">>["t"];

/** What was found, and what was healed or is still to do. */
export interface FindingStory {
  readonly found: string;
  readonly healed: string;
}

export function findingStory(finding: RestoredFinding, t: Words): FindingStory {
  const till = (terminalId: string | undefined) => {
    const number = terminalId === undefined ? undefined : finding.tills[terminalId];
    return number === undefined ? t("restored.aTill") : t("restored.till", { number });
  };
  switch (finding.kind) {
    case "forked": {
      const { terminalId, epoch, cloudHead } = finding.detail;
      const place = { till: till(terminalId), seq: cloudHead.seq, epoch };
      return {
        found: t("restored.forked.found", place),
        healed: t("restored.forked.healed", { next: epoch + 1 }),
      };
    }
    case "cloned": {
      const { terminalId, epoch } = finding.detail;
      return {
        found: t("restored.cloned.found", { till: till(terminalId), epoch }),
        healed: t("restored.cloned.healed"),
      };
    }
    case "cloud-restored": {
      const { missing = 0 } = finding.detail;
      return {
        found:
          missing > 0
            ? t("restored.cloud-restored.foundMissing", { count: missing })
            : t("restored.cloud-restored.found"),
        healed: t("restored.cloud-restored.healed"),
      };
    }
    case "number-reused": {
      const { receiptNumber, receipts } = finding.detail;
      const place = { number: isolate(receiptNumber), till: till(receipts[0]?.terminalId) };
      return {
        found: t("restored.number-reused.found", place),
        healed: t("restored.number-reused.healed"),
      };
    }
  }
}
