import { parseArgs } from "node:util";
import { startVirtualDevices } from "./devices.ts";
import { systemClock } from "./system-clock.ts";

const help = `Virtual devices: a receipt printer with a cash drawer, and a card terminal.

  --data DIR           keeps the paper and the payments (required)
  --printer-port N     the printer, ESC/POS over TCP        (0: any free port)
  --paper-port N       the page that shows paper and buttons (0: any free port)
  --payment-port N     the card terminal, nexo over HTTP     (0: any free port)
  --json               only the one line that says where everything is
  --help               this
`;

const port = { type: "string", default: "0" } as const;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: "string" },
      "printer-port": port,
      "paper-port": port,
      "payment-port": port,
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(help);
    return;
  }
  if (values.data === undefined) throw new Error("--data DIR is missing");
  const devices = await startVirtualDevices({
    data: values.data,
    printerPort: portOf(values["printer-port"]),
    paperPort: portOf(values["paper-port"]),
    paymentPort: portOf(values["payment-port"]),
    clock: systemClock,
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void devices.close().then(() => process.exit(0)));
  }
  const where = {
    ready: true,
    printer: `127.0.0.1:${devices.printer.port}`,
    paper: devices.page.url,
    payment: devices.payment.url,
    data: values.data,
  };
  const text = `Printer ${where.printer}\nPaper   ${where.paper}\nCards   ${where.payment}`;
  process.stdout.write(`${values.json ? JSON.stringify(where) : text}\n`);
}

function portOf(text: string): number {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(number <= 65_535)) throw new Error(`${text} is not a port`);
  return number;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
