import { lstat, readFile } from "node:fs/promises";
import { extname, join } from "node:path";

export interface PageFile {
  readonly body: Buffer;
  readonly contentType: string;
  readonly cacheControl: string;
}

const contentTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".woff": "font/woff",
  ".ttf": "font/ttf",
  ".txt": "text/plain; charset=utf-8",
  ".wav": "audio/wav",
};

/**
 * A file of the built renderer by its address's path ("/", "/assets/main-Ab12.js"), or null.
 *
 * Only plain names are looked up, so no path leads out of the folder; links are not followed.
 */
export async function readPageFile(folder: string, pathname: string): Promise<PageFile | null> {
  const segments = plainSegments(pathname);
  if (segments === null) return null;
  const path = join(folder, ...segments);
  const contentType = contentTypes[extname(path)];
  if (contentType === undefined) return null;
  try {
    for (let depth = 1; depth <= segments.length; depth++) {
      const entry = await lstat(join(folder, ...segments.slice(0, depth)));
      const wanted = depth === segments.length ? entry.isFile() : entry.isDirectory();
      if (!wanted) return null;
    }
    return {
      body: await readFile(path),
      contentType,
      // Vite puts the content's hash into the names of assets: they never change.
      cacheControl: segments[0] === "assets" ? "public, max-age=31536000, immutable" : "no-store",
    };
  } catch {
    return null;
  }
}

/** The path's parts when each is an ordinary file name; "/" is the page itself. */
function plainSegments(pathname: string): string[] | null {
  const path = pathname === "/" ? "index.html" : pathname.replace(/^\//, "");
  const segments = path.split("/");
  const isPlain = (segment: string) => /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(segment);
  return segments.every(isPlain) ? segments : null;
}
