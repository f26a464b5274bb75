import { defineConfig } from "@playwright/test";

/** A browser of the system: Playwright's own is not downloaded. */
const launchOptions = {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"],
};

const desktop = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  globalSetup: "./setup.ts",
  // A test that passes only sometimes is a fault to be found, not to be repeated.
  retries: 0,
  workers: 2,
  fullyParallel: true,
  forbidOnly: !!process.env.CI,
  timeout: 60_000,
  reporter: [["dot"], ["./closing-line.ts"]],
  use: {
    baseURL: process.env.PORTAL,
    launchOptions,
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    screenshot: "off",
    trace: "off",
  },
  projects: [
    { name: "js", use: { viewport: desktop } },
    { name: "nojs", testMatch: /(journeys|layout|scans|verify)\.spec\.ts/, use: { viewport: desktop, javaScriptEnabled: false } },
    { name: "phone", testMatch: /(journeys|island|scans|verify)\.spec\.ts/, use: { viewport: phone, hasTouch: true, isMobile: true } },
  ],
});
