import { contractVersion } from "../../host/contract/operations.ts";
import type { TillChannel } from "../channel/till-channel.ts";
import { startLanguage } from "../i18n/start-i18n.ts";
import { useCardRefusal } from "./card-refusal-store.ts";
import { useRegister } from "./register-store.ts";
import { useStatus } from "./status-store.ts";

/** Keeps the stores equal to what the host says, over every reconnection. Returns how to stop. */
export function followHost(channel: TillChannel): () => void {
  const stops = [
    channel.onHello((hello) => {
      startLanguage(hello.locale);
      useStatus.setState({ outdated: hello.contractVersion !== contractVersion });
    }),
    channel.onConnection((connected) => {
      useStatus.setState({ connected });
      if (connected) void readAll(channel);
    }),
    channel.subscribe("register", (view) => useRegister.getState().apply(view)),
    channel.subscribe("card-refused", ({ why }) => useCardRefusal.setState({ why })),
    channel.subscribe("status", (view) => useStatus.setState({ view })),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

async function readAll(channel: TillChannel): Promise<void> {
  const [register, status] = await Promise.all([
    channel.call("register.view", {}),
    channel.call("status.view", {}),
  ]);
  if (register.ok) useRegister.getState().restart(register.value);
  if (status.ok) useStatus.setState({ view: status.value });
}
