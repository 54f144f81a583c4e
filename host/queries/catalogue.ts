import { ok } from "../../domain/values/result.ts";
import type { Query } from "../commands/command.ts";
import { productView } from "../views/product-view.ts";

export const searchCatalogue: Query<"catalogue.search"> = (till, { text, limit }) =>
  ok(till.ledger.search(text, limit ?? 30).map((product) => productView(till, product)));

export const listGroups: Query<"catalogue.groups"> = (till) => ok(till.ledger.catalogue.groups());

export const listGroup: Query<"catalogue.group"> = (till, { group }) =>
  ok(till.ledger.catalogue.inGroup(group).map((product) => productView(till, product)));
