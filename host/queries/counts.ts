import { ok } from "../../domain/values/result.ts";
import type { Query } from "../commands/command.ts";

export const listCounts: Query<"stock.counts"> = () => ok([]);

export const listUncertain: Query<"stock.uncertain"> = () => ok([]);
