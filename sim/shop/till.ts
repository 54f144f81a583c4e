import type { ClockMeasured } from "../../domain/values/clock-reading.ts";
import type { Clock } from "../../domain/values/ports.ts";
import type { Result } from "../../domain/values/result.ts";
import { uuidv7 } from "../../domain/values/id.ts";
import { inputs } from "../../host/contract/inputs.ts";
import type { OperationName } from "../../host/contract/operations.ts";
import type { ReceiptSummaryView, ReceiptView, RegisterView } from "../../host/contract/views.ts";
import type { Ledger } from "../../ledger/ledger.ts";
import type { Transport } from "../../sync/engine/ports.ts";
import type { Book, TillMemory } from "../oracle/book.ts";
import { checkClock } from "../oracle/check-clock.ts";
import type { Chance } from "../world/chance.ts";
import type { CrashPlan } from "../world/cloud.ts";
import type { Disk } from "../world/disk.ts";
import type { SimLan } from "../world/lan.ts";
import type { Link } from "../world/link.ts";
import type { MachineClock } from "../world/machine-clock.ts";
import type { CloudDoor } from "../world/wire.ts";
import type { SimCardTerminal } from "./card-terminal.ts";
import type { SimPrinter } from "./printer.ts";
import { createTillEyes } from "./till-eyes.ts";
import { endRun, type Run, type RunHooks, startRun } from "./till-run.ts";

/** A till on its counter: the real host on a real ledger, with people who look at its screen. */
export interface SimTill {
  readonly name: string;
  readonly identity: Identity;
  readonly parts: TillParts;
  isOn(): boolean;
  start(): Promise<void>;
  /** The power fails now. */
  crash(): void;
  /** The power fails at the `commits`-th commit from now. */
  crashAt(plan: CrashPlan | null): void;
  /** Null when the till died before it answered, or is off. */
  call(name: OperationName, input: object): Promise<Result<unknown, Failure> | null>;
  /** What people know of this till's ledger. */
  memory(): TillMemory;
  remember(change: Partial<TillMemory>): void;
  image(): LedgerImage;
  /** Puts a copy in the ledger's place, while the till is off. */
  putBack(image: LedgerImage): void;
  ledger(): Ledger;
  /** What the host logged as its own fault. */
  defects(): readonly string[];
  stop(): void;
}

export interface Failure {
  readonly type: string;
}

export interface Identity {
  readonly terminalId: string;
  readonly tillNumber: number;
  readonly secret: string;
  /** SPKI, DER, base64. */
  readonly publicKey: string;
  /** PKCS #8, PEM. */
  readonly privateKey: string;
}

export interface LedgerImage {
  readonly path: string;
  readonly memory: TillMemory;
}

export interface TillParts {
  readonly disk: Disk;
  readonly chance: Chance;
  readonly clock: MachineClock;
  /** True time, which the oracle knows and no till does. */
  readonly cloudClock: Clock;
  readonly link: Link;
  readonly door: CloudDoor;
  /** Null on days without a network of the store's own. */
  readonly lan: SimLan | null;
  readonly printer: SimPrinter;
  readonly cards: SimCardTerminal;
  readonly book: Book;
  readonly plant: TillPlant;
  readonly onCrash: (till: SimTill) => void;
  /** What a till's people saw that must not be. */
  readonly onViolation: (error: unknown) => void;
  readonly trace: (line: string) => void;
}

/** Where bugs are planted to test the checkers; usually both hand back what they are given. */
export interface TillPlant {
  ledger(ledger: Ledger): Ledger;
  transport(transport: Transport, ledger: Ledger): Transport;
  /** Its answers know no time: what a till measures by them is not judged. */
  readonly makesUpTime?: boolean | undefined;
}

export function createSimTill(
  name: string,
  identity: Identity,
  parts: TillParts,
  from: LedgerImage,
): SimTill {
  const { disk, clock, cloudClock, book } = parts;
  const defects: string[] = [];
  const trace = (line: string) => parts.trace(`${name} ${line}`);
  let path = disk.image(from.path, name);
  let eyes = createTillEyes(book, from.memory, trace);
  let run: Run | null = null;
  let plan: CrashPlan | null = null;
  let crashedAt = 0;
  let lives = 0;

  function crash(): void {
    if (run === null) return;
    path = disk.image(path, name);
    endRun(run);
    run = null;
    plan = null;
    crashedAt = book.moment();
    trace("loses power");
    parts.onCrash(till);
  }

  const hooks: RunHooks = {
    boundary(when, life) {
      if (plan === null || plan.when !== when || life.isOver) return;
      plan = { ...plan, commits: plan.commits - 1 };
      if (plan.commits === 0) crash();
    },
    see: (view) => judge(parts, () => eyes.see(view)),
    log(level, event, fields) {
      if (event === "host.defect") defects.push(JSON.stringify(fields));
      if (event === "clock.measured" && parts.plant.makesUpTime !== true) {
        judge(parts, () => checkClock(fields as ClockMeasured, { till: clock, cloud: cloudClock }));
      }
      if (level !== "info") trace(`${event} ${JSON.stringify(fields)}`);
    },
  };

  async function call(operation: OperationName, input: object) {
    const now = run;
    if (now === null) return null;
    const commandId = uuidv7(clock, parts.chance);
    const whole = "commandId" in inputs[operation].shape ? { commandId, ...input } : input;
    const result = await now.host.call(operation, whole);
    return now.life.isOver ? null : (result as Result<unknown, Failure>);
  }

  /** After a crash nobody knows whether the last sale was written: the list of receipts says so. */
  async function settleDoubt(): Promise<void> {
    const listed = await call("receipt.list", { limit: 500 });
    const receipts = (listed?.ok === true ? listed.value : []) as ReceiptSummaryView[];
    const unseen = receipts.filter(({ saleId, tillNumber }) => {
      return tillNumber === identity.tillNumber && !book.has(saleId);
    });
    for (const { saleId } of unseen.toReversed()) {
      const found = await call("receipt.get", { saleId });
      if (found?.ok === true) eyes.find(found.value as ReceiptView, crashedAt);
    }
    const view = await call("register.view", {});
    if (view?.ok === true) eyes.see(view.value as RegisterView);
  }

  const till: SimTill = {
    name,
    identity,
    parts,
    isOn: () => run !== null,
    async start() {
      if (run !== null) return;
      trace("starts");
      run = startRun(path, { ...identity, name, lives: (lives += 1) }, parts, hooks);
      await settleDoubt();
    },
    crash,
    crashAt: (next) => {
      plan = next;
    },
    call,
    memory: () => eyes.memory(),
    remember: (change) => eyes.remember(change),
    image: () => ({ path: disk.image(path, `${name}-image`), memory: eyes.memory() }),
    putBack(image) {
      path = disk.image(image.path, name);
      eyes = createTillEyes(book, { ...image.memory, isCopy: true }, trace);
      parts.printer.newPaper();
    },
    ledger() {
      if (run === null) throw new Error(`${name} is off`);
      return run.ledger;
    },
    defects: () => defects,
    stop() {
      if (run !== null) endRun(run);
      run = null;
    },
  };
  return till;
}

function judge({ onViolation }: TillParts, check: () => void): void {
  try {
    check();
  } catch (error) {
    onViolation(error);
  }
}
