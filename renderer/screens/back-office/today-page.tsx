import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { netOfReturnsMinor } from "../../../domain/shift/net-of-returns.ts";
import type { StockView, TodayView } from "../../../host/contract/views.ts";
import { useQuery } from "../../command/use-query.ts";
import { Amount } from "../../controls/amount.tsx";
import { useFormats } from "../../formatting/use-formats.ts";
import { HourBars } from "./hour-bars.tsx";
import { useMaySeeCash } from "./may-see-cash.ts";
import { Page } from "./page.tsx";
import classes from "./today.module.css";

/** The day so far: four figures, the hours, what sells, what needs a count. */
export function TodayPage() {
  const { t } = useTranslation("back-office");
  const formats = useFormats();
  const query = useQuery("today.view", {}, ["sales", "stock", "shifts"]);
  const day = query.value;
  const businessDate = day?.businessDate ?? null;
  return (
    <Page
      title={t("today.title")}
      failure={query.state === "failed" ? query.failure : null}
      actions={
        businessDate !== null && (
          <span className={classes.date}>{formats.businessDate(businessDate)}</span>
        )
      }
    >
      {day && (
        <>
          <Figures day={day} />
          <div className={classes.columns}>
            <section className={classes.card}>
              <h2>{t("today.byHour")}</h2>
              {day.sales + day.returns === 0 ? (
                <p className={classes.quiet}>{t("today.noSales")}</p>
              ) : (
                <HourBars hours={day.salesByHour} />
              )}
            </section>
            <TopGoods day={day} />
          </div>
          <Oversold goods={day.oversold} />
        </>
      )}
    </Page>
  );
}

function Figures({ day }: { readonly day: TodayView }) {
  const { t } = useTranslation("back-office");
  const formats = useFormats();
  const maySeeCash = useMaySeeCash();
  const before = day.weekBefore;
  const count = (value: number) => formats.quantity(value * 1000);
  /** More or less than on the same weekday; the arrow stands beside the number, never alone. */
  const beside = (now: number, then: number | undefined, words: (value: number) => string) =>
    before === null || then === undefined
      ? undefined
      : `${now > then ? "▲" : now < then ? "▼" : "="} ${t("today.weekBefore", {
          date: formats.businessDate(before.businessDate),
          value: words(then),
        })}`;
  return (
    <>
      <dl className={classes.figures} data-turnover={netOfReturnsMinor(day)}>
        <Figure
          term={t("today.net")}
          note={t("today.netOf", {
            gross: formats.moneyText(day.grossMinor),
            returns: formats.moneyText(day.returnsMinor),
          })}
          before={beside(netOfReturnsMinor(day), before?.turnoverMinor, formats.moneyText)}
        >
          <Amount minor={netOfReturnsMinor(day)} withCurrency />
        </Figure>
        <Figure
          term={t("today.receipts")}
          note={t("today.receiptsOf", {
            sales: formats.quantity(day.sales * 1000),
            returns: formats.quantity(day.returns * 1000),
          })}
          before={beside(day.sales + day.returns, before?.receipts, count)}
        >
          {formats.quantity((day.sales + day.returns) * 1000)}
        </Figure>
        <Figure
          term={t("today.average")}
          before={beside(day.averageMinor, before?.averageMinor, formats.moneyText)}
        >
          <Amount minor={day.averageMinor} withCurrency />
        </Figure>
        <Figure term={t("today.items")} before={beside(day.items, before?.items, count)}>
          {formats.quantity(day.items * 1000)}
        </Figure>
      </dl>
      <p className={classes.quiet}>
        {maySeeCash
          ? t("today.tenders", {
              cash: formats.moneyText(day.cashMinor),
              card: formats.moneyText(day.cardMinor),
            })
          : t("today.blind")}
      </p>
    </>
  );
}

function Figure(props: {
  readonly term: string;
  readonly note?: string;
  /** The same weekday before. */
  readonly before?: string | undefined;
  readonly children: ReactNode;
}) {
  return (
    <div>
      <dt>{props.term}</dt>
      <dd>{props.children}</dd>
      {props.note !== undefined && <dd className={classes.note}>{props.note}</dd>}
      {props.before !== undefined && (
        <dd className={classes.note} data-week-before="">
          {props.before}
        </dd>
      )}
    </div>
  );
}

function TopGoods({ day }: { readonly day: TodayView }) {
  const { t } = useTranslation("back-office");
  const formats = useFormats();
  return (
    <section className={classes.card}>
      <h2>{t("today.top")}</h2>
      {day.topProducts.length === 0 && <p className={classes.quiet}>{t("today.noSales")}</p>}
      <ol className={classes.top}>
        {day.topProducts.map((product) => (
          <li key={product.sku}>
            <a href={`#/back-office/stock/${encodeURIComponent(product.sku)}`}>
              <bdi>{product.name}</bdi>
            </a>
            <span className={classes.quiet}>
              <bdi dir="ltr">× {formats.quantity(product.quantityMilli)}</bdi>
            </span>
            <Amount minor={product.amountMinor} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Oversold({ goods }: { readonly goods: readonly StockView[] }) {
  const { t } = useTranslation("back-office");
  const formats = useFormats();
  return (
    <section className={classes.card}>
      <h2>{t("today.oversold")}</h2>
      <p className={classes.quiet}>
        {goods.length === 0 ? t("today.noOversold") : t("today.oversoldHint")}
      </p>
      <ul className={classes.top}>
        {goods.map((product) => (
          <li key={product.sku}>
            <a href={`#/back-office/stock/${encodeURIComponent(product.sku)}`}>
              <bdi>{product.name}</bdi>
            </a>
            <span className={classes.quiet}>
              <bdi>{product.category}</bdi>
            </span>
            <bdi dir="ltr" className={classes.short}>
              {formats.quantity(product.stockMilli)}
            </bdi>
          </li>
        ))}
      </ul>
    </section>
  );
}
