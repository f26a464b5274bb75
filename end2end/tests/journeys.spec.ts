import { expect, test } from "@playwright/test";
import { everyPage, inLanguage, languages } from "../pages.ts";

/**
 * What people come for, from page to page. Runs with JavaScript and without, on a desk and on a phone:
 * every step is a link, a form or nothing.
 */

test("from the home page a search leads to a product that says where its facts come from", async ({ page }) => {
  await page.goto("/");
  const search = page.locator("main form[action='/products'], main form[action$='/products']").first();
  await search.locator("input[name=q]").fill("热");
  await search.locator("button").first().click();
  await expect(page).toHaveURL(/\/products\?.*q=/);
  const rows = page.locator("ol.rows article");
  await expect(rows.first()).toBeVisible();
  const title = (await rows.first().locator("h3 a").innerText()).trim();
  await rows.first().locator("h3 a").click();
  await expect(page.locator("main h1")).toContainText(title.split("\n")[0] ?? title);
  await expect(page.locator("main .src").first()).toBeVisible();
});

test("a facet narrows the list to its count, a tag removes it again", async ({ page }) => {
  await page.goto("/products");
  const all = await count(page);
  await openFilters(page);
  const choice = page.locator("form.facets input[name=status][value=suspended]");
  const promised = number(await page.locator("form.facets label", { has: page.locator("input[name=status][value=suspended]") }).locator("span").innerText());
  await choice.check();
  await submit(page);
  await expect(page).toHaveURL(/status=suspended/);
  await expect.poll(() => count(page)).toBe(promised);
  expect(promised).toBeLessThan(all);
  await page.locator(".tags a").first().click();
  await expect(page).not.toHaveURL(/status=suspended/);
  await expect.poll(() => count(page)).toBe(all);
});

test("the next page goes on where this one ends", async ({ page }) => {
  await page.goto("/products");
  const first = await titles(page);
  await page.locator("nav.pages a[rel=next]").click();
  await expect(page).toHaveURL(/page=2/);
  await expect.poll(async () => (await titles(page))[0]).not.toBe(first[0]);
  const second = await titles(page);
  expect(second.filter((title) => first.includes(title))).toEqual([]);
  await page.goBack();
  await expect.poll(() => titles(page)).toEqual(first);
});

test("sorting by name orders the rows by name and keeps the filter", async ({ page }) => {
  await page.goto("/products?status=valid");
  const before = await count(page);
  await page.locator("select[name=sort]").selectOption("name");
  const button = page.locator("form", { has: page.locator("select[name=sort]") }).locator("button").first();
  if (await button.isVisible()) await button.click();
  await expect(page).toHaveURL(/sort=name/);
  await expect(page).toHaveURL(/status=valid/);
  await expect.poll(() => count(page)).toBe(before);
});

test("product, enterprise, directory and standard lead to one another", async ({ page, request }) => {
  const pages = await everyPage(request);
  await page.goto(pages.product!);
  await page.locator("main a[href*='/enterprises/']").first().click();
  await expect(page).toHaveURL(/\/enterprises\//);
  await expect(page.locator("main h1")).toBeVisible();
  await page.locator("main a[href*='/products/']").first().click();
  await expect(page).toHaveURL(/\/products\//);
  await page.locator("main a[href*='/directories/']").first().click();
  await expect(page).toHaveURL(/\/directories\//);
  await expect(page.locator("ol.rows").first()).toBeVisible();
  await page.goto(pages.product!);
  await page.locator("main a[href*='/standards/']").first().click();
  await expect(page).toHaveURL(/\/standards\//);
  await expect(page.locator("main h1")).toBeVisible();
});

test("a product that left keeps its page and says so", async ({ page, request }) => {
  const pages = await everyPage(request);
  await page.goto(pages["product, withdrawn"]!);
  await expect(page.locator("main .st.bad, main .st.off").first()).toBeVisible();
});

test("every page of the portal answers in three languages with one heading and the sample strip", async ({
  page,
  request,
}) => {
  test.setTimeout(300_000);
  for (const [name, path] of Object.entries(await everyPage(request))) {
    for (const prefix of languages) {
      const answer = await page.goto(inLanguage(prefix, path));
      const where = `${name} in “${prefix}”`;
      const status: Record<string, number> = { "not found": 404, "verdict, unknown": 404, "verdict, malformed": 400 };
      expect(answer?.status(), where).toBe(status[name] ?? 200);
      expect(await page.locator("html").getAttribute("lang"), where).toBe(
        { "": "zh-CN", "/zh-Hant": "zh-Hant", "/en": "en" }[prefix],
      );
      await expect(page.locator("main#main h1:visible"), where).toHaveCount(1);
      await expect(page.locator(".sample:not(.past)"), where).toBeVisible();
    }
  }
});

test("the language links lead to the same record", async ({ page, request }) => {
  const { product } = await everyPage(request);
  await page.goto(product!);
  await page.locator("header a[hreflang=en]").click();
  await expect(page).toHaveURL(new RegExp(`/en${escape(product!)}$`));
  await page.locator("header a[hreflang=zh-Hant]").click();
  await expect(page).toHaveURL(new RegExp(`/zh-Hant${escape(product!)}$`));
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-Hant");
});

test("large type stays on from page to page", async ({ page }) => {
  await page.goto("/");
  await page.locator("header a[href*='size=large']").first().click();
  await expect(page.locator("html")).toHaveClass(/large/);
  await page.locator("nav a[href*='/products']").first().click();
  await expect(page.locator("html")).toHaveClass(/large/);
  await page.locator("ol.rows article h3 a").first().click();
  await expect(page.locator("html")).toHaveClass(/large/);
});

test("a wrong address helps further", async ({ page }) => {
  const answer = await page.goto("/products/no-such-product");
  expect(answer?.status()).toBe(404);
  await page.locator("main a[href*='/products']").first().click();
  await expect(page.locator("ol.rows article").first()).toBeVisible();
});

test("the list of a past day says which day it is", async ({ page }) => {
  await page.goto("/products?as_of=2025-06-30");
  await expect(page.locator(".past")).toContainText(/2025-06-30|2025年6月30日/);
  await expect(page.locator("ol.rows article").first()).toBeVisible();
});

test("systems, notices and data lead on", async ({ page }) => {
  for (const path of ["/systems", "/notices"]) {
    await page.goto(path);
    await page.locator("ol.rows article h3 a").first().click();
    await expect(page).toHaveURL(new RegExp(`${path}/.`));
    await expect(page.locator("main h1")).toBeVisible();
  }
  await page.goto("/data");
  const csv = await page.locator("main a[href$='.csv']").first().getAttribute("href");
  const answer = await page.request.get(csv!);
  expect(answer.ok()).toBe(true);
  expect(answer.headers()["content-type"]).toContain("text/csv");
});

type Page = import("@playwright/test").Page;

function number(text: string): number {
  return Number(text.replaceAll(/[^\d]/g, ""));
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

async function count(page: Page): Promise<number> {
  return number(await page.locator(".bar h2 .num").innerText());
}

async function titles(page: Page): Promise<string[]> {
  return page.locator("ol.rows article h3").allInnerTexts();
}

/** On a phone the filters are behind a link. */
async function openFilters(page: Page) {
  const link = page.locator(".bar a[href$='#filter']");
  if (await link.isVisible()) await link.click();
}

/** Sends the form where nothing has taken it over. */
async function submit(page: Page) {
  const button = page.locator("form.facets .acts button");
  if (await button.isVisible()) await button.click();
}
