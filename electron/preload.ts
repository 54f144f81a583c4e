import { contextBridge, ipcRenderer } from "electron/renderer";

/**
 * All that the page gets of Electron: it may ask for a port to the host, and answer who closes the window. The port itself travels as a
 * `message` event, because the bridge cannot carry one. The page can be no other than the till's own,
 * for navigation is refused, so the message needs no narrower target.
 */
contextBridge.exposeInMainWorld("evertill", {
  connect: () => ipcRenderer.send("evertill:connect"),
  stay: () => ipcRenderer.send("evertill:stay"),
  leave: () => ipcRenderer.send("evertill:leave"),
});

// [P2] Somebody closes the window while something waits: the page says so.
ipcRenderer.on("evertill:leaving", () => window.postMessage("evertill-leaving", "*"));

ipcRenderer.on("evertill:port", (event) => {
  window.postMessage("evertill-port", "*", event.ports);
});
