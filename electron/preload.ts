import { contextBridge, ipcRenderer } from "electron/renderer";

/**
 * All that the page gets of Electron: it may ask for a port to the host. The port itself travels as a
 * `message` event, because the bridge cannot carry one. The page can be no other than the till's own,
 * for navigation is refused, so the message needs no narrower target.
 */
contextBridge.exposeInMainWorld("evertill", {
  connect: () => ipcRenderer.send("evertill:connect"),
});

ipcRenderer.on("evertill:port", (event) => {
  window.postMessage("evertill-port", "*", event.ports);
});
