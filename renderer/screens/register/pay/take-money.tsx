import { useTranslation } from "react-i18next";
import type { CartView } from "../../../../host/contract/views.ts";
import { AmountPad } from "../../../controls/amount-pad.tsx";
import { Amount } from "../../../controls/amount.tsx";
import { TouchButton } from "../../../controls/touch-button.tsx";
import { useFormats } from "../../../formatting/use-formats.ts";
import classes from "./pay-pane.module.css";

interface TakeMoneyProps {
  readonly cart: CartView;
  readonly typedMinor: number;
  readonly warned: boolean;
  readonly busy: boolean;
  readonly onType: (minor: number) => void;
  readonly onCash: (minor: number) => void;
  readonly onCard: (minor: number) => void;
}

/** A typed amount on one side, what is pressed most on the other. */
export function TakeMoney(props: TakeMoneyProps) {
  const { t } = useTranslation("register");
  const formats = useFormats();
  const { cart, typedMinor, busy, onCash, onCard } = props;
  const { dueMinor } = cart;
  const cardMinor = typedMinor > 0 ? typedMinor : dueMinor;
  return (
    <div className={classes.ways}>
      <div>
        <AmountPad
          label={t("pay.amount")}
          labelHidden
          valueMinor={typedMinor}
          onChange={props.onType}
          onConfirm={onCash}
          confirmLabel={t("pay.takeCash")}
          confirmDisabled={typedMinor === 0 || busy}
        />
        {props.warned && (
          <p className={classes.warning} role="alert">
            {t("pay.secondLook", { amount: formats.moneyText(typedMinor) })}
          </p>
        )}
      </div>
      <div className={classes.quick}>
        <TouchButton
          size="large"
          hint="F8"
          disabled={busy || typedMinor > dueMinor}
          data-tender="card"
          onClick={() => onCard(cardMinor)}
        >
          {t("pay.card")} <Amount minor={cardMinor} />
        </TouchButton>
        <p className={classes.label} id="quick-cash">
          {t("pay.cash")}
        </p>
        <div className={classes.notes}>
          {cart.quickCashMinor.map((minor) => (
            <TouchButton
              key={minor}
              size="large"
              hint={minor === dueMinor ? "F5" : undefined}
              disabled={busy}
              data-cash={minor}
              aria-describedby="quick-cash"
              onClick={() => onCash(minor)}
            >
              {minor === dueMinor && `${t("pay.exact")} `}
              <Amount minor={minor} />
            </TouchButton>
          ))}
        </div>
      </div>
    </div>
  );
}
