import { useTranslation } from "react-i18next";
import { useCommand } from "../../../command/use-command.ts";
import { usePane } from "../../../state/pane-store.ts";
import { ReasonPane } from "./reason-pane.tsx";

const presets = ["changedMind", "noMoney", "mistake", "practice"] as const;

/** Gives the whole sale up, with a reason that stands in the journal. */
export function VoidPane() {
  const { t } = useTranslation("register");
  const voidCart = useCommand("cart.void");
  return (
    <ReasonPane
      title={t("void.title")}
      hint={t("void.hint")}
      presets={presets.map((preset) => t(`void.${preset}`))}
      confirmLabel={t("void.confirm")}
      stops
      busy={voidCart.running}
      onReason={(reason) =>
        void voidCart.run({ reason }).then((result) => {
          if (result?.ok) usePane.getState().close();
        })
      }
    />
  );
}
