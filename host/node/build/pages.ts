import { ensureFresh, houseRoot } from "./fresh.ts";

/** The renderer as static files; both shells serve them. Returns their folder. */
export function ensurePages(say: (text: string) => void): Promise<string> {
  return ensureFresh(
    {
      name: "pages",
      sources: [
        "renderer",
        "domain",
        "host/contract",
        "hardware/scanner",
        "vite.config.ts",
        "package-lock.json",
      ],
      output: "renderer/dist",
      async build(folder) {
        // Only a build pays for loading the builder.
        const { build } = await import("vite");
        await build({
          configFile: `${houseRoot}/vite.config.ts`,
          root: `${houseRoot}/renderer`,
          logLevel: "warn",
          build: { outDir: folder, emptyOutDir: true },
        });
      },
    },
    say,
  );
}
