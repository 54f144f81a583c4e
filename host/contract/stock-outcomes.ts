import type {
  StockCountRowView,
  StockCountView,
  StockMovedView,
  UncertainCountView,
} from "./stock-views.ts";

/** Output and expected failures of counting, receiving and adjusting. */
export interface StockOutcomes {
  /** [C2] The level is what was counted, plus what happens after it; anybody signed in may count. */
  "stock.count": {
    output: StockCountView;
    failure: { type: "NotSignedIn" } | { type: "UnknownProduct"; sku: string };
  };
  "stock.receive": {
    output: StockMovedView;
    failure: { type: "NotSignedIn" } | { type: "UnknownProduct"; sku: string };
  };
  /** A manager's. */
  "stock.adjust": {
    output: StockMovedView;
    failure:
      | { type: "NotSignedIn" }
      | { type: "ManagerNeeded" }
      | { type: "UnknownProduct"; sku: string }
      /** The sign does not fit the reason: waste adds nothing. */
      | { type: "WrongSign"; sku: string };
  };
  "stock.counts": { output: StockCountRowView[]; failure: never };
  "stock.uncertain": { output: UncertainCountView[]; failure: never };
}
