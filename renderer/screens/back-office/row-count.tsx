import { useTranslation } from "react-i18next";
import { isolate } from "../../formatting/isolate.ts";
import { useFormats } from "../../formatting/use-formats.ts";
import classes from "./back-office.module.css";

/** How many rows stand in the table; a plus where there are more to read. */
export function RowCount(props: { readonly rows: number; readonly complete: boolean }) {
  const { t } = useTranslation("back-office");
  const count = useFormats().quantity(props.rows * 1000);
  const formatted = isolate(props.complete ? count : `${count}+`);
  return <output className={classes.rows}>{t("rows", { count: props.rows, formatted })}</output>;
}
