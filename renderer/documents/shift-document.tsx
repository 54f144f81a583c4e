import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { netOfReturnsMinor } from "../../domain/shift/net-of-returns.ts";
import { Amount } from "../controls/amount.tsx";
import { isolate } from "../formatting/isolate.ts";
import { useFormats } from "../formatting/use-formats.ts";
import { useRegister } from "../state/register-store.ts";
import classes from "./documents.module.css";
import type { ShiftPaper } from "./shift-paper.ts";
import { SignedAmount } from "./signed-amount.tsx";
import { useTaxWords } from "./use-tax-words.ts";
import { varianceKind } from "./variance.ts";

interface ShiftDocumentProps {
  readonly paper: ShiftPaper;
  readonly tillNumber: number;
  /** What stands on top of it; the title of the Z where nothing is said. */
  readonly title?: string | undefined;
  readonly reason?: string | undefined;
}

/** The report of a shift as it stands on paper: the stored Z, or the same figures before the close. */
export function ShiftDocument({ paper, tillNumber, title, reason }: ShiftDocumentProps) {
  const { t } = useTranslation("documents");
  const storeName = useRegister((state) => state.view?.terminal.storeName ?? "");
  const ownTitle = paper.zNumber === null ? t("xTitle") : t("zTitle", { number: paper.zNumber });
  return (
    <article
      className={classes.paper}
      aria-label={title ?? ownTitle}
      data-document={paper.zNumber === null ? "shift" : "z"}
    >
      <header className={classes.head}>
        <p>
          <bdi>{storeName}</bdi> · {t("till", { number: tillNumber })}
        </p>
        <h3>{title ?? ownTitle}</h3>
      </header>
      <ShiftTimes paper={paper} />
      <Trade paper={paper} />
      <Drawer paper={paper} reason={reason ?? paper.reason} />
      <Watched paper={paper} />
      {paper.perpetual && (
        <Section title={t("perpetual")}>
          <Row term={t("grandTotal")}>
            <Amount minor={paper.perpetual.grandTotalMinor} />
          </Row>
          <Row term={t("returnsTotal")}>
            <Amount minor={paper.perpetual.returnsTotalMinor} />
          </Row>
          <Row term={t("receiptCount")}>{paper.perpetual.receipts}</Row>
        </Section>
      )}
    </article>
  );
}

function ShiftTimes({ paper }: { readonly paper: ShiftPaper }) {
  const { t } = useTranslation("documents");
  const formats = useFormats();
  const byAt = (name: string, atMs: number) =>
    t("byAt", { name: isolate(name), moment: isolate(formats.moment(atMs)) });
  return (
    <dl className={classes.facts}>
      <Row term={t("businessDate")}>{formats.businessDate(paper.businessDate)}</Row>
      <Row term={t("opened")}>{byAt(paper.openedBy, paper.openedAtMs)}</Row>
      {paper.closed && (
        <>
          <Row term={t("closed")}>{byAt(paper.closed.by, paper.closed.atMs)}</Row>
          <Row term={t("receipts")}>
            {paper.receipts === null ? (
              t("none")
            ) : (
              <bdi>
                {t("receiptRange", {
                  first: isolate(paper.receipts.first),
                  last: isolate(paper.receipts.last),
                })}
              </bdi>
            )}
          </Row>
        </>
      )}
    </dl>
  );
}

function Trade({ paper }: { readonly paper: ShiftPaper }) {
  const { t } = useTranslation("documents");
  const taxWords = useTaxWords();
  const { totals } = paper;
  return (
    <>
      <Section title={t("trade")}>
        <Row term={t("sales")} count={totals.sales}>
          <Amount minor={totals.grossMinor} />
        </Row>
        <Row term={t("returns")} count={totals.returns}>
          <Amount minor={totals.returnsMinor} />
        </Row>
        <Row term={t("net")} strong>
          <Amount minor={netOfReturnsMinor(totals)} />
        </Row>
      </Section>
      {totals.taxes.length > 0 && (
        <Section title={t("taxes")}>
          {totals.taxes.map((tax) => (
            <Row key={`${tax.category} ${tax.ratePpm}`} term={taxWords(tax)}>
              <Amount minor={tax.taxMinor} />
            </Row>
          ))}
        </Section>
      )}
    </>
  );
}

/** Cash stays hidden until it was counted: whoever counts may not know what is expected. */
function Drawer(props: { readonly paper: ShiftPaper; readonly reason: string | undefined }) {
  const { t } = useTranslation("documents");
  const { paper, reason } = props;
  if (paper.drawer === null) return null;
  const { expectedMinor, countedMinor, varianceMinor } = paper.drawer;
  const word = t(varianceKind(varianceMinor));
  return (
    <>
      <Section title={t("tenders")}>
        <Row term={t("cash")}>
          <Amount minor={paper.totals.cashMinor} />
        </Row>
        <Row term={t("card")}>
          <Amount minor={paper.totals.cardMinor} />
        </Row>
        {(paper.totals.giftCardMinor ?? 0) !== 0 && (
          <Row term={t("gift-card")}>
            <Amount minor={paper.totals.giftCardMinor ?? 0} />
          </Row>
        )}
      </Section>
      <Section title={t("drawer")}>
        {paper.floatMinor !== null && (
          <Row term={t("float")}>
            <Amount minor={paper.floatMinor} />
          </Row>
        )}
        <Row term={t("expected")}>
          <Amount minor={expectedMinor} />
        </Row>
        <Row term={t("counted")}>
          <Amount minor={countedMinor} />
        </Row>
        <Row term={t("variance")} strong>
          <SignedAmount minor={varianceMinor} /> <span className={classes.word}>{word}</span>
        </Row>
        {reason !== undefined && reason !== "" && (
          <Row term={t("reason")}>
            <bdi>{reason}</bdi>
          </Row>
        )}
      </Section>
    </>
  );
}

function Watched({ paper }: { readonly paper: ShiftPaper }) {
  const { t } = useTranslation("documents");
  const { voids, noSales, linesRemoved, reprints } = paper.totals;
  return (
    <Section title={t("watched")}>
      <Row term={t("voids")}>{voids}</Row>
      <Row term={t("noSales")}>{noSales}</Row>
      <Row term={t("linesRemoved")}>{linesRemoved}</Row>
      <Row term={t("reprints")}>{reprints}</Row>
    </Section>
  );
}

function Section(props: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={classes.section}>
      <h4>{props.title}</h4>
      <dl className={classes.facts}>{props.children}</dl>
    </section>
  );
}

interface RowProps {
  readonly term: string;
  readonly count?: number;
  readonly strong?: boolean;
  readonly children: ReactNode;
}

function Row({ term, count, strong, children }: RowProps) {
  return (
    <div className={strong === true ? classes.strong : undefined}>
      <dt>
        <span>{term}</span>
        {count !== undefined && <span className={classes.count}>{count}</span>}
      </dt>
      <dd>{children}</dd>
    </div>
  );
}
