import { useTranslation } from "react-i18next";
import { Keypad, type KeypadKey } from "../../../controls/keypad.tsx";
import { TouchButton } from "../../../controls/touch-button.tsx";
import { quantityOf, useEntry } from "../../../state/entry-store.ts";
import { useRegisterActions } from "../use-register-keys.ts";
import { useGoods } from "../use-goods.ts";
import classes from "./entry-pad.module.css";

const longestEntry = 20;

/**
 * A code or a quantity by finger: the digits, then × for "so many of the next", or OK for "this
 * code".
 */
export function EntryPad() {
  const { t } = useTranslation("register");
  const text = useEntry((state) => state.text);
  const goods = useGoods();
  const run = useRegisterActions();

  function type(key: KeypadKey): void {
    useEntry.setState(({ text: typed }) => {
      if (key === "erase") return { text: typed.slice(0, -1) };
      return { text: (typed + (key === "point" ? "." : key)).slice(0, longestEntry) };
    });
  }

  return (
    <div className={classes.pad}>
      <output className={classes.display} dir="ltr" aria-label={t("goods.entry")}>
        {text === "" ? (
          <span className={classes.hint} dir="auto">
            {t("goods.entryHint")}
          </span>
        ) : (
          text
        )}
      </output>
      <Keypad corner="point" onKey={type} />
      <div className={classes.ends}>
        <TouchButton
          size="large"
          disabled={quantityOf(text) === null}
          onClick={() => run("quantity")}
        >
          × {t("quantity.title")}
        </TouchButton>
        <TouchButton
          kind="go"
          size="large"
          disabled={text.trim() === ""}
          onClick={() => goods.takeTyped()}
        >
          {t("goods.enterCode")}
        </TouchButton>
      </div>
    </div>
  );
}
