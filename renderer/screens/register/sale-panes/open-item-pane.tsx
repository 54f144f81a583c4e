import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCommand } from "../../../command/use-command.ts";
import { AmountPad } from "../../../controls/amount-pad.tsx";
import { PaneFrame } from "../../../controls/pane-frame.tsx";
import { TouchButton } from "../../../controls/touch-button.tsx";
import { blip } from "../../../sound/sounds.ts";
import { useEntry } from "../../../state/entry-store.ts";
import { usePane } from "../../../state/pane-store.ts";
import { useRegister } from "../../../state/register-store.ts";
import classes from "./sale-panes.module.css";

const presets = ["goods", "postage", "service", "deposit"] as const;

/**
 * Something the catalogue does not have: a name, a tax category, a price. The name may stay as it
 * is.
 */
export function OpenItemPane() {
  const { t } = useTranslation("register");
  const categories = useRegister((state) => state.view?.terminal.taxCategories ?? []);
  const [name, setName] = useState(t("openItem.goods"));
  const [category, setCategory] = useState<string | null>(null);
  const [unitPriceMinor, setPrice] = useState(0);
  const addItem = useCommand("cart.add-open-item");
  const taxCategory = category ?? categories[0] ?? "";

  async function add(): Promise<void> {
    const { quantityMilli } = useEntry.getState();
    const input = { name: name.trim() || t("openItem.goods"), unitPriceMinor, taxCategory };
    const result = await addItem.run(quantityMilli === null ? input : { ...input, quantityMilli });
    if (!result?.ok) return;
    blip();
    useEntry.setState({ quantityMilli: null });
    usePane.getState().close();
  }

  return (
    <PaneFrame title={t("openItem.title")}>
      <div className={classes.split}>
        <div>
          <div className={classes.choices}>
            {presets.map((preset) => (
              <TouchButton
                key={preset}
                aria-pressed={name === t(`openItem.${preset}`)}
                onClick={() => setName(t(`openItem.${preset}`))}
              >
                {t(`openItem.${preset}`)}
              </TouchButton>
            ))}
          </div>
          <label className={classes.field}>
            {t("openItem.name")}
            <input
              value={name}
              maxLength={80}
              onChange={(event) => setName(event.target.value)}
              dir="auto"
            />
          </label>
          {categories.length > 1 && (
            <fieldset className={classes.choices} aria-label={t("openItem.tax")}>
              {categories.map((each) => (
                <TouchButton
                  key={each}
                  aria-pressed={each === taxCategory}
                  onClick={() => setCategory(each)}
                >
                  {t(`tax.${each}` as "tax.standard", { defaultValue: each })}
                </TouchButton>
              ))}
            </fieldset>
          )}
        </div>
        <AmountPad
          label={t("price.each")}
          valueMinor={unitPriceMinor}
          onChange={setPrice}
          onConfirm={() => void add()}
          confirmLabel={t("price.add")}
          confirmDisabled={unitPriceMinor === 0 || addItem.running}
          takesFocus
        />
      </div>
    </PaneFrame>
  );
}
