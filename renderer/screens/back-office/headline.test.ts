import { expect, it } from "vitest";
import type { NetworkView } from "../../../host/contract/views.ts";
import { headlineOf } from "./headline.ts";

const network: NetworkView = {
  state: "online",
  unsent: 0,
  oldestUnsentAtMs: null,
  provedEqual: true,
  provedAtMs: 1,
};

it.each([
  [{}, "proved", "proved", null],
  [{ state: "offline" }, "proved", "proved", null],
  [{ provedEqual: false }, "waiting", "sent", "proofAsked"],
  [{ provedEqual: false, state: "offline" }, "waiting", "sent", "proofLater"],
  [{ unsent: 12, provedEqual: false, state: "offline" }, "waiting", "waits", "goBySelf"],
  [{ unsent: 1, provedEqual: false }, "waiting", "waits", "goNow"],
  [{ state: "unauthorised", unsent: 3 }, "stopped", "unauthorised", "unauthorisedTodo"],
  [{ state: "refused" }, "stopped", "refused", "refusedTodo"],
] as const)("[U5] %j says %s, %s, %s", (change, tone, first, next) => {
  expect(headlineOf({ ...network, ...change })).toEqual({ tone, first, next });
});

it("[U5] unsent facts are never called proved, whatever the flag says", () => {
  expect(headlineOf({ ...network, unsent: 1, provedEqual: true }).tone).toBe("waiting");
});
