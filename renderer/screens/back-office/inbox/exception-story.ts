import type { ExceptionView } from "../../../../host/contract/exception-views.ts";
import { removedBy } from "../../../../domain/exceptions/exception-details.ts";
import type { Formats } from "../../../formatting/use-formats.ts";
import { isolate } from "../../../formatting/isolate.ts";
import type { InboxWords } from "./inbox-words.ts";
import { valueText } from "./value-text.ts";

/** What a card of the inbox says: what happened, in plain words, and both sides of it. */
export interface Story {
  readonly title: string;
  readonly lines: readonly string[];
  /** Both values, with who and when. */
  readonly sides: readonly Side[];
  /** Where the facts behind it are. */
  readonly link: { readonly route: string; readonly key: "oversold.count" } | null;
}

export interface Side {
  readonly key: "kept" | "other";
  readonly value: string;
  readonly by: string;
  readonly time: string | null;
}

interface Told {
  readonly t: InboxWords;
  readonly formats: Formats;
}

type Of<K extends ExceptionView["kind"]> = Extract<ExceptionView, { kind: K }>;

const plain = { lines: [], sides: [], link: null } as const;

export function storyOf(view: ExceptionView, told: Told): Story {
  const { t, formats } = told;
  const till = (terminalId: string | undefined) => tillName(view, terminalId, t);
  switch (view.kind) {
    case "oversold":
      return oversold(view, told);
    case "edit-conflict":
      return editConflict(view, told);
    case "code-conflict":
      return codeConflict(view, told);
    case "count-uncertain":
      return countUncertain(view, told);
    case "over-returned":
      return overReturned(view, told);
    case "number-reused":
      return numberReused(view, told);
    case "recalled-twice":
      return recalledTwice(view, told);
    case "forked": {
      const { terminalId, epoch } = view.detail;
      const title = t("forked.title", { till: till(terminalId) });
      return { ...plain, title, lines: [t("forked.text", { epoch })] };
    }
    case "cloned": {
      const title = t("cloned.title", { till: till(view.detail.terminalId) });
      return { ...plain, title, lines: [t("cloned.text")] };
    }
    case "cloud-restored":
      return { ...plain, title: t("cloud-restored.title"), lines: [t("cloud-restored.text")] };
    case "overdrawn": {
      const { account, accountId, balanceMinor, deltaMinor, terminalId } = view.detail;
      const named = { account: t(`overdrawn.${account}`), id: isolate(accountId) };
      // Points are counted, a gift card holds money.
      const held = (minor: number) =>
        account === "points" ? formats.quantity(minor * 1_000) : formats.moneyText(minor);
      const balance = isolate(held(balanceMinor));
      const last = { quantity: isolate(held(deltaMinor)), till: till(terminalId) };
      return {
        ...plain,
        title: t("overdrawn.title", named),
        lines: [t("overdrawn.text", { balance }), t("lastMoved", last)],
      };
    }
    case "parked": {
      const { terminalId, reason } = view.detail;
      const title = t("parked.title", { till: till(terminalId) });
      return { ...plain, title, lines: [t("parked.text", { reason: isolate(reason) })] };
    }
    case "unknown": {
      const { kind, text } = view.detail;
      const title = t("unknown.title", { kind: isolate(kind) });
      return { ...plain, title, lines: [t("unknown.text", { text: isolate(text) })] };
    }
  }
}

function tillName(view: ExceptionView, terminalId: string | undefined, t: InboxWords): string {
  const number = terminalId === undefined ? undefined : view.tills[terminalId];
  return number === undefined ? t("aTill") : t("till", { number });
}

function personName(view: ExceptionView, personId: string | undefined, t: InboxWords): string {
  return isolate((personId === undefined ? undefined : view.names[personId]) ?? t("someone"));
}

function oversold(view: Of<"oversold">, { t, formats }: Told): Story {
  const { sku, deltaMilli, levelMilli, terminalId } = view.detail;
  const last = {
    quantity: isolate(formats.quantity(deltaMilli)),
    till: tillName(view, terminalId, t),
  };
  return {
    title: t("oversold.title", { name: isolate(view.names[sku] ?? sku) }),
    lines: [
      t("oversold.text", { level: isolate(formats.quantity(levelMilli)) }),
      t("lastMoved", last),
    ],
    sides: [],
    link: { route: `/back-office/counts/${encodeURIComponent(sku)}`, key: "oversold.count" },
  };
}

interface Author {
  readonly who: string;
  readonly origin: "store" | "head-office";
  readonly terminalId?: string | undefined;
  readonly atMs: number;
}

/** Whose word it is, and when it was said. */
function authorOf(
  view: ExceptionView,
  of: Author,
  { t, formats }: Told,
): Omit<Side, "key" | "value"> {
  const who = view.names[of.who] ?? (of.who === "" ? t("someone") : of.who);
  const where = of.origin === "head-office" ? t("headOffice") : tillName(view, of.terminalId, t);
  return {
    by: t("by", { who: isolate(who), where }),
    time: of.atMs === 0 ? null : formats.moment(of.atMs),
  };
}

