import { ok } from "../../domain/values/result.ts";
import { statusView } from "../views/status-view.ts";
import type { Query } from "../commands/command.ts";

export const viewStatus: Query<"status.view"> = (till) => ok(statusView(till));
