import { useTranslation } from "react-i18next";
import { failureText } from "../../command/failure-text.ts";
import { useQuery } from "../../command/use-query.ts";
import { ReceiptDocument } from "../../documents/receipt-document.tsx";
import { useFormats } from "../../formatting/use-formats.ts";
import { navigate } from "../../router/route.ts";
import { Detail } from "./page.tsx";
import classes from "./back-office.module.css";

/** The receipt behind a row. Its goods lead to their stock movements. */
export function SaleDetail(props: { readonly saleId: string; readonly onClose: () => void }) {
  const { t } = useTranslation("back-office");
  const { t: words } = useTranslation();
  const formats = useFormats();
  const found = useQuery("receipt.get", { saleId: props.saleId }, ["sales"]);
  const failure = found.state === "failed" ? found.failure : null;
  return (
    <Detail onClose={props.onClose}>
      {failure && (
        <p role="alert" className={classes.look}>
          {failure.type === "UnknownReceipt"
            ? t("sales.elsewhere")
            : failureText(failure, words, formats).happened}
        </p>
      )}
      {found.value && (
        <ReceiptDocument
          receipt={found.value}
          onGoods={(sku) => navigate(`/back-office/stock/${encodeURIComponent(sku)}`)}
        />
      )}
    </Detail>
  );
}
