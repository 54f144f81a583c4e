import { useVirtualizer } from "@tanstack/react-virtual";
import { memo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useQuery } from "../../../command/use-query.ts";
import { Amount } from "../../../controls/amount.tsx";
import { useGoods } from "../use-goods.ts";
import classes from "./goods-grid.module.css";
import { useColumns } from "./use-columns.ts";

const tileHeight = 100;
const tileGap = 8;
const narrowestTile = 128;

/**
 * Groups as a strip, their goods as tiles. Nothing here depends on the cart: a scan does not touch
 * it.
 */
export const GoodsGrid = memo(function GoodsGrid() {
  const { t } = useTranslation("register");
  const { value: groups } = useQuery("catalogue.groups", {}, ["catalogue"]);
  const [chosen, setChosen] = useState<string | null>(null);
  const group = chosen ?? groups?.[0]?.group ?? null;
  if (groups !== null && groups.length === 0) {
    return <p className={classes.empty}>{t("goods.none")}</p>;
  }
  return (
    <div className={classes.grid}>
      <div className={classes.groups} role="tablist" aria-label={t("goods.groups")}>
        {groups?.map((each) => (
          <button
            key={each.group}
            type="button"
            role="tab"
            aria-selected={each.group === group}
            onClick={() => setChosen(each.group)}
          >
            <bdi>{each.group}</bdi>
          </button>
        ))}
      </div>
      {group !== null && <Tiles key={group} group={group} />}
    </div>
  );
});

function Tiles(props: { group: string }) {
  const { t } = useTranslation("register");
  const { value: products } = useQuery("catalogue.group", { group: props.group }, ["catalogue"]);
  const scroller = useRef<HTMLDivElement>(null);
  const columns = useColumns(scroller, narrowestTile, tileGap);
  const goods = useGoods();
  const rows = useVirtualizer({
    count: Math.ceil((products?.length ?? 0) / columns),
    getScrollElement: () => scroller.current,
    estimateSize: () => tileHeight,
    gap: tileGap,
    overscan: 2,
  });
  return (
    <div ref={scroller} className={classes.scroller} role="tabpanel" aria-label={props.group}>
      <div className={classes.rows} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((row) => (
          <div
            key={row.key}
            className={classes.row}
            style={{
              transform: `translateY(${row.start}px)`,
              gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
            }}
          >
            {products?.slice(row.index * columns, (row.index + 1) * columns).map((product) => (
              <button
                key={product.sku}
                type="button"
                className={classes.tile}
                data-tile={product.sku}
                onClick={() => goods.add(product)}
              >
                <span className={classes.name} dir="auto">
                  {product.name}
                </span>
                <span className={classes.price}>
                  {product.priceMinor === null ? (
                    t("price.asked")
                  ) : (
                    <Amount minor={product.priceMinor} />
                  )}
                  {product.unit === "kg" && <span> / {t("cart.kg")}</span>}
                </span>
              </button>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}
