import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { StockView } from "../../../../host/contract/views.ts";
import { useChannel } from "../../../channel/channel-context.tsx";
import { useQuery } from "../../../command/use-query.ts";
import { useScanRequest } from "../../../scan/scan-request.ts";
import { blip, lowDouble } from "../../../sound/sounds.ts";
import office from "../back-office.module.css";
import classes from "./counts.module.css";
import { addGood, type Mode } from "./sheet-store.ts";

const shown = 8;

interface AddGoodsProps {
  readonly mode: Mode;
  /** The good is on the sheet: its quantity is asked next. */
  readonly onAdded: (sku: string) => void;
}

/** Goods come onto the sheet by scanner, or by name. */
export function AddGoods({ mode, onAdded }: AddGoodsProps) {
  const { t } = useTranslation("counts");
  const channel = useChannel();
  const [text, setText] = useState("");
  const wanted = text.trim();

  function add(good: StockView): void {
    addGood(mode, good);
    setText("");
    onAdded(good.sku);
  }

  async function addScanned(code: string): Promise<void> {
    const found = await channel.call("stock.list", { text: code.slice(0, 100), limit: 1 });
    const [good] = found.ok ? found.value : [];
    if (good === undefined) return lowDouble();
    blip();
    add(good);
  }

  useScanRequest(({ code, receiptNumber }) => {
    if (receiptNumber !== null) return false;
    void addScanned(code);
    return true;
  });

  return (
    <div className={classes.find}>
      <label className={`${office.filter} ${office.wide}`}>
        <span>{t("find")}</span>
        <input
          type="search"
          maxLength={100}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      {wanted !== "" && <Found text={wanted} onChoose={add} />}
    </div>
  );
}

function Found(props: { readonly text: string; readonly onChoose: (good: StockView) => void }) {
  const { t } = useTranslation("counts");
  const goods = useQuery("stock.list", { text: props.text, limit: shown }).value;
  if (goods?.length === 0) return <p className={office.quiet}>{t("nothingFound")}</p>;
  return (
    <ul className={classes.found} aria-label={t("found")}>
      {goods?.map((good) => (
        <li key={good.sku}>
          <button type="button" data-add={good.sku} onClick={() => props.onChoose(good)}>
            <bdi>{good.name}</bdi>
            <bdi dir="ltr" className={office.quiet}>
              {good.gtin ?? good.sku}
            </bdi>
          </button>
        </li>
      ))}
    </ul>
  );
}
