import { copyFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { binary, sample, serve, temporary } from "../server.ts";

test("one file, copied alone to an empty folder, serves the whole portal", async ({ page }) => {
  const folder = temporary();
  const alone = path.join(folder, path.basename(binary));
  copyFileSync(binary, alone);
  const register = sample(path.join(temporary(), "register.db"), 100);
  const portal = await serve(register, alone, folder);
  try {
    const failed: string[] = [];
    page.on("response", (answer) => {
      if (!answer.ok()) failed.push(`${answer.status()} ${answer.url()}`);
    });
    await page.goto(`${portal.origin}/products`);
    const taken = page.waitForResponse(/\.wasm$/);
    await page.locator("form.facets input[name=q]").focus();
    expect((await taken).headers()["content-type"]).toBe("application/wasm");
    await expect(page.locator("ol.rows article").first()).toBeVisible();
    expect(failed).toEqual([]);
    expect(readdirSync(folder)).toEqual([path.basename(binary)]);
  } finally {
    await portal.stop();
  }
});
