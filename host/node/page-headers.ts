/** Headers of everything that a shell serves to its own page, the same in a browser and in Electron. */

/** Stands in the built page where a fresh nonce goes; see `html.cspNonce` in vite.config.ts. */
export const noncePlaceholder = "EVERTILL-STYLE-NONCE";

/**
 * [CSP Level 3] Nothing but the program's own files. Styles need a nonce, because the component library
 * writes its colours into `<style>` elements; scripts need none, all of them are files.
 * `socketOrigin` is the WebSocket's, where there is one.
 */
export function contentSecurityPolicy(nonce: string, socketOrigin?: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${socketOrigin === undefined ? "" : ` ${socketOrigin}`}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

export const commonHeaders: Readonly<Record<string, string>> = {
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
};
