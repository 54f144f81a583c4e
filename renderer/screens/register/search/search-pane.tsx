import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Amount } from "../../../controls/amount.tsx";
import { PaneFrame } from "../../../controls/pane-frame.tsx";
import { useFormats } from "../../../formatting/use-formats.ts";
import { useEntry } from "../../../state/entry-store.ts";
import { usePane } from "../../../state/pane-store.ts";
import { useSearch } from "../../../state/search-store.ts";
import { leaveSearchField } from "../focus-search.ts";
import { useGoods } from "../use-goods.ts";
import { LetterPad } from "./letter-pad.tsx";
import classes from "./search-pane.module.css";

/** What the catalogue has for what is typed: arrows and Enter, or a finger. */
export function SearchPane() {
  const { t } = useTranslation("register");
  const formats = useFormats();
  const { results, answeredText, lit } = useSearch();
  const text = useEntry((state) => state.text.trim());
  const goods = useGoods();
  const list = useRef<HTMLDivElement>(null);

  useEffect(() => {
    list.current?.children[lit]?.scrollIntoView({ block: "nearest" });
  }, [lit, results]);

  function leave(): void {
    useEntry.setState({ text: "" });
    leaveSearchField();
    usePane.getState().close();
  }

  return (
    <PaneFrame title={t("search.title")} onBack={leave} footer={<LetterPad />}>
      {text !== "" && answeredText === text && results.length === 0 && (
        <p className={classes.none}>{t("search.none", { text })}</p>
      )}
      <div
        ref={list}
        id="search-results"
        className={classes.results}
        // A combobox's list: no select can hold rows like these.
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
        role="listbox"
        aria-label={t("search.results")}
      >
        {results.map((product, i) => (
          <button
            key={product.sku}
            type="button"
            // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
            role="option"
            aria-selected={i === lit}
            tabIndex={-1}
            className={classes.result}
            data-result={product.sku}
            onClick={() => goods.add(product)}
          >
            <span className={classes.names}>
              <span className={classes.name} dir="auto">
                {product.name}
              </span>
              <bdi className={classes.codes} dir="ltr">
                {[product.plu, product.gtin?.replace(/^0+/, "")].filter(Boolean).join(" · ")}
              </bdi>
            </span>
            <span className={classes.stock}>
              {t("search.stock", { quantity: formats.quantity(product.stockMilli) })}
            </span>
            <span className={classes.price}>
              {product.priceMinor === null ? (
                t("price.asked")
              ) : (
                <Amount minor={product.priceMinor} />
              )}
            </span>
          </button>
        ))}
      </div>
    </PaneFrame>
  );
}
