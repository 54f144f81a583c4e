import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ProductEditView } from "../../../../host/contract/product-views.ts";
import { useCommand } from "../../../command/use-command.ts";
import { TouchButton } from "../../../controls/touch-button.tsx";
import { parseDecimal } from "../../../formatting/parse-decimal.ts";
import { useFormats } from "../../../formatting/use-formats.ts";
import office from "../back-office.module.css";
import classes from "./goods.module.css";

interface PlannedPriceProps {
  readonly product: ProductEditView;
  readonly onChanged: () => void;
}

/** [C3] A price that begins with a later business date; it can be called off until then. */
export function PlannedPrice({ product, onChanged }: PlannedPriceProps) {
  const { t } = useTranslation("goods");
  const formats = useFormats();
  const { currency, exponent } = formats.money;
  const schedule = useCommand("price.schedule");
  const cancel = useCommand("price.cancel");
  const [price, setPrice] = useState("");
  const [effectiveOn, setEffectiveOn] = useState("");
  const priceMinor = parseDecimal(price, exponent);
  const isReady = priceMinor !== null && priceMinor >= 0 && effectiveOn !== "";
  const { sku, pendingPrice } = product;

  async function plan(): Promise<void> {
    if (priceMinor === null) return;
    const result = await schedule.run({ sku, priceMinor, effectiveOn });
    if (result?.ok !== true) return;
    setPrice("");
    setEffectiveOn("");
    onChanged();
  }

  return (
    <section className={classes.later}>
      <h3>{t("later")}</h3>
      <p className={office.quiet}>{t("laterHint")}</p>
      {pendingPrice !== null && (
        <p className={office.look} data-planned={pendingPrice.effectiveOn}>
          {t("laterStands", {
            price: formats.moneyText(pendingPrice.priceMinor),
            date: formats.businessDate(pendingPrice.effectiveOn),
          })}{" "}
          <TouchButton
            disabled={cancel.running}
            onClick={() => void cancel.run({ sku }).then(onChanged)}
          >
            {t("cancel")}
          </TouchButton>
        </p>
      )}
      <form
        className={classes.fields}
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) void plan();
        }}
      >
        <label>
          <span>{t("laterPrice", { currency })}</span>
          <input
            dir="ltr"
            inputMode="decimal"
            autoComplete="off"
            maxLength={14}
            value={price}
            onChange={(event) => setPrice(event.target.value)}
          />
        </label>
        <label>
          <span>{t("laterDate")}</span>
          <input
            type="date"
            value={effectiveOn}
            onChange={(event) => setEffectiveOn(event.target.value)}
          />
        </label>
        <TouchButton type="submit" disabled={!isReady || schedule.running}>
          {t("plan")}
        </TouchButton>
      </form>
    </section>
  );
}
