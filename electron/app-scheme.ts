import { protocol } from "electron";
import { readPageFile } from "../host/node/page-files.ts";
import { commonHeaders, contentSecurityPolicy } from "../host/node/page-headers.ts";

/** Where the till's page lives. A scheme of its own has an origin, a policy, and no way to other files. */
export const pageOrigin = "app://till";

/** Before the app is ready: `app:` behaves like https, so that storage, modules and the policy work. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: "app",
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
}

/** Serves the built renderer in `pages`, and nothing else. */
export function serveAppScheme(pages: string): void {
  protocol.handle("app", (request) => answerPage(pages, request));
}

async function answerPage(pages: string, request: Request): Promise<Response> {
  const address = new URL(request.url);
  if (address.host !== "till") return refusal(404);
  if (request.method !== "GET" && request.method !== "HEAD") return refusal(405);
  const file = await readPageFile(pages, address.pathname);
  if (file === null) return refusal(404);
  return new Response(request.method === "HEAD" ? null : new Uint8Array(file.body), {
    headers: {
      ...commonHeaders,
      "Content-Security-Policy": contentSecurityPolicy(),
      "Content-Type": file.contentType,
      "Cache-Control": file.cacheControl,
    },
  });
}

function refusal(status: number): Response {
  return new Response(null, { status, headers: { ...commonHeaders } });
}
