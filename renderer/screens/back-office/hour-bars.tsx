import { useTranslation } from "react-i18next";
import type { TodayView } from "../../../host/contract/views.ts";
import { Amount } from "../../controls/amount.tsx";
import { useFormats } from "../../formatting/use-formats.ts";
import { barHeights, shownHours } from "./hours.ts";
import classes from "./today.module.css";

/** Sales by hour as bars with their figures: a list, so that it is read out as one. */
export function HourBars({ hours }: { readonly hours: TodayView["salesByHour"] }) {
  const { t } = useTranslation("back-office");
  const formats = useFormats();
  const shown = shownHours(hours);
  const heights = barHeights(shown.map((each) => each.totalMinor));
  return (
    <ul className={classes.bars}>
      {shown.map(({ hour, sales, totalMinor }, i) => (
        <li
          key={hour}
          aria-label={t("today.hourBar", {
            hour,
            next: hour + 1,
            amount: formats.moneyText(totalMinor),
            count: sales,
          })}
        >
          <span aria-hidden className={classes.track}>
            <span
              className={classes.bar}
              data-empty={sales === 0 || undefined}
              style={{ blockSize: `${heights[i] ?? 0}%` }}
            >
              {sales > 0 && <Amount minor={totalMinor} className={classes.barFigure} />}
            </span>
          </span>
          <span aria-hidden className={classes.hour}>
            {hour}
          </span>
        </li>
      ))}
    </ul>
  );
}
