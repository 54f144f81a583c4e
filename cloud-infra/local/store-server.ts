import { randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { hostname, networkInterfaces } from "node:os";
import { join } from "node:path";
import type { Clock, Log, Random } from "../../domain/values/ports.ts";
import { type Authorizer, createAuthorizer } from "../handlers/authorize.ts";
import { createResolver } from "../handlers/resolve.ts";
import { createInventoryService } from "../service/inventory-service.ts";
import { retryParked } from "../service/retry-parked.ts";
import { openSqliteStore } from "../service/sqlite/sqlite-store.ts";
import type { StorePort } from "../service/store-port.ts";
import { type Certifier, createTerminalAccess } from "../service/terminal-access.ts";
import { type Admin, createAdmin } from "./admin.ts";
import { createAdminHttp } from "./admin-http.ts";
import { type AppsyncApi, createAppsyncApi } from "./appsync-api.ts";
import { loadSchema } from "./appsync-schema.ts";
import { serverCertificate } from "./certificates.ts";
import { takeDataLock } from "./data-lock.ts";
import { forgetDaily } from "./forget-old.ts";
import { createGraphqlHttp, sendJson } from "./graphql-http.ts";
import { createGraphqlRealtime } from "./graphql-realtime.ts";
import { terminalCertifier } from "./terminal-certificates.ts";
import { isAnyAddress, reachableHosts } from "./reachable-hosts.ts";

export interface StoreServerOptions {
  /** Everything of this server lies here; made when missing. */
  readonly dataFolder: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** The address to listen on; loopback unless the store's tills are on other machines. */
  readonly host: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** [D6] How long the feed tells of a fact; the usual when not given. */
  readonly retentionMs?: number | undefined;
}

/** The cloud in a box: inventory service, AppSync's protocols, TLS. */
export interface StoreServer {
  readonly endpoint: string;
  readonly realtime: string;
  readonly adminUrl: string;
  readonly caFile: string;
  readonly adminTokenFile: string;
  readonly admin: Admin;
  /** Finishes what is under way, then lets go of the data. */
  close(): Promise<void>;
}

/** Another process has this data folder. */
export class DataFolderInUse extends Error {
  override readonly name = "DataFolderInUse";
}

/**
 * Starts a store server. Rejects with `DataFolderInUse`, or with the system's error (a taken port,
 * a full disk).
 */
export async function startStoreServer(options: StoreServerOptions): Promise<StoreServer> {
  const { dataFolder, host, clock } = options;
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const lock = takeDataLock(join(dataFolder, "store-server.lock"));
  if (lock === null) {
    throw new DataFolderInUse(
      `Another store server already runs on ${dataFolder}. Use that one, or stop it first.`,
    );
  }
  try {
    const hosts = reachableHosts(host, { hostname: hostname(), interfaces: networkInterfaces() });
    const tls = { folder: join(dataFolder, "tls"), hosts, nowMs: clock.now() };
    const certificate = await serverCertificate(tls);
    const store = openSqliteStore(join(dataFolder, "store.db"), {
      gather: (flush) => void setImmediate(flush),
    });
    await judgeParkedAgain(store, options);
    const server = createServer({ key: certificate.key, cert: certificate.cert });
    const certifier = await terminalCertifier(join(dataFolder, "terminals"), () => clock.now());
    const doors = openDoors(options, { store, certifier }, server);
    const port = await listen(server, options).catch(async (error: unknown) => {
      await store.close();
      throw error;
    });
    const stopForgetting = doors.forgetDaily();
    const authority = `${isAnyAddress(host) ? "127.0.0.1" : host}:${port}`;
    return {
      endpoint: `https://${authority}/graphql`,
      realtime: `wss://${authority}/graphql/realtime`,
      adminUrl: `https://127.0.0.1:${port}/admin`,
      caFile: certificate.caFile,
      adminTokenFile: doors.adminTokenFile,
      admin: doors.admin,
      async close() {
        doors.closeRealtime();
        stopForgetting();
        await stop(server);
        await store.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** [V2] [U8] This program may know what the one before it did not. It starts, whatever comes of it. */
async function judgeParkedAgain(store: StorePort, { clock, log }: StoreServerOptions) {
  try {
    for (const { storeId } of await store.stores()) {
      const { applied } = await retryParked(store, { storeId, by: "", atMs: clock.now() });
      if (applied > 0) log.info("parked facts applied", { storeId, applied });
    }
  } catch (error) {
    log.error("parked facts not judged", { error: describeFault(error) });
  }
}

function openDoors(
  { dataFolder, clock, random, log, retentionMs }: StoreServerOptions,
  { store, certifier }: { readonly store: StorePort; readonly certifier: Certifier },
  server: Server,
) {
  const access = createTerminalAccess({ store, clock, random, certifier });
  const service = createInventoryService({ store, clock });
  const api = createAppsyncApi({
    schema: loadSchema(),
    resolve: createResolver({ service, access }),
    onFault: (fault) => log.error("request failed", { error: describeFault(fault) }),
  });
  const authorize = createAuthorizer(access);
  const announce = (storeId: string) =>
    api.publish("announce", { storeId, serverTimeMs: clock.now() });
  const admin = createAdmin({ store, access, clock, random, announce });
  const { token, adminTokenFile } = newAdminToken(dataFolder);
  serveHttp(server, log, {
    graphql: createGraphqlHttp(api, authorize),
    admin: createAdminHttp(admin, token),
  });
  return {
    admin,
    adminTokenFile,
    closeRealtime: serveRealtime(server, api, authorize),
    forgetDaily: () => forgetDaily({ service, clock, log, retentionMs }),
  };
}

type Door = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

function serveHttp(server: Server, log: Log, doors: { graphql: Door; admin: Door }): void {
  server.requestTimeout = 30_000;
  server.headersTimeout = 10_000;
  // Longer than a till's pause between two polls, so that its connection stays open.
  server.keepAliveTimeout = 65_000;
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url ?? "/";
    const door = path === "/graphql" ? doors.graphql : path.startsWith("/admin/") && doors.admin;
    if (!door) {
      sendJson(response, 404, { error: "nothing here" });
      return;
    }
    door(request, response).catch((error: unknown) => {
      log.error("request failed", { error: describeFault(error) });
      if (response.headersSent) response.destroy();
      else sendJson(response, 500, { error: "the store server could not do this" });
    });
  });
}

function serveRealtime(server: Server, api: AppsyncApi, authorize: Authorizer): () => void {
  const realtime = createGraphqlRealtime({ api, authorize });
  server.on("upgrade", (request, socket, head) => {
    // Anybody may knock: a path that is none is refused like any other.
    const path = URL.parse(request.url ?? "/", "https://localhost")?.pathname;
    if (path === "/graphql/realtime") realtime.upgrade(request, socket, head);
    else socket.destroy();
  });
  return () => realtime.close();
}

/** A new one at each start: whoever may read the file may administer the server. */
function newAdminToken(dataFolder: string) {
  const token = randomBytes(32).toString("base64url");
  const adminTokenFile = join(dataFolder, "admin.token");
  writeFileSync(adminTokenFile, `${token}\n`, { mode: 0o600 });
  return { token, adminTokenFile };
}

function listen(server: Server, { port, host }: StoreServerOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Calls under way get a few seconds; idle connections none. */
function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), 3_000);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}

function describeFault(fault: unknown): string {
  return fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
}
