import { useTranslation } from "react-i18next";
import { useCommand } from "../../../command/use-command.ts";
import { usePane } from "../../../state/pane-store.ts";
import { ReasonPane } from "./reason-pane.tsx";

const presets = ["change", "check", "wrongChange", "deposit"] as const;

/** Opens the drawer without a sale, with a reason that stands in the journal. */
export function DrawerPane() {
  const { t } = useTranslation("register");
  const openDrawer = useCommand("drawer.open");
  return (
    <ReasonPane
      title={t("drawer.title")}
      hint={t("drawer.hint")}
      presets={presets.map((preset) => t(`drawer.${preset}`))}
      confirmLabel={t("drawer.confirm")}
      stops={false}
      busy={openDrawer.running}
      onReason={(reason) =>
        void openDrawer.run({ reason }).then((result) => {
          if (result?.ok) usePane.getState().close();
        })
      }
    />
  );
}
