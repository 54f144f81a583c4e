import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ControlKey } from "../../../../hardware/scanner/control-card.ts";
import type { CartView } from "../../../../host/contract/views.ts";
import { Amount } from "../../../controls/amount.tsx";
import { TouchButton } from "../../../controls/touch-button.tsx";
import { useKeys } from "../../../keyboard/key-handlers.ts";
import { useCardRefusal } from "../../../state/card-refusal-store.ts";
import { usePane } from "../../../state/pane-store.ts";
import { useRegister } from "../../../state/register-store.ts";
import { CardUnderWay } from "./card-under-way.tsx";
import { GiveBack } from "./give-back.tsx";
import { needsSecondLook } from "./second-look.ts";
import { TakeMoney } from "./take-money.tsx";
import { TendersTaken } from "./tenders-taken.tsx";
import { useArmed } from "./use-armed.ts";
import { usePaying } from "./use-paying.ts";
import classes from "./pay-pane.module.css";

/**
 * Paying, beside the cart.
 *
 * [Enter] Enter takes money only when the cashier has typed an amount into the pad and the focus is
 * in the pad's own field, where typing put it, or on its button. On every other button of this pane
 * Enter does nothing: Space, a finger or the key on the button's face does. A scanner's Enter ends
 * its scan and never comes here; nor does a scan pay.
 * [Corner] Where Pay was pressed to come here, nothing here takes money: a double press is
 * harmless.
 * [Double press] Right after a tender was taken the buttons stand in the same places with other
 * amounts: for a moment they take nothing.
 * [Second look] Cash far beyond what is due is asked about once more: a code typed by hand is no
 * banknote.
 */
export function PayPane() {
  const cart = useRegister((state) => state.view?.cart ?? null);
  // Another amount due makes what was typed stale: goods were added, or a tender taken.
  return cart === null ? null : <Paying key={cart.dueMinor} cart={cart} />;
}

function Paying(props: { cart: CartView }) {
  const { cart } = props;
  const { t } = useTranslation("register");
  const [typedMinor, setTyped] = useState(0);
  const [warned, setWarned] = useState(false);
  const paying = usePaying();
  const armed = useArmed(cart.tenders.length > 0 ? doublePressMs : 0);
  const { dueMinor, cardPayment } = cart;
  const refused = useCardRefusal((state) => state.why);

  function takeCash(amountMinor: number): void {
    if (amountMinor <= 0) return;
    if (needsSecondLook(amountMinor, cart) && !warned) return setWarned(true);
    paying.cash(amountMinor);
  }

  function takeCard(amountMinor: number): void {
    setTyped(0); // Used up, also when the card is declined.
    paying.card(amountMinor);
  }

  useKeys("pane", (key: ControlKey) => {
    switch (key) {
      case "ENTER":
        return !isInPad(document.activeElement);
      case "F5":
      case "EXACT":
        if (cardPayment !== null || !armed) return true;
        if (dueMinor > 0) paying.cash(dueMinor);
        else paying.giveBack();
        return true;
      case "CASH":
        if (cardPayment !== null || !armed) return true;
        if (dueMinor <= 0) paying.giveBack();
        else if (typedMinor > 0) takeCash(typedMinor);
        else paying.cash(dueMinor);
        return true;
      case "F8":
      case "CARD":
        if (cardPayment === null && armed && dueMinor > 0) takeCard(typedMinor || dueMinor);
        return true;
      case "PAY":
      case "F12":
      case "REMOVE":
        return true;
      default:
        return false;
    }
  });

  return (
    <section className={classes.pane} aria-label={t("pay.title")} data-due={dueMinor}>
      <p className={classes.due}>
        <span>{t(dueMinor < 0 ? "pay.toGiveBack" : "pay.due")}</span>
        <Amount minor={dueMinor} withCurrency className={classes.figure} />
      </p>
      <div className={classes.body}>
        <TendersTaken tenders={cart.tenders} locked={cardPayment !== null} />
        {refused !== null && cardPayment === null && (
          <p className={classes.refused} role="alert" data-card-refused={refused}>
            {t(`card.refused.${refused}`)}
          </p>
        )}
        {cardPayment !== null ? (
          <CardUnderWay payment={cardPayment} />
        ) : dueMinor <= 0 ? (
          <GiveBack dueMinor={dueMinor} busy={paying.busy || !armed} onGiveBack={paying.giveBack} />
        ) : (
          <TakeMoney
            cart={cart}
            typedMinor={typedMinor}
            warned={warned}
            busy={paying.busy || !armed}
            onType={(minor) => {
              setTyped(minor);
              setWarned(false);
            }}
            onCash={takeCash}
            onCard={takeCard}
          />
        )}
      </div>
      <TouchButton
        kind="quiet"
        size="large"
        hint="Esc"
        className={classes.back}
        data-pane-back=""
        onClick={() => usePane.getState().close()}
      >
        {t("pay.backToSale")}
      </TouchButton>
    </section>
  );
}

const doublePressMs = 400;

/** The amount pad's field and its own buttons. */
function isInPad(focused: Element | null): boolean {
  return focused?.closest("[data-pad]") !== null && focused !== null;
}
