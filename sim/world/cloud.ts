import { type AppsyncApi, createAppsyncApi } from "../../cloud-infra/local/appsync-api.ts";
import { loadSchema } from "../../cloud-infra/local/appsync-schema.ts";
import { type Authorizer, createAuthorizer } from "../../cloud-infra/handlers/authorize.ts";
import { createResolver } from "../../cloud-infra/handlers/resolve.ts";
import { createInventoryService } from "../../cloud-infra/service/inventory-service.ts";
import { openSqliteStore } from "../../cloud-infra/service/sqlite/sqlite-store.ts";
import type { StorePort } from "../../cloud-infra/service/store-port.ts";
import {
  createTerminalAccess,
  type TerminalAccess,
} from "../../cloud-infra/service/terminal-access.ts";
import type { ProductChanges } from "../../domain/catalogue/product-edit.ts";
import { uuidv7 } from "../../domain/values/id.ts";
import type { Random } from "../../domain/values/ports.ts";
import type { Disk } from "./disk.ts";
import type { Life, MachineClock } from "./machine-clock.ts";
import type { CloudDoor, DoorAnswer, DoorListener } from "./wire.ts";

/** The store's cloud: the real service on a real database, which can die at any commit. */
export interface Cloud extends CloudDoor {
  isUp(): boolean;
  start(): void;
  /** The power fails: what was answered is on the disk, everything else is gone. */
  crash(): void;
  /** Dies by itself at the n-th access to its database from now, before or after the commit. */
  crashAt(plan: CrashPlan | null): void;
  /** A copy of the database as it is now. */
  backUp(): string;
  /** While its machine is gone nobody can start it. */
  setBurnt(isBurnt: boolean): void;
  /** Puts a copy in the database's place, while the cloud is down. */
  putBack(image: string): void;
  path(): string;
  /** What the store server's owner does; only while it is up. */
  owner(): { readonly store: StorePort; readonly access: TerminalAccess };
  /** Tells the tills that there is something new. */
  announce(storeId: string): void;
  /** [C3] The head office changes fields of a good, on top of what stands. */
  edit(storeId: string, sku: string, changes: ProductChanges): Promise<void>;
  nowMs(): number;
  /** What the service logged as its own fault. */
  defects(): readonly string[];
  stop(): Promise<void>;
}

export interface CrashPlan {
  readonly commits: number;
  readonly when: "before" | "after";
}

export interface CloudWorld {
  readonly disk: Disk;
  readonly clock: MachineClock;
  readonly random: Random;
  /** A database to begin with. */
  readonly image: string;
  /** Planted bugs look like the real thing. */
  readonly plant: (store: StorePort, path: string) => StorePort;
  readonly onCrash: () => void;
}

/** 1 MB, as AppSync has it. */
const maxRequestBytes = 1_000_000;
const schema = loadSchema();

interface Run {
  readonly life: Life;
  readonly store: StorePort;
  readonly access: TerminalAccess;
  readonly api: AppsyncApi;
  readonly authorise: Authorizer;
  readonly ends: Set<() => void>;
}

