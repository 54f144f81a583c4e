import { builtinModules } from "node:module";
import { ensureFresh, houseRoot } from "./fresh.ts";

/**
 * Loaded from node_modules at run time: programs of the machine (`.node`), and fonts that are read as
 * files. Everything else is in the bundles.
 */
const unbundled = [
  "electron",
  "better-sqlite3",
  "node-hid",
  "@napi-rs/canvas",
  "@fontsource-variable/noto-sans",
  "@fontsource-variable/noto-sans-hebrew",
  "@fontsource-variable/noto-sans-arabic",
];

const bundles = [
  { entry: "main.ts", format: "es", fileName: "main.mjs" },
  // A sandboxed preload cannot import: it is one CommonJS file.
  { entry: "preload.ts", format: "cjs", fileName: "preload.cjs" },
  { entry: "utility.ts", format: "es", fileName: "utility.mjs" },
] as const;

/** The desktop shell as Electron loads it. Returns its folder. */
export function ensureDesktop(say: (text: string) => void): Promise<string> {
  return ensureFresh(
    {
      name: "desktop",
      sources: [
        ...["electron", "host", "ledger", "sync", "hardware", "domain"],
        ...["package-lock.json"],
      ],
      output: "electron/dist",
      async build(folder) {
        for (const bundle of bundles) await buildBundle(bundle, folder);
      },
    },
    say,
  );
}

async function buildBundle(bundle: (typeof bundles)[number], folder: string): Promise<void> {
  const { build } = await import("vite");
  const isOutside = (id: string) =>
    id.startsWith("node:") ||
    builtinModules.includes(id) ||
    unbundled.some((name) => id === name || id.startsWith(`${name}/`));
  await build({
    configFile: false,
    root: houseRoot,
    logLevel: "warn",
    ssr: { noExternal: true, target: "node" },
    build: {
      ssr: `electron/${bundle.entry}`,
      outDir: folder,
      emptyOutDir: false,
      target: "node24",
      sourcemap: true,
      minify: false,
      rolldownOptions: {
        external: isOutside,
        output: {
          format: bundle.format,
          entryFileNames: bundle.fileName,
          chunkFileNames: "chunks/[name]-[hash].mjs",
        },
      },
    },
  });
}
