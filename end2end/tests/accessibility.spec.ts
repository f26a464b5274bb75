import { expect, test } from "@playwright/test";
import { violations } from "../axe.ts";
import { everyPage, inLanguage, languages } from "../pages.ts";

for (const prefix of languages) {
  for (const scheme of ["light", "dark"] as const) {
    test(`nobody is kept out of any page: axe finds nothing (“${prefix || "/"}”, ${scheme})`, async ({ page, request }) => {
      test.setTimeout(240_000);
      await page.emulateMedia({ colorScheme: scheme });
      for (const [name, path] of Object.entries(await everyPage(request))) {
        await page.goto(inLanguage(prefix, path));
        expect.soft(await violations(page), name).toEqual([]);
      }
    });
  }
}

test("large type and a phone keep nobody out either", async ({ page, request }) => {
  test.setTimeout(240_000);
  await page.setViewportSize({ width: 390, height: 844 });
  for (const [name, path] of Object.entries(await everyPage(request))) {
    await page.goto(path + (path.includes("?") ? "&" : "?") + "size=large");
    expect.soft(await violations(page), name).toEqual([]);
  }
});

test("the list that the browser has taken over keeps nobody out", async ({ page }) => {
  await page.goto("/products");
  const taken = page.waitForResponse(/\/shelf\//);
  await page.locator("form.facets input[type=checkbox]").first().check();
  await taken;
  await expect(page).toHaveURL(/\?/);
  expect(await violations(page)).toEqual([]);
});
