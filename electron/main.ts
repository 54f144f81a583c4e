import { join } from "node:path";
import {
  app,
  autoUpdater,
  type BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  powerMonitor,
  session,
} from "electron";
import { unreachable } from "../domain/values/assert.ts";
import { openLogFile } from "../host/node/log-file.ts";
import { exitCodes } from "../host/node/exit-codes.ts";
import { holdsLedger, makeDataFolder } from "../host/node/data-folder.ts";
import { readTillOptions, type TillOptions, UsageError } from "../host/node/till-options.ts";
import { declareAppScheme, serveAppScheme } from "./app-scheme.ts";
import { guardPages, guardPermissions, isOwnPage } from "./guards.ts";
import type { FromHostProcess } from "./host-messages.ts";
import { type HostProcess, startHostProcess } from "./host-process.ts";
import { createLeaveGuard, installWhenFree, type LeaveGuard } from "./leave-guard.ts";
import { openTillWindow } from "./window.ts";

/**
 * The desktop shell: one window, one host process, and everything else refused. Nothing that is sold
 * passes through here. `electron . --data DIR …` takes the options of till-options.ts.
 */
const built = import.meta.dirname;
/** `--leave-check update|uninstall`: what an installer asks. */
const leaveCheckOption = "--leave-check";
const ownArguments = process.argv.slice(app.isPackaged ? 1 : 2);

app.setName("Evertill");
app.enableSandbox();
declareAppScheme();

const options = readOptions();
if (options !== null) {
  if (ownArguments.includes(leaveCheckOption)) void answerInstaller(options);
  else run(options);
}

function readOptions(): TillOptions | null {
  try {
    return readTillOptions(ownArguments, process.env, {
      pages: join(built, "..", "..", "renderer", "dist"),
    });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    app.exit(exitCodes.usage);
    return null;
  }
}

/** [P2] No window: whether this till may be replaced or taken away, in words and by the exit code. */
async function answerInstaller({ folder }: TillOptions): Promise<void> {
  const what = ownArguments[ownArguments.indexOf(leaveCheckOption) + 1];
  if (what !== "update" && what !== "uninstall") {
    process.stderr.write(`${leaveCheckOption} asks for "update" or "uninstall".\n`);
    return app.exit(exitCodes.usage);
  }
  const { leaveCheck } = await import("../host/node/cli/leave-check-command.ts");
  // A machine that has no till yet keeps nobody.
  if (holdsLedger(folder)) leaveCheck(what, folder);
  app.exit(Number(process.exitCode ?? 0));
}

function run(till: TillOptions): void {
  makeDataFolder(till.folder);
  // One window a data folder: the lock lies in here.
  app.setPath("userData", till.folder.electron);
  if (!app.requestSingleInstanceLock()) {
    process.stderr.write(`Evertill is already open on ${till.folder.root}; its window is shown.\n`);
    app.exit(exitCodes.inUse);
    return;
  }
  const log = openLogFile({ folder: till.folder.logs, name: "desktop" });
  guardPages(log);
  // Without a menu, Alt and the function keys belong to the register. A Mac needs its own.
  if (process.platform !== "darwin") Menu.setApplicationMenu(null);

  void app.whenReady().then(() => {
    guardPermissions(session.defaultSession, log);
    serveAppScheme(till.pages);
    const host = startHostProcess({
      module: join(built, "utility.mjs"),
      args: ownArguments,
      log,
      onStderr: (text) => log.warn("host said", { text }),
      onMessage: (message) => hearHost(message),
    });
    ipcMain.on("evertill:connect", (event) => {
      if (isOwnPage(event.senderFrame?.url ?? "")) host.connect(event.sender);
    });
    let window: BrowserWindow | null = openTillWindow(join(built, "preload.cjs"));
    const guard = createLeaveGuard({
      ask: (what) => host.askLeave(what),
      warn: () => window?.webContents.send("evertill:leaving"),
      leave: () => app.quit(),
    });
    guardWindow(window, guard);
    window.on("closed", () => {
      window = null;
    });
    app.on("second-instance", () => {
      if (window?.isMinimized() === true) window.restore();
      window?.focus();
    });
    guardUpdates(guard, host, endTogether(guard, host));
  });
  app.on("window-all-closed", () => app.quit());
}

function hearHost(message: FromHostProcess): void {
  switch (message.kind) {
    case "ready":
    case "alive":
    case "leaving":
      return;
    case "sellable": {
      // The launcher's line, the same as a till in plain Node says.
      const { register, backOffice } = message;
      process.stdout.write(`${JSON.stringify({ ready: true, register, backOffice })}\n`);
      return;
    }
    case "failed":
      process.stderr.write(`${message.message}\n`);
      dialog.showErrorBox("Evertill cannot open", message.message);
      app.exit(message.exitCode);
      return;
    default:
      unreachable(message);
  }
}

/** [P2] The window is not closed over what waits without a word; its page gives the answer. */
function guardWindow(window: BrowserWindow, guard: LeaveGuard): void {
  window.on("close", (event) => {
    if (guard.isFree()) return;
    event.preventDefault();
    guard.asked();
  });
  // Windows ends the session: no time for questions.
  window.on("query-session-end", () => guard.free());
  const isOurs = (url: string | undefined) => isOwnPage(url ?? "");
  ipcMain.on("evertill:stay", (event) => {
    if (isOurs(event.senderFrame?.url)) guard.stay();
  });
  ipcMain.on("evertill:leave", (event) => {
    if (isOurs(event.senderFrame?.url)) guard.force();
  });
}

/** [P2] An update is installed when nothing stands in the way, and not in the middle of a sale. */
function guardUpdates(guard: LeaveGuard, host: HostProcess, stopHost: () => Promise<void>): void {
  autoUpdater.on("update-downloaded", () => {
    installWhenFree(
      (what) => host.askLeave(what),
      () => {
        guard.free();
        void stopHost().then(() => autoUpdater.quitAndInstall());
      },
    );
  });
}

/**
 * The app waits for the host to close its ledger, and ends when its launcher is gone. Returns how to end
 * the host before something else ends the app.
 */
function endTogether(guard: LeaveGuard, host: HostProcess): () => Promise<void> {
  let stopped = false;
  const stopHost = async () => {
    await host.stop();
    stopped = true;
  };
  app.on("before-quit", (event) => {
    if (stopped) return;
    event.preventDefault();
    if (!guard.isFree()) return guard.asked();
    void stopHost().then(() => app.quit());
  });
  const end = () => guard.force();
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
  powerMonitor.on("shutdown", end);
  if (process.env["EVERTILL_LAUNCHED"] === "1") {
    process.stdin.on("end", end);
    process.stdin.on("error", end);
    process.stdin.resume();
  }
  return stopHost;
}
