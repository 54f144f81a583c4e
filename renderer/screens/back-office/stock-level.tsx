import { useTranslation } from "react-i18next";
import type { StockView } from "../../../host/contract/views.ts";
import { useFormats } from "../../formatting/use-formats.ts";
import classes from "./back-office.module.css";

/** A level; one below zero says so in words, not by colour alone. */
export function StockLevel(props: { readonly milli: number; readonly unit: StockView["unit"] }) {
  const { t } = useTranslation("back-office");
  const { t: documents } = useTranslation("documents");
  const quantity = useFormats().quantity(props.milli);
  const isOversold = props.milli < 0;
  return (
    <span
      className={isOversold ? classes.warn : undefined}
      title={isOversold ? t("stock.oversold") : undefined}
    >
      {isOversold && (
        <>
          <span className="for-ears-only">{t("stock.oversold")} </span>
          <span aria-hidden className={classes.mark}>
            !
          </span>{" "}
        </>
      )}
      <bdi dir="ltr">{props.unit === "kg" ? documents("kg", { quantity }) : quantity}</bdi>
    </span>
  );
}
