import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The renderer as static files that both shells serve: relative addresses, nothing inline for the CSP. */
export default defineConfig({
  root: "renderer",
  base: "./",
  plugins: [react()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2024",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: true,
    chunkSizeWarningLimit: 2000,
  },
});
