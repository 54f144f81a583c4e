import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCommand } from "../../../command/use-command.ts";
import { useQuery } from "../../../command/use-query.ts";
import { AmountPad } from "../../../controls/amount-pad.tsx";
import { Amount } from "../../../controls/amount.tsx";
import { PaneFrame } from "../../../controls/pane-frame.tsx";
import { TouchButton } from "../../../controls/touch-button.tsx";
import { blip } from "../../../sound/sounds.ts";
import { usePane } from "../../../state/pane-store.ts";
import { useRegister } from "../../../state/register-store.ts";
import classes from "./sale-panes.module.css";

/** Fewer letters are no card's number yet. */
const shortestNumber = 4;

/** A gift card: what is on it, an amount sold on it, and the open sale paid from it. */
export function GiftCardPane() {
  const { t } = useTranslation("register");
  const [accountId, setNumber] = useState("");
  const [amountMinor, setAmount] = useState(0);
  const load = useCommand("gift-card.load");
  const isNumber = accountId.trim().length >= shortestNumber;

  async function sell(): Promise<void> {
    const result = await load.run({ accountId, amountMinor });
    if (!result?.ok) return;
    blip();
    usePane.getState().close();
  }

  return (
    <PaneFrame title={t("giftCard.title")}>
      <div className={classes.split}>
        <div>
          <label className={classes.field}>
            {t("giftCard.number")}
            <input
              value={accountId}
              maxLength={40}
              autoComplete="off"
              data-field="gift-card"
              onChange={(event) => setNumber(event.target.value)}
              dir="ltr"
            />
          </label>
          {isNumber && <OnTheCard accountId={accountId} />}
        </div>
        <AmountPad
          label={t("giftCard.amount")}
          valueMinor={amountMinor}
          onChange={setAmount}
          onConfirm={() => void sell()}
          confirmLabel={t("giftCard.load")}
          confirmDisabled={amountMinor === 0 || !isNumber || load.running}
        />
      </div>
    </PaneFrame>
  );
}

/** What the card holds, and as much of the sale as it can pay. */
function OnTheCard({ accountId }: { accountId: string }) {
  const { t } = useTranslation("register");
  const { value } = useQuery("account.view", { account: "gift-card", accountId }, [
    "sales",
    "sync",
  ]);
  const dueMinor = useRegister((state) => state.view?.cart?.dueMinor ?? 0);
  const pay = useCommand("tender.gift-card");
  if (value === null) return null;
  const payableMinor = Math.min(dueMinor, value.spendableMinor);

  async function take(): Promise<void> {
    const result = await pay.run({ accountId, amountMinor: payableMinor });
    if (!result?.ok) return;
    blip();
    usePane.getState().open({ kind: result.value.cart === null ? "change" : "pay" });
  }

  return (
    <div className={classes.choices}>
      {value.balanceMinor === null ? (
        <p className={classes.about}>{t("giftCard.unknown")}</p>
      ) : (
        <p className={classes.about} data-balance={value.balanceMinor}>
          {t("giftCard.balance")} <Amount minor={value.balanceMinor} withCurrency />
        </p>
      )}
      {value.offline && value.balanceMinor !== null && (
        <p className={classes.about}>
          {t("giftCard.offline")} <Amount minor={value.spendableMinor} withCurrency />
        </p>
      )}
      {payableMinor > 0 && (
        <TouchButton
          size="large"
          data-tender="gift-card"
          disabled={pay.running}
          onClick={() => void take()}
        >
          {t("giftCard.pay")} <Amount minor={payableMinor} />
        </TouchButton>
      )}
    </div>
  );
}
