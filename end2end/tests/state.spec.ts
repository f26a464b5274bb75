// The statement of what was registered on a day: one sheet of paper, whatever it holds.
import { expect, test } from "@playwright/test";

test("a statement prints on one sheet of A4, in every language", async ({ page, request }) => {
  const first = async (list: string) => (await (await request.get(list)).json()).items[0].links.page;
  const product = await first("/products.json?status=valid&per_page=1");
  // The enterprise with the most grants.
  const firm = await first("/enterprises.json?sort=listings&per_page=1");
  for (const at of [product, firm]) {
    for (const prefix of ["", "/zh-Hant", "/en"]) {
      await page.goto(`${prefix}${at}/state`);
      await expect(page.locator("h1")).toBeVisible();
      const pdf = await page.pdf({ format: "A4", margin: { top: "12mm", bottom: "12mm", left: "14mm", right: "14mm" } });
      const sheets = pdf.toString("latin1").match(/\/Type\s*\/Page[^s]/g) ?? [];
      expect(sheets.length, prefix + at).toBe(1);
    }
  }
});

test("a statement of a fixed link is the same file later, and a badge stands beside its snippet", async ({ page, request }) => {
  const { items } = await (await request.get("/products.json?status=withdrawn&per_page=1")).json();
  const at = items[0].links.page;
  const file = await (await request.get(`${at}/state.json`)).text();
  const { link, status } = JSON.parse(file);
  expect(status).toBe("withdrawn");
  expect(await (await request.get(link.replace("/state?", "/state.json?"))).text()).toBe(file);
  await page.goto(`/en${at}`);
  await page.getByText("For your own site").click();
  const badge = page.getByRole("img", { name: /present state in the Liangbiao register/ });
  await expect(badge).toBeVisible();
  expect(await badge.evaluate((one: HTMLImageElement) => one.naturalHeight)).toBe(44);
});
