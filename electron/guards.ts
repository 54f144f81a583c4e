import { app, type Session } from "electron";
import type { Log } from "../domain/values/ports.ts";
import { pageOrigin } from "./app-scheme.ts";

/**
 * A page of the till goes nowhere else, opens nothing and embeds nothing, whatever it is told to do.
 * Set for every page that this program ever has, before the first one exists.
 */
export function guardPages(log: Log): void {
  app.on("web-contents-created", (_, contents) => {
    contents.on("will-navigate", (event) => {
      if (isOwnPage(event.url)) return;
      event.preventDefault();
      log.warn("navigation refused", { to: withoutQuery(event.url) });
    });
    contents.on("will-redirect", (event) => {
      if (!isOwnPage(event.url)) event.preventDefault();
    });
    contents.on("will-attach-webview", (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      log.warn("window refused", { to: withoutQuery(url) });
      return { action: "deny" };
    });
  });
}

/**
 * What a page may be allowed. `fullscreen` is for a till that fills its screen. Nothing else is needed:
 * scanners and the printer belong to the host process, sounds need no permission, and a till has no use
 * for a camera, a place, notifications, the clipboard's contents or devices of the browser.
 */
const allowed: ReadonlySet<string> = new Set(["fullscreen", "automatic-fullscreen"]);

/** Refuses every permission and device that a till does not need. */
export function guardPermissions(session: Session, log: Log): void {
  session.setPermissionRequestHandler((contents, permission, answer) => {
    const granted = allowed.has(permission) && isOwnPage(contents.getURL());
    if (!granted) log.warn("permission refused", { permission });
    answer(granted);
  });
  session.setPermissionCheckHandler(
    (_, permission, origin) => allowed.has(permission) && isOwnPage(origin),
  );
  session.setDevicePermissionHandler(() => false);
}

/** True for an address of the till's own page. */
export function isOwnPage(url: string): boolean {
  const address = URL.parse(url);
  return address !== null && `${address.protocol}//${address.host}` === pageOrigin;
}

/** What a log may keep of an address: never what a form or a script put behind the question mark. */
function withoutQuery(url: string): string {
  return url.split(/[?#]/)[0]?.slice(0, 200) ?? "";
}
