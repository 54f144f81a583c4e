import type { Book, CardMove } from "./book.ts";
import type { CloudLook } from "./cloud-watch.ts";
import type { SimTill } from "../shop/till.ts";
import { must } from "./violation.ts";

/** [C5] What somebody with a pencil knows of gift cards and points, and what must hold of them at rest. */
export interface CardBook {
  /** A manager's word on an account, with a reason that nobody else writes. */
  moved(move: ManagersMove): void;
  check(store: CheckedStore, look: CloudLook): void;
}

interface ManagersMove extends CardMove {
  readonly reason: string;
}

interface CheckedStore {
  readonly book: Book;
  readonly tills: readonly SimTill[];
}

export function createCardBook(): CardBook {
  const byManagers: ManagersMove[] = [];

  /** What each account holds: everything that was put on it and taken from it, as far as it is written. */
  function balances(book: Book, look: CloudLook): Map<string, number> {
    const sales = book.sales().filter(({ saleId }) => look.saleIds.has(saleId));
    const reasons = new Set(
      look
        .rows<{ reason: string }>(
          `SELECT body ->> '$.payload.reason' AS reason FROM fact
           WHERE type = 'account.moved' AND verdict = 'applied'`,
        )
        .map(({ reason }) => reason),
    );
    const said = byManagers.filter(({ reason }) => reasons.has(reason));
    const sums = new Map<string, number>();
    for (const { account, deltaMinor } of [...sales.flatMap((sale) => sale.giftCards), ...said]) {
      sums.set(account, (sums.get(account) ?? 0) + deltaMinor);
    }
    return sums;
  }

  return {
    moved: (move) => void byManagers.push(move),
    check({ book, tills }, look) {
      const expected = textOf(balances(book, look));
      const inCloud = textOf(
        new Map(
          look
            .rows<Balance>(
              "SELECT account || '/' || account_id AS id, balance_minor AS minor FROM account",
            )
            .map(({ id, minor }) => [id, minor]),
        ),
      );
      must(inCloud === expected, "gift-cards", () => `cloud: ${inCloud}, by the book: ${expected}`);
      for (const till of tills) {
        const there = textOf(balancesAt(till));
        must(there === expected, "gift-cards", () => {
          return `${till.name}: ${there}, by the book: ${expected}`;
        });
      }
      overdraftsAreTold(look);
      overdraftsAreExplained(tills, look);
    },
  };
}

interface Balance {
  readonly id: string;
  readonly minor: number;
}

function textOf(balances: ReadonlyMap<string, number>): string {
  return [...balances]
    .map(([id, minor]) => `${id}=${minor}`)
    .toSorted()
    .join(" ");
}

function balancesAt(till: SimTill): Map<string, number> {
  const rows = till
    .ledger()
    .database.prepare<[], Balance>(
      `SELECT id, sum(minor) AS minor FROM (
         SELECT account || '/' || account_id AS id, balance_minor AS minor FROM account
         UNION ALL SELECT account || '/' || account_id, delta_minor FROM own_account_move)
       GROUP BY id`,
    )
    .all();
  return new Map(rows.map(({ id, minor }) => [id, minor]));
}

interface CardFact {
  readonly terminalId: string;
  readonly type: string;
  readonly payload: {
    readonly account: string;
    readonly accountId: string;
    readonly deltaMinor: number;
    readonly lines: readonly CardLine[];
    readonly tenders: readonly CardLine[];
  };
}

interface CardLine {
  readonly giftCard?: string;
  readonly amountMinor: number;
}

interface MoveOfTill extends CardMove {
  readonly terminalId: string;
}

/** In the order in which the cloud heard of them. */
function movesInCloud(look: CloudLook): MoveOfTill[] {
  return look
    .rows<{ body: string }>(
      `SELECT body FROM fact WHERE verdict = 'applied' AND (type = 'account.moved'
         OR (type IN ('sale.completed', 'return.completed') AND body LIKE '%"giftCard"%'))
       ORDER BY fact_no`,
    )
    .flatMap(({ body }) => {
      const { terminalId, type, payload } = JSON.parse(body) as CardFact;
      const { deltaMinor } = payload;
      const moved = { terminalId, account: `${payload.account}/${payload.accountId}`, deltaMinor };
      if (type === "account.moved") return [moved];
      const of = (lines: readonly CardLine[], sign: 1 | -1) =>
        lines.flatMap(({ giftCard: accountId, amountMinor }) =>
          accountId === undefined
            ? []
            : [{ terminalId, account: `gift-card/${accountId}`, deltaMinor: sign * amountMinor }],
        );
      return [...of(payload.lines, 1), ...of(payload.tenders, -1)];
    });
}

/** Whoever took a card below nothing was told of, and nobody else. */
function overdraftsAreTold(look: CloudLook): void {
  const sums = new Map<string, number>();
  const below = new Set<string>();
  for (const { account, deltaMinor } of movesInCloud(look)) {
    const sum = (sums.get(account) ?? 0) + deltaMinor;
    sums.set(account, sum);
    if (deltaMinor < 0 && sum < 0) below.add(account);
  }
  const told = look
    .rows<{ subject: string }>("SELECT subject FROM exception WHERE kind = 'overdrawn'")
    .map(({ subject }) => subject);
  for (const subject of below) {
    must(told.includes(subject), "conflicts-recorded", () => `nobody is told of ${subject}`);
  }
  for (const subject of told) {
    must(below.has(subject), "no-false-alarms", () => `${subject} never was below nothing`);
  }
}

/** One till knows what it took itself: below nothing a card comes by two that did not hear of each other. */
function overdraftsAreExplained(tills: readonly SimTill[], look: CloudLook): void {
  const takers = new Map<string, Set<string>>();
  const sums = new Map<string, number>();
  for (const { account, deltaMinor, terminalId } of movesInCloud(look)) {
    sums.set(account, (sums.get(account) ?? 0) + deltaMinor);
    if (deltaMinor < 0) {
      takers.set(account, (takers.get(account) ?? new Set()).add(terminalId));
    }
  }
  const copied = new Set(
    tills.filter((till) => till.memory().isCopy).map(({ identity }) => identity.terminalId),
  );
  for (const [account, sum] of sums) {
    const by = [...(takers.get(account) ?? [])];
    const isExplained = sum >= 0 || by.length > 1 || by.some((id) => copied.has(id));
    must(isExplained, "gift-cards", () => `${account} stands at ${sum} by one till alone`);
  }
}
