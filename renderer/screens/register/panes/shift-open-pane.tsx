import { useTranslation } from "react-i18next";
import { useCommand } from "../../../command/use-command.ts";
import { PaneFrame } from "../../../controls/pane-frame.tsx";
import { useFormats } from "../../../formatting/use-formats.ts";
import { usePane } from "../../../state/pane-store.ts";
import { CashCount } from "./shift-cash-count.tsx";
import { dropDrafts, openingDraft } from "./shift-store.ts";
import classes from "./shift.module.css";

/** The float is counted into the drawer before the first sale. */
export function ShiftOpenPane() {
  const { t } = useTranslation("shift");
  const formats = useFormats();
  const close = usePane((state) => state.close);
  const open = useCommand("shift.open");

  async function openWith(floatMinor: number): Promise<void> {
    const result = await open.run({ floatMinor });
    if (result?.ok !== true) return;
    dropDrafts();
    close();
  }

  return (
    <PaneFrame title={t("openTitle")}>
      <p className={classes.hint}>{t("openHint")}</p>
      <CashCount
        draftKey={openingDraft}
        confirmLabel={(minor) =>
          minor === 0 ? t("openActionEmpty") : t("openAction", { amount: formats.moneyText(minor) })
        }
        busy={open.running}
        onConfirm={(minor) => void openWith(minor)}
      />
    </PaneFrame>
  );
}
