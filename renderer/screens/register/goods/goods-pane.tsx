import { useState } from "react";
import { useTranslation } from "react-i18next";
import { EntryPad } from "./entry-pad.tsx";
import { FunctionBar } from "./function-bar.tsx";
import { GoodsGrid } from "./goods-grid.tsx";
import classes from "./goods-pane.module.css";
import { PayButton } from "./pay-button.tsx";

/**
 * Goods by group or a keypad (both where there is room), the register's functions, and Pay in its
 * corner.
 */
export function GoodsPane() {
  const { t } = useTranslation("register");
  const [tab, setTab] = useState<"goods" | "keypad">("goods");
  return (
    <section className={classes.pane} aria-label={t("goods.label")}>
      <div className={classes.tabs} role="tablist" aria-label={t("goods.ways")}>
        {(["goods", "keypad"] as const).map((each) => (
          <button
            key={each}
            type="button"
            role="tab"
            aria-selected={tab === each}
            onClick={() => setTab(each)}
          >
            {t(`goods.${each}`)}
          </button>
        ))}
      </div>
      <div className={classes.ways} data-tab={tab}>
        <div className={classes.goods}>
          <GoodsGrid />
        </div>
        <div className={classes.keypad}>
          <EntryPad />
        </div>
      </div>
      <FunctionBar />
      <PayButton />
    </section>
  );
}
