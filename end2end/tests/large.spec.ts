import path from "node:path";
import { expect, test } from "@playwright/test";
import { count, region } from "../list.ts";
import { type Portal, sample, serve, temporary } from "../server.ts";

/** Above 20,000 rows no shelf is sent: the island asks the JSON twin and makes the same page of its answer. */
test.describe("a catalogue too large for a shelf", () => {
  let portal: Portal;
  test.beforeAll(async () => {
    test.setTimeout(180_000);
    portal = await serve(sample(path.join(temporary(), "register.db"), 20_500));
  });
  test.afterAll(() => portal.stop());

  for (const address of [
    "/products?status=valid",
    "/products?q=%E7%83%AD&sort=strictness",
    "/en/products?status=suspended&page=2",
    "/zh-Hant/products?q=zzzzzzzz",
  ]) {
    test(`is asked by its JSON twin: ${address}`, async ({ page }) => {
      await page.goto(portal.origin + address);
      const served = await region(page);
      const hits = await count(page);
      const documents: string[] = [];
      const shelves: string[] = [];
      page.on("request", (one) => {
        if (one.isNavigationRequest()) documents.push(one.url());
        if (/\/shelf\//.test(one.url())) shelves.push(one.url());
      });
      const asked = page.waitForResponse(/products\.json/);
      await page.locator("form.facets input[name=q]").fill("");
      await page.locator("form.facets input[name=status][value=withdrawn]").check();
      await asked;
      await expect(page).toHaveURL(/status=withdrawn/);
      await expect.poll(() => count(page)).not.toBe(hits);
      while (page.url() !== portal.origin + address) {
        await page.goBack();
      }
      await expect.poll(() => region(page)).toBe(served);
      expect(documents).toEqual([]);
      expect(shelves).toEqual([]);
    });
  }
});
