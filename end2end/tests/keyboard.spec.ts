import { expect, test } from "@playwright/test";

/** Presses Tab until the wished element has the focus; every stop has to be visible. */
async function tabTo(page: import("@playwright/test").Page, wished: string, limit = 120) {
  for (let pressed = 0; pressed < limit; pressed++) {
    await page.keyboard.press("Tab");
    const there = await page.evaluate((selector) => {
      const focused = document.activeElement;
      if (!focused || focused === document.body) return { found: false, seen: true, what: "body" };
      const box = focused.getBoundingClientRect();
      const outline = getComputedStyle(focused);
      const seen = box.width > 0 && box.height > 0 && (outline.outlineStyle !== "none" || outline.boxShadow !== "none");
      return { found: focused.matches(selector), seen, what: focused.outerHTML.slice(0, 120) };
    }, wished);
    expect(there.seen, `focus cannot be seen on ${there.what}`).toBe(true);
    if (there.found) return;
  }
  throw new Error(`${wished} is not reached with ${limit} presses of Tab`);
}

test("search, filter, page and open a product with the keyboard alone", async ({ page }) => {
  await page.goto("/products");
  await page.keyboard.press("Tab");
  await expect(page.locator("a.skip")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/#main$/);
  await tabTo(page, "form.facets input[name=q]");
  await page.keyboard.type("热");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/q=/);
  await tabTo(page, "form.facets input[type=checkbox]");
  await page.keyboard.press("Space");
  await expect(page.locator("form.facets input[type=checkbox]:checked")).toHaveCount(1);
  await expect(page.locator(".tags a").first()).toBeVisible();
  await expect(page.locator("form.facets input[type=checkbox]:checked")).toBeFocused();
  await tabTo(page, "ol.rows article h3 a");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/products\/./);
  await expect(page.locator("main h1")).toBeVisible();
});

test("a chosen value keeps the focus when the list is taken over", async ({ page }) => {
  await page.goto("/products");
  const taken = page.waitForResponse(/\/shelf\//);
  await tabTo(page, "form.facets input[type=checkbox]");
  await page.keyboard.press("Space");
  await taken;
  await expect(page).toHaveURL(/\?/);
  await expect(page.locator("form.facets input[type=checkbox]:checked")).toBeFocused();
});
