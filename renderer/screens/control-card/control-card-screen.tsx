import { useTranslation } from "react-i18next";
import { controlBarcode } from "../../../hardware/scanner/control-card.ts";
import { TouchButton } from "../../controls/touch-button.tsx";
import { useScanRequest } from "../../scan/scan-request.ts";
import { useRegister } from "../../state/register-store.ts";
import { Barcode } from "./barcode.tsx";
import { type CardKey, cardGroups } from "./card-groups.ts";
import classes from "./control-card.module.css";

/** A sheet to print and keep at the till: the whole register by scanner alone. */
export function ControlCardScreen() {
  const { t } = useTranslation("control-card");
  const terminal = useRegister((state) => state.view?.terminal ?? null);
  // Whoever tries the sheet's barcodes here sells nothing.
  useScanRequest(() => true);
  return (
    <main className={classes.sheet}>
      <header className={classes.head}>
        <div>
          <h1>{t("title")}</h1>
          {terminal && (
            <p>{t("till", { store: terminal.storeName, number: terminal.tillNumber })}</p>
          )}
          <p className={classes.hint}>{t("subtitle")}</p>
        </div>
        <nav className={classes.actions}>
          <a href="#/back-office">{t("backOffice")}</a>
          <a href="#/">{t("register")}</a>
          <TouchButton kind="go" size="large" onClick={() => window.print()}>
            {t("print")}
          </TouchButton>
        </nav>
      </header>
      {cardGroups.map(({ group, keys }) => (
        <section key={group} className={classes.group}>
          <h2>{t(`group.${group}`)}</h2>
          <ul>
            {keys.map((key: CardKey) => (
              <CardCode key={key} cardKey={key} />
            ))}
          </ul>
        </section>
      ))}
    </main>
  );
}

function CardCode({ cardKey }: { readonly cardKey: CardKey }) {
  const { t } = useTranslation("control-card");
  const code = controlBarcode(cardKey);
  const word = t(`keys.${cardKey}`);
  return (
    <li>
      <strong>
        <bdi>{word}</bdi>
      </strong>
      <Barcode text={code} label={t("code", { code, word })} />
      <bdi dir="ltr" className={classes.code}>
        {code}
      </bdi>
    </li>
  );
}
