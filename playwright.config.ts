import { defineConfig } from "@playwright/test";

/** The system's Chromium: nothing is downloaded, and a till's kiosk runs the same one. */
const chromium = process.env["EVERTILL_CHROMIUM"] ?? "/usr/bin/chromium";

export default defineConfig({
  workers: 1,
  // A test that needs a second try is a bug, and none is given at home. On a shared CI machine one more tells a stall
  // of the whole machine from a fault, and .ci/run names the test all the same: decision 0005.
  retries: process.env["CI"] === "true" ? 1 : 0,
  forbidOnly: true,
  timeout: 60_000,
  outputDir: "test-results/e2e",
  reporter: [["list"], ["json", { outputFile: "test-results/e2e.json" }]],
  use: {
    browserName: "chromium",
    viewport: { width: 1366, height: 768 },
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: chromium,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    { name: "register", testDir: "renderer/e2e" },
    { name: "electron", testDir: "electron/e2e" },
  ],
});