/** [C3] Both goods; the names as the till knows them now. */
function codeConflict(view: Of<"code-conflict">, told: Told): Story {
  const { t } = told;
  const { field, code, kept, other } = view.detail;
  const nameOf = (of: typeof kept) => isolate(view.names[of.sku] ?? of.name);
  const side = (key: Side["key"], of: typeof kept): Side => {
    const value = t("code-conflict.good", { name: nameOf(of), sku: isolate(of.sku) });
    return { key, value, ...authorOf(view, of, told) };
  };
  const names = { kept: nameOf(kept), other: nameOf(other) };
  return {
    title: t(`code-conflict.title.${field}`, { code: isolate(code) }),
    lines: [t("code-conflict.text", names)],
    sides: [side("kept", kept), side("other", other)],
    link: null,
  };
}

function editConflict(view: Of<"edit-conflict">, told: Told): Story {
  const { t, formats } = told;
  const { sku, name, field, policy, kept, other } = view.detail;
  const side = (key: Side["key"], of: typeof kept): Side => {
    return { key, value: valueText(field, of.value, t, formats), ...authorOf(view, of, told) };
  };
  const named = { name: isolate(view.names[sku] ?? name), field: t(`field.${field}`) };
  if (kept.who === removedBy) {
    const gone: Side = { key: "kept", value: t("removed"), by: t("headOffice"), time: null };
    const title = t("edit-conflict.removedTitle", named);
    const lines = [t("edit-conflict.removed", named)];
    return { title, lines, sides: [gone, side("other", other)], link: null };
  }
  return {
    title: t("edit-conflict.title", named),
    lines: [t(`edit-conflict.policy.${policy}`)],
    sides: [side("kept", kept), side("other", other)],
    link: null,
  };
}

function countUncertain(view: Of<"count-uncertain">, { t, formats }: Told): Story {
  const { sku, countedMilli, countedAtMs, countedBy, movement, uncertaintyMs, assumed } =
    view.detail;
  const seconds = formats.quantity(Math.ceil((uncertaintyMs ?? 0) / 1_000) * 1_000);
  return {
    title: t("count-uncertain.title", { name: isolate(view.names[sku] ?? sku) }),
    lines: [
      t("count-uncertain.counted", {
        quantity: isolate(formats.quantity(countedMilli)),
        time: formats.moment(countedAtMs),
        who: personName(view, countedBy, t),
      }),
      t("count-uncertain.moved", {
        quantity: isolate(formats.quantity(movement.deltaMilli)),
        till: tillName(view, movement.terminalId, t),
        time: formats.moment(movement.atMs),
      }),
      uncertaintyMs === null
        ? t("count-uncertain.unmeasured")
        : t("count-uncertain.within", { seconds }),
      t(`count-uncertain.assumed.${assumed}`),
    ],
    sides: [],
    link: null,
  };
}

function overReturned(view: Of<"over-returned">, { t, formats }: Told): Story {
  const { name, receiptNumber, lineNo, soldMilli, returnedMilli, returns } = view.detail;
  return {
    title: t("over-returned.title", { name: isolate(name) }),
    lines: [
      t("over-returned.text", {
        receipt: isolate(receiptNumber),
        line: lineNo,
        sold: isolate(formats.quantity(soldMilli)),
        returned: isolate(formats.quantity(returnedMilli)),
      }),
      ...returns.map((back) =>
        t("over-returned.one", {
          receipt: isolate(back.receiptNumber),
          till: tillName(view, back.terminalId, t),
          time: formats.moment(back.atMs),
          who: personName(view, back.by, t),
          quantity: isolate(formats.quantity(back.quantityMilli)),
        }),
      ),
    ],
    sides: [],
    link: null,
  };
}

function recalledTwice(view: Of<"recalled-twice">, { t, formats }: Told): Story {
  return {
    ...plain,
    title: t("recalled-twice.title"),
    lines: [
      t("recalled-twice.text"),
      ...view.detail.recalls.map(({ terminalId, atMs, by }) =>
        t("recalled-twice.one", {
          till: tillName(view, terminalId, t),
          time: formats.moment(atMs),
          who: personName(view, by, t),
        }),
      ),
    ],
  };
}

function numberReused(view: Of<"number-reused">, { t, formats }: Told): Story {
  const { receiptNumber, receipts } = view.detail;
  return {
    title: t("number-reused.title", { number: isolate(receiptNumber) }),
    lines: [
      t("number-reused.text"),
      ...receipts.map((each) => {
        const place = {
          receipt: isolate(each.receiptNumber),
          till: tillName(view, each.terminalId, t),
          time: formats.moment(each.atMs),
          who: personName(view, each.by, t),
        };
        return each.totalMinor === undefined
          ? t("receiptAt", place)
          : t("receiptTotal", { ...place, total: formats.moneyText(each.totalMinor) });
      }),
    ],
    sides: [],
    link: null,
  };
}
