import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { everyPage, inLanguage, languages } from "../pages.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** WCAG 2.0 to 2.2, A and AA, and the tool's best practices; what it finds, in words. */
async function violations(page: import("@playwright/test").Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    // @ts-expect-error: axe is there since the line before.
    const { violations } = await axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    });
    return violations.map(
      (one: { id: string; help: string; nodes: { html: string; failureSummary: string }[] }) =>
        `${one.id}: ${one.help}: ${one.nodes
          .slice(0, 3)
          .map((node) => `${node.html.slice(0, 200)} ${node.failureSummary}`)
          .join(" | ")}`,
    );
  });
}

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
