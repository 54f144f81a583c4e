import { useTranslation } from "react-i18next";
import { Amount } from "../controls/amount.tsx";
import { useFormats } from "../formatting/use-formats.ts";
import type { ReceiptLineView, ReceiptView } from "../../host/contract/views.ts";
import { useTaxWords } from "./use-tax-words.ts";
import classes from "./documents.module.css";

interface ReceiptDocumentProps {
  readonly receipt: ReceiptView;
  /** Leads from a line to the stock movements of its goods, where that page is at hand. */
  readonly onGoods?: ((sku: string) => void) | undefined;
}

/** A completed sale or return as the facts that were written, never recomputed. */
export function ReceiptDocument({ receipt, onGoods }: ReceiptDocumentProps) {
  const { t } = useTranslation("documents");
  const title = t("receiptTitle", { number: receipt.receiptNumber });
  return (
    <article
      className={`${classes.paper} ${classes.wide}`}
      aria-label={title}
      data-document="receipt"
      data-receipt={receipt.receiptNumber}
    >
      <header className={classes.head}>
        <p>
          {t(receipt.kind === "sale" ? "kindSale" : "kindReturn")} ·{" "}
          {t("till", { number: receipt.tillNumber })}
        </p>
        <h3>{title}</h3>
      </header>
      <ReceiptTimes receipt={receipt} />
      <section className={classes.section}>
        <table className={classes.lines}>
          <thead>
            <tr>
              <th scope="col">{t("line")}</th>
              <th scope="col">{t("quantity")}</th>
              <th scope="col">{t("price")}</th>
              <th scope="col">{t("amount")}</th>
            </tr>
          </thead>
          <tbody>
            {receipt.lines.map((line) => (
              <LineRow key={line.lineNo} line={line} onGoods={onGoods} />
            ))}
          </tbody>
        </table>
      </section>
      <ReceiptTotals receipt={receipt} />
      {receipt.copies > 0 && (
        <p className={classes.note}>{t("copies", { count: receipt.copies })}</p>
      )}
    </article>
  );
}

function ReceiptTimes({ receipt }: { readonly receipt: ReceiptView }) {
  const { t } = useTranslation("documents");
  const formats = useFormats();
  return (
    <dl className={classes.facts}>
      <div>
        <dt>{t("at")}</dt>
        <dd>{formats.moment(receipt.atMs)}</dd>
      </div>
      <div>
        <dt>{t("businessDate")}</dt>
        <dd>{formats.businessDate(receipt.businessDate)}</dd>
      </div>
      <div>
        <dt>{t("by")}</dt>
        <dd>
          <bdi>{receipt.by}</bdi>
        </dd>
      </div>
    </dl>
  );
}

function LineRow(props: {
  readonly line: ReceiptLineView;
  readonly onGoods: ((sku: string) => void) | undefined;
}) {
  const { t } = useTranslation("documents");
  const formats = useFormats();
  const { line, onGoods } = props;
  const { sku } = line;
  const quantity = formats.quantity(line.quantityMilli);
  const returnedMilli = line.quantityMilli > 0 ? line.quantityMilli - line.returnableMilli : 0;
  return (
    <tr>
      <td>
        {onGoods && sku !== null ? (
          <button type="button" className={classes.link} onClick={() => onGoods(sku)}>
            <bdi>{line.name}</bdi>
          </button>
        ) : (
          <bdi>{line.name}</bdi>
        )}
        {returnedMilli > 0 && (
          <p className={classes.note}>
            {t("returned", { quantity: formats.quantity(returnedMilli) })}
          </p>
        )}
      </td>
      <td>
        <bdi dir="ltr">{line.unit === "kg" ? t("kg", { quantity }) : quantity}</bdi>
      </td>
      <td>
        {line.unit === "kg" ? (
          <bdi dir="ltr">{t("perKg", { amount: formats.amount(line.unitPriceMinor) })}</bdi>
        ) : (
          <Amount minor={line.unitPriceMinor} />
        )}
      </td>
      <td>
        <Amount minor={line.amountMinor} />
      </td>
    </tr>
  );
}

function ReceiptTotals({ receipt }: { readonly receipt: ReceiptView }) {
  const { t } = useTranslation("documents");
  const taxWords = useTaxWords();
  return (
    <dl className={`${classes.facts} ${classes.totals}`}>
      <div>
        <dt>{t("netTotal")}</dt>
        <dd>
          <Amount minor={receipt.netMinor} />
        </dd>
      </div>
      {receipt.taxes.map((tax) => (
        <div key={`${tax.category} ${tax.ratePpm}`}>
          <dt>{taxWords(tax)}</dt>
          <dd>
            <Amount minor={tax.taxMinor} />
          </dd>
        </div>
      ))}
      <div className={classes.total}>
        <dt>{t("total")}</dt>
        <dd>
          <Amount minor={receipt.totalMinor} />{" "}
          <span className={classes.currency}>{receipt.currency}</span>
        </dd>
      </div>
      {receipt.tenders.map((tender, i) => (
        <div key={`${tender.kind} ${i}`}>
          <dt>
            {tender.amountMinor < 0 ? `${t("refund")}: ` : ""}
            {t(tender.kind)} <bdi>{tender.card?.label}</bdi>
          </dt>
          <dd>
            <Amount minor={tender.amountMinor} />
          </dd>
        </div>
      ))}
      {receipt.changeMinor > 0 && (
        <div>
          <dt>{t("change")}</dt>
          <dd>
            <Amount minor={receipt.changeMinor} />
          </dd>
        </div>
      )}
    </dl>
  );
}
