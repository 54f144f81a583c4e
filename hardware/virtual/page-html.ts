import type { CardRecord } from "./card-records.ts";
import type { CardTerminal } from "./card-terminal.ts";
import type { PaperStore, TornReceipt } from "./paper-store.ts";
import type { VirtualPrinterState } from "./printer-server.ts";

/** Everything that the page shows. */
export interface DevicesView {
  readonly printer: VirtualPrinterState;
  readonly printerPort: number;
  readonly paper: PaperStore;
  readonly terminal: CardTerminal;
}

type Condition = "ready" | "look" | "stop";

/** Text for HTML, in content and in attributes. */
function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}

export function wholePage(view: DevicesView): string {
  const receipts = view.paper.list(40);
  const roll = receipts.map((receipt) => receiptHtml(receipt).html).join("");
  const empty = '<p class="empty">No receipt yet. Sell something: it comes out here.</p>';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Virtual devices · Evertill</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="/icon.svg">
<link rel="stylesheet" href="/page.css">
<script src="/page.js" type="module"></script>
</head>
<body>
<main>
<h1>Receipt printer <small>Made of software: what the till sends comes out as paper.</small></h1>
<div id="machine">${machineHtml(view)}</div>
<div class="roll" id="roll" aria-live="polite">${roll === "" ? empty : roll}</div>
</main>
<aside id="panel" aria-label="Devices">${panelHtml(view)}</aside>
</body>
</html>`;
}

/** The printer's body with its lamp, and what hangs out of it. */
export function machineHtml({ printer, printerPort }: DevicesView): string {
  const { condition, text } = printerCondition(printer);
  const hanging =
    printer.hangingDots > 0
      ? '<div class="hanging">A receipt is being printed and not cut yet.</div>'
      : "";
  return (
    `<div class="machine" data-condition="${condition}"><i class="lamp"></i>` +
    `<div><strong role="status">${text}</strong><br><span>${connectionText(printer)}</span></div>` +
    `<span class="model">TCP ${printerPort}</span></div>${hanging}`
  );
}

function connectionText({ connections, waitingBytes }: VirtualPrinterState): string {
  const till = connections === 0 ? "No till is connected" : "A till is connected";
  return waitingBytes === 0 ? till : `${till} · ${waitingBytes} bytes wait`;
}

function printerCondition(state: VirtualPrinterState): { condition: Condition; text: string } {
  if (state.power === "off") return { condition: "stop", text: "Switched off" };
  if (state.pace === "hung") return { condition: "stop", text: "Hangs: it says nothing" };
  if (state.cover === "open") return { condition: "stop", text: "Cover open" };
  if (state.paper === "out") return { condition: "stop", text: "Paper out" };
  if (state.offline) return { condition: "stop", text: "Offline" };
  if (state.paper === "near-end") return { condition: "look", text: "Paper nearly out" };
  return { condition: "ready", text: "Ready" };
}

/** A torn receipt: its picture, and its text for those who cannot see it. */
export function receiptHtml({ number, tornAtMs, text }: TornReceipt): { id: string; html: string } {
  const id = `receipt-${number}`;
  const at = new Date(tornAtMs);
  const time = at.toLocaleTimeString("en-GB");
  const html =
    `<article class="receipt" id="${id}"><header><h2>No. ${number}</h2>` +
    `<time datetime="${at.toISOString()}">${time}</time></header>` +
    `<div class="sheet"><div><img src="/receipts/${number}.png" alt="Receipt ${number}, its text ` +
    `is below" aria-describedby="text-${number}"></div></div>` +
    `<details><summary>As text</summary>` +
    `<pre id="text-${number}" dir="auto">${escapeHtml(text.join("\n").trim())}</pre></details></article>`;
  return { id, html };
}

/** The devices' buttons; what waits for a person comes first. */
export function panelHtml({ printer, terminal }: DevicesView): string {
  const card = cardSection(terminal);
  const others = printerSection(printer) + drawerSection(printer);
  return terminal.current ? card + others : others + card;
}

