import { defineConfig } from "@playwright/test";
import base from "./playwright.config.ts";

/** `npx playwright test --config screenshots.config.ts` takes the pictures of the README anew. */
export default defineConfig({ ...base, testDir: "screenshots", projects: [{ name: "pictures" }] });