export function createCloud(world: CloudWorld): Cloud {
  const { disk, clock, random } = world;
  const defects: string[] = [];
  let path = disk.image(world.image, "cloud");
  let run: Run | null = null;
  let plan: CrashPlan | null = null;
  let isBurnt = false;

  function crash(): void {
    const dead = run;
    if (dead === null) return;
    run = null;
    plan = null;
    dead.life.isOver = true;
    path = disk.image(path, "cloud");
    void dead.store.close();
    for (const end of dead.ends) end();
    world.onCrash();
  }

  /** Every call of the port is one commit at most; the dead neither go on nor answer. */
  function mortal(store: StorePort, life: Life): StorePort {
    const never = () => new Promise<never>(() => undefined);
    const boundary = (when: CrashPlan["when"]) => {
      if (plan === null || plan.when !== when || life.isOver) return;
      plan = { ...plan, commits: plan.commits - 1 };
      if (plan.commits === 0) crash();
    };
    type Method = (...input: unknown[]) => Promise<unknown>;
    const methods = Object.entries(store as unknown as Record<string, Method>);
    const wrapped = methods.map(([name, method]) => [
      name,
      async (...input: unknown[]) => {
        boundary("before");
        if (life.isOver) return never();
        const value = await method(...input);
        boundary("after");
        return life.isOver ? never() : value;
      },
    ]);
    return Object.fromEntries(wrapped) as StorePort;
  }

  function start(): void {
    const life: Life = { isOver: false };
    const real = world.plant(openSqliteStore(path), path);
    const store = mortal(real, life);
    const access = createTerminalAccess({ store, clock, random, certifier: null });
    const service = createInventoryService({ store, clock });
    const api = createAppsyncApi({
      schema,
      resolve: createResolver({ service, access }),
      onFault: (fault) =>
        defects.push(fault instanceof Error ? (fault.stack ?? "") : String(fault)),
    });
    // The owner waits for an answer: the crash comes between what tills ask.
    run = {
      life,
      store: real,
      access: createTerminalAccess({ store: real, clock, random, certifier: null }),
      api,
      authorise: createAuthorizer(access),
      ends: new Set(),
    };
  }

  return {
    isUp: () => run !== null,
    start() {
      if (run === null && !isBurnt) start();
    },
    crash,
    crashAt: (next) => {
      plan = next;
    },
    backUp: () => disk.image(path, "backup"),
    setBurnt(now) {
      isBurnt = now;
    },
    putBack(image) {
      path = disk.image(image, "cloud");
    },
    path: () => path,
    owner() {
      if (run === null) throw new Error("the cloud is down");
      return run;
    },
    announce: (storeId) => run?.api.publish("announce", { storeId, serverTimeMs: clock.now() }),
    async edit(storeId, sku, changes) {
      const editId = uuidv7(clock, random);
      const edit = { storeId, sku, changes, editId, who: "Head office", atMs: clock.now() };
      await run?.store.editProduct(edit);
    },
    nowMs: () => clock.now(),
    defects: () => defects,
    post: (token, text) => (run === null ? Promise.resolve(null) : answer(run, token, text)),
    subscribe: async (token, text, listener) =>
      run === null ? null : subscribe(run, token, text, listener),
    async stop() {
      await run?.store.close();
      run = null;
    },
  };
}

/** Resolves with null when the cloud dies before. */
function whileAlive<T>(run: Run, work: Promise<T>): Promise<T | null> {
  const { promise, resolve, reject } = Promise.withResolvers<T | null>();
  const end = () => resolve(null);
  if (run.life.isOver) end();
  run.ends.add(end);
  work.then(resolve, reject);
  return promise.finally(() => run.ends.delete(end));
}

async function answer(run: Run, token: string, text: string): Promise<DoorAnswer | null> {
  if (text.length > maxRequestBytes) return { status: 413, text: "" };
  const work = async (): Promise<DoorAnswer> => {
    const caller = await run.authorise({ authorizationToken: token });
    if (!caller.isAuthorized) return { status: 401, text: "" };
    const { status, body } = await run.api.run(JSON.parse(text), caller);
    return { status, text: JSON.stringify(body) };
  };
  return whileAlive(run, work());
}

async function subscribe(
  run: Run,
  token: string,
  text: string,
  listener: DoorListener,
): Promise<(() => void) | null> {
  const work = async () => {
    const caller = await run.authorise({ authorizationToken: token });
    if (!caller.isAuthorized) return null;
    const onData = (result: unknown) => {
      if (!run.life.isOver) listener.onData(JSON.stringify(result));
    };
    const begun = await run.api.subscribe(JSON.parse(text), caller, onData);
    if (!begun.ok) return null;
    run.ends.add(listener.onEnd);
    return () => {
      run.ends.delete(listener.onEnd);
      begun.value();
    };
  };
  return whileAlive(run, work());
}
