import type { MessagePortMain, ParentPort } from "electron";
import { openChannelSession } from "../host/node/channel-session.ts";
import { explainStart } from "../host/node/explain-start.ts";
import { openTill, type RunningTill } from "../host/node/open-till.ts";
import { readTillOptions } from "../host/node/till-options.ts";
import type { LeaveView } from "../host/contract/office-views.ts";
import { type FromHostProcess, type LeaveQuestion, toHostProcess } from "./host-messages.ts";

/** The host's process in Electron: the same till as in plain Node, with ports instead of sockets. */

const main: ParentPort = process.parentPort;
const say = (message: FromHostProcess) => main.postMessage(message);

let till: RunningTill | null = null;

main.on("message", (event) => {
  const message = toHostProcess.safeParse(event.data);
  if (!message.success) return;
  const [port] = event.ports;
  if (message.data.kind === "connect" && port !== undefined && till !== null) attach(till, port);
  if (message.data.kind === "ask") say({ kind: "alive" });
  if (message.data.kind === "leave" && till !== null) void judge(till, message.data);
  if (message.data.kind === "close") void close();
});

function attach(running: RunningTill, port: MessagePortMain): void {
  const session = openChannelSession(running.endpoint, running.locale, (message) =>
    port.postMessage(message),
  );
  port.on("message", (event) => session.received(event.data));
  port.on("close", () => session.ended());
  port.start();
}

/** [P2] A till that cannot say how it stands keeps nobody. */
async function judge(running: RunningTill, { question, what }: LeaveQuestion): Promise<void> {
  const answer = await running.endpoint.call("leave.check", { what });
  const stands = answer.ok ? (answer.value as LeaveView) : { mayGo: true, reasons: [] };
  say({ kind: "leaving", question, mayGo: stands.mayGo, reasons: [...stands.reasons] });
}

async function close(): Promise<void> {
  await till?.close();
  process.exit(0);
}

try {
  till = await openTill(readTillOptions(process.argv.slice(2), process.env));
  const { register, backOffice, sellable } = till;
  say({ kind: "ready" });
  void sellable.then(() => say({ kind: "sellable", register, backOffice }));
} catch (error) {
  say({ kind: "failed", ...explainStart(error) });
}
