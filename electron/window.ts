import { app, BrowserWindow } from "electron";
import { pageOrigin } from "./app-scheme.ts";

/**
 * The register's window: a page in a sandbox with no Node, no way out, and one narrow bridge (the preload).
 */
export function openTillWindow(preload: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1366,
    height: 768,
    minWidth: 1024,
    minHeight: 700,
    show: false,
    title: "Evertill",
    backgroundColor: "#eef2f1",
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      devTools: !app.isPackaged,
      // A till in the background still shows the sale when somebody turns to it.
      backgroundThrottling: false,
    },
  });
  window.once("ready-to-show", () => window.show());
  // A page that died takes nothing along: the sale is the host's. It comes back as it was.
  window.webContents.on("render-process-gone", (_, details) => {
    if (details.reason !== "clean-exit") window.webContents.reload();
  });
  void window.loadURL(`${pageOrigin}/`);
  return window;
}