function printerSection(printer: VirtualPrinterState): string {
  const { condition, text } = printerCondition(printer);
  const behaviour = printer.offline ? "offline" : printer.pace;
  const line = printer.dropAfterBytes === null ? "whole" : "cut";
  return section("Printer", { condition, text }, [
    choice({
      action: "/printer",
      name: "paper",
      title: "Paper",
      value: printer.paper,
      options: {
        ok: "Full",
        "near-end": "Nearly out",
        out: "Out",
      },
    }),
    choice({
      action: "/printer",
      name: "cover",
      title: "Cover",
      value: printer.cover,
      options: { closed: "Closed", open: "Open" },
    }),
    choice({
      action: "/printer",
      name: "power",
      title: "Power",
      value: printer.power,
      options: { on: "On", off: "Off" },
    }),
    choice({
      action: "/printer",
      name: "behaviour",
      title: "Behaviour",
      value: behaviour,
      options: {
        normal: "Normal",
        slow: "Slow",
        offline: "Offline",
        hung: "Hangs",
      },
    }),
    choice({
      action: "/printer",
      name: "line",
      title: "Line to the till",
      value: line,
      options: {
        whole: "Whole",
        cut: "Breaks in the next receipt",
      },
    }),
  ]);
}

function drawerSection({ drawer }: VirtualPrinterState): string {
  const open = drawer === "open";
  const said = { condition: open ? "look" : "ready", text: open ? "Open" : "Closed" } as const;
  return section("Cash drawer", said, [
    `<form method="post" action="/drawer"><button id="close-drawer"${open ? ' class="go"' : " disabled"}>` +
      "Close the drawer</button></form>",
  ]);
}

function cardSection(terminal: CardTerminal): string {
  const { current, settings } = terminal;
  const said = {
    condition: current ? "look" : "ready",
    text: current ? "Waits for the card" : "Ready",
  } as const;
  return section("Card terminal", said, [
    current ? decisionForm(current) : '<p class="hint">A payment shows up here.</p>',
    choice({
      action: "/card",
      name: "auto",
      title: "The customer",
      value: settings.autoApprove ? "yes" : "no",
      options: {
        yes: "Pays by himself",
        no: "Waits for you",
      },
    }),
    choice({
      action: "/card",
      name: "fault",
      title: "The next payment",
      value: settings.nextFault,
      options: {
        none: "Goes well",
        "lose-request": "Never arrives",
        "lose-answer": "Loses its answer",
      },
    }),
    paymentTable(terminal.records.list(6)),
  ]);
}

function decisionForm(payment: CardRecord): string {
  return (
    `<p class="amount">${amountText(payment)} <small>${escapeHtml(payment.currency)}</small></p>` +
    '<form method="post" action="/card">' +
    '<button id="card-approve" class="go" name="decide" value="approve">Approve</button>' +
    '<button id="card-decline" name="decide" value="decline">Decline</button>' +
    '<button id="card-cancel" name="decide" value="cancel">Cancel</button></form>'
  );
}

const states: Readonly<Record<CardRecord["state"], string>> = {
  waiting: "waits",
  approved: "approved",
  refused: "refused",
  reversed: "given back",
};

function paymentTable(records: readonly CardRecord[]): string {
  const rows = records
    .filter(({ kind }) => kind === "payment")
    .map(
      (record) =>
        `<tr><th>${record.terminalReference}</th><td>${states[record.state]}</td>` +
        `<td>${amountText(record)} ${escapeHtml(record.currency)}</td></tr>`,
    );
  return rows.length === 0 ? "" : `<table>${rows.join("")}</table>`;
}

function amountText({ amountMinor, currency }: CardRecord): string {
  const format = new Intl.NumberFormat("en", { style: "currency", currency });
  const decimals = format.resolvedOptions().maximumFractionDigits ?? 2;
  const digits = String(amountMinor).padStart(decimals + 1, "0");
  const whole = Number(digits.slice(0, digits.length - decimals)).toLocaleString("en");
  return decimals === 0 ? whole : `${whole}.${digits.slice(-decimals)}`;
}

function section(
  title: string,
  said: { readonly condition: Condition; readonly text: string },
  parts: readonly string[],
): string {
  return (
    `<section><h2>${title}<output data-condition="${said.condition}">${said.text}</output></h2>` +
    `${parts.join("")}</section>`
  );
}

interface Choice {
  readonly action: string;
  readonly name: string;
  readonly title: string;
  readonly value: string;
  readonly options: Readonly<Record<string, string>>;
}

/** Buttons of which one is pressed. */
function choice({ action, name, title, value, options }: Choice): string {
  const buttons = Object.entries(options).map(
    ([option, text]) =>
      `<button id="${name}-${option}" name="${name}" value="${option}" ` +
      `aria-pressed="${String(option === value)}">${text}</button>`,
  );
  return (
    `<form method="post" action="${action}" role="group" aria-label="${title}">` +
    `<span class="name" aria-hidden="true">${title}</span>${buttons.join("")}</form>`
  );
}
