import { unreachable } from "../../../domain/values/assert.ts";
import { type Pane, usePane } from "../../state/pane-store.ts";
import { GoodsPane } from "./goods/goods-pane.tsx";
import { DrawerPane } from "./sale-panes/drawer-pane.tsx";
import { KeysPane } from "./sale-panes/keys-pane.tsx";
import { LeavePane } from "./sale-panes/leave-pane.tsx";
import { GiftCardPane } from "./sale-panes/gift-card-pane.tsx";
import { MenuPane } from "./sale-panes/menu-pane.tsx";
import { OpenItemPane } from "./sale-panes/open-item-pane.tsx";
import { PricePane } from "./sale-panes/price-pane.tsx";
import { QuantityPane } from "./sale-panes/quantity-pane.tsx";
import { VoidPane } from "./sale-panes/void-pane.tsx";
import { WeightPane } from "./sale-panes/weight-pane.tsx";
import { PrintJobsPane } from "./panes/print-jobs-pane.tsx";
import { ReceiptsPane } from "./panes/receipts-pane.tsx";
import { ReturnsPane } from "./panes/returns-pane.tsx";
import { ShiftPane } from "./panes/shift-pane.tsx";
import { SuspendedPane } from "./panes/suspended-pane.tsx";
import { ChangePane } from "./pay/change-pane.tsx";
import { PayPane } from "./pay/pay-pane.tsx";
import classes from "./right-pane.module.css";
import { SearchPane } from "./search/search-pane.tsx";

/**
 * What stands beside the cart. The goods stay as they were left, group and all, behind whatever is
 * opened in front of them.
 */
export function RightPane() {
  const pane = usePane((state) => state.pane);
  const isGoods = pane.kind === "goods";
  return (
    <>
      <div className={classes.goods} inert={!isGoods} data-shown={isGoods}>
        <GoodsPane />
      </div>
      {!isGoods && (
        <div className={classes.front}>
          <FrontPane pane={pane} />
        </div>
      )}
    </>
  );
}

function FrontPane(props: { pane: Exclude<Pane, { kind: "goods" }> }) {
  const { pane } = props;
  switch (pane.kind) {
    case "search":
      return <SearchPane />;
    case "pay":
      return <PayPane />;
    case "change":
      return <ChangePane />;
    case "price":
      return <PricePane key={pane.product.sku} product={pane.product} />;
    case "weight":
      return <WeightPane key={pane.product.sku} product={pane.product} />;
    case "quantity":
      return <QuantityPane key={pane.lineId} lineId={pane.lineId} />;
    case "open-item":
      return <OpenItemPane />;
    case "gift-card":
      return <GiftCardPane />;
    case "void":
      return <VoidPane />;
    case "drawer":
      return <DrawerPane />;
    case "keys":
      return <KeysPane />;
    case "leave":
      return <LeavePane />;
    case "menu":
      return <MenuPane />;
    case "shift":
      return <ShiftPane />;
    case "returns":
      return <ReturnsPane key={pane.receiptNumber} receiptNumber={pane.receiptNumber} />;
    case "suspended":
      return <SuspendedPane />;
    case "receipts":
      return <ReceiptsPane />;
    case "print-jobs":
      return <PrintJobsPane />;
    default:
      return unreachable(pane);
  }
}
