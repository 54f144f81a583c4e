import { ok } from "../../domain/values/result.ts";
import type { Query } from "../commands/command.ts";
import { registerView } from "../views/register-view.ts";

export const viewRegister: Query<"register.view"> = (till) => ok(registerView(till));
