import { expect, test, type Page } from "@playwright/test";
import { count, openFilters, region } from "../list.ts";

/**
 * The list as the browser runs it after the first touch. On a page of the server the same acts are
 * requests; `journeys.spec.ts` holds those.
 */

/** Everything asked for from now on. */
function listen(page: Page) {
  const asked = { documents: [] as string[], wasm: [] as string[], shelves: [] as string[], api: [] as string[] };
  page.on("request", (one) => {
    if (one.isNavigationRequest()) asked.documents.push(one.url());
    if (/\.wasm$/.test(one.url())) asked.wasm.push(one.url());
    if (/\/shelf\//.test(one.url())) asked.shelves.push(one.url());
    if (/\.json/.test(one.url())) asked.api.push(one.url());
  });
  return asked;
}

async function takeOver(page: Page, address = "/products") {
  await page.goto(address);
  const taken = page.waitForResponse(/\/shelf\//);
  await openFilters(page);
  await page.locator("form.facets input[name=q]").focus();
  await taken;
}

test("nothing is fetched for the island until a control is touched, then once", async ({ page }) => {
  const asked = listen(page);
  await page.goto("/products");
  await page.waitForLoadState("networkidle");
  expect(asked.wasm.concat(asked.shelves)).toEqual([]);
  const taken = page.waitForResponse(/\/shelf\//);
  await openFilters(page);
  await page.locator("form.facets input[name=status][value=valid]").check();
  await taken;
  await expect(page).toHaveURL(/status=valid/);
  await page.locator("form.facets input[name=status][value=suspended]").check();
  await expect(page).toHaveURL(/status=suspended/);
  expect(asked.wasm).toHaveLength(1);
  expect(asked.shelves).toHaveLength(1);
});

test("filtering, searching, sorting and paging ask the server for nothing more", async ({ page }) => {
  await takeOver(page);
  const asked = listen(page);
  await page.locator("form.facets input[name=status][value=valid]").check();
  await expect(page).toHaveURL(/status=valid/);
  const valid = await count(page);
  await page.locator("form.facets input[name=q]").fill("热");
  await expect(page).toHaveURL(/q=/);
  await expect.poll(() => count(page)).toBeLessThan(valid);
  await page.locator("form.facets input[name=q]").fill("");
  await expect.poll(() => count(page)).toBe(valid);
  const close = page.locator("form.facets a[href$='#list']");
  if (await close.isVisible()) await close.click();
  await page.locator("select[name=sort]").selectOption("name");
  await expect(page).toHaveURL(/sort=name/);
  await page.locator("nav.pages a[rel=next]").click();
  await expect(page).toHaveURL(/page=2/);
  expect(await count(page)).toBe(valid);
  expect(asked.documents.filter((address) => !address.includes("#"))).toEqual([]);
  expect(asked.api).toEqual([]);
});

test("back leads to the list as it was, and the address is enough to share it", async ({ page, browser }) => {
  await takeOver(page);
  const before = await count(page);
  await page.locator("form.facets input[name=status][value=suspended]").check();
  await expect(page).toHaveURL(/status=suspended/);
  const narrowed = await count(page);
  expect(narrowed).not.toBe(before);
  const shared = await browser.newPage({ javaScriptEnabled: false });
  await shared.goto(page.url());
  expect(await count(shared)).toBe(narrowed);
  await shared.close();
  await page.goBack();
  await expect.poll(() => count(page)).toBe(before);
  await expect(page.locator("form.facets input[name=status][value=suspended]")).not.toBeChecked();
  await page.goForward();
  await expect.poll(() => count(page)).toBe(narrowed);
});

test("the number of hits is announced, politely", async ({ page }) => {
  await takeOver(page);
  await page.locator("form.facets input[name=status][value=suspended]").check();
  await expect(page).toHaveURL(/status=suspended/);
  const hits = await count(page);
  const live = page.locator("[aria-live=polite], [role=status]").first();
  await expect(live).toContainText(String(hits));
});

const addresses = [
  "/products?status=valid",
  "/products?q=%E7%83%AD",
  "/products?status=valid&status=suspended&sort=name&page=2",
  "/en/products?status=valid&sort=strictness",
  "/zh-Hant/products?status=withdrawn",
  "/products?q=zzzzzzzz",
  "/products?status=valid&size=large",
  "/enterprises?page=2",
  "/standards?q=gbt",
  "/notices",
  "/systems?q=%E7%A0%81",
];
for (const address of addresses) {
  test(`browser and server show the same page: ${address}`, async ({ page }, info) => {
    test.skip(info.project.name !== "js", "once is enough");
    await page.goto(address);
    const served = await region(page);
    // Another filter on, and off again: what stands there now was made in the browser.
    const taken = page.waitForResponse(/\/shelf\//);
    const box = page.locator("form.facets input[type=checkbox]:not(:checked)").first();
    if (await box.count()) {
      const id = await box.evaluate((one: HTMLInputElement) => `input[name="${one.name}"][value="${one.value}"]`);
      await page.locator(`form.facets ${id}`).check();
      await taken;
      await page.waitForURL((url) => url.href !== new URL(address, url).href);
      await page.goBack();
    } else {
      const before = page.url();
      await page.locator("form.facets input[name=q]").fill("");
      await taken;
      await page.waitForURL((url) => url.href !== before);
      await page.goBack();
    }
    await expect.poll(() => region(page)).toBe(served);
  });
}

for (const what of ["wasm", "shelf"] as const) {
  test(`without the ${what} the form goes on working`, async ({ page }) => {
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    await page.route(what === "wasm" ? /\.wasm$/ : /\/shelf\//, (route) => route.abort());
    await page.goto("/products");
    const failed = page.waitForEvent("requestfailed");
    await openFilters(page);
    await page.locator("form.facets input[name=status][value=suspended]").check();
    await failed;
    await page.locator("form.facets .acts button").click();
    await expect(page).toHaveURL(/status=suspended/);
    await expect(page.locator(".tags a").first()).toBeVisible();
    await expect(page.locator("form.facets input[name=status][value=suspended]")).toBeChecked();
    expect(errors).toEqual([]);
  });
}

test("a damaged shelf is refused", async ({ page }) => {
  await page.route(/\/shelf\//, async (route) => {
    const answer = await route.fetch();
    const body = Buffer.from(await answer.body());
    body[body.length >> 1]! ^= 0x40;
    const { "content-encoding": _, "content-length": __, ...headers } = answer.headers();
    await route.fulfill({ status: 200, headers, body });
  });
  await page.goto("/products");
  const taken = page.waitForResponse(/\/shelf\//);
  await openFilters(page);
  await page.locator("form.facets input[name=status][value=suspended]").check();
  await taken;
  await page.locator("form.facets .acts button").click();
  await expect(page).toHaveURL(/status=suspended/);
  await expect(page.locator("ol.rows article").first()).toBeVisible();
});

test("a page that the browser has translated can still be filtered", async ({ page }) => {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.goto("/products");
  // What a translating browser does: every text moves into two elements of its own.
  await page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts: Text[] = [];
    while (walker.nextNode()) if (walker.currentNode.textContent?.trim()) texts.push(walker.currentNode as Text);
    for (const text of texts) {
      if (text.parentElement?.closest("script, style, option, title")) continue;
      const outer = document.createElement("font");
      const inner = document.createElement("font");
      inner.textContent = `⟦${text.textContent}⟧`;
      outer.append(inner);
      text.replaceWith(outer);
    }
  });
  const taken = page.waitForResponse(/\/shelf\//);
  await openFilters(page);
  await page.locator("form.facets input[name=status][value=suspended]").check();
  await taken;
  await expect(page).toHaveURL(/status=suspended/);
  await expect(page.locator(".tags a")).not.toHaveCount(0);
  await page.locator("form.facets input[name=status][value=valid]").check();
  await expect(page).toHaveURL(/status=valid/);
  expect(errors).toEqual([]);
});
