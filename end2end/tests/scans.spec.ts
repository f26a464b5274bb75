import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { violations } from "../axe.ts";
import { binary, type Portal, sample, serve, temporary } from "../server.ts";

let portal: Portal;
let unit: string;

test.beforeAll(async () => {
  const folder = temporary();
  const register = sample(path.join(folder, "register.db"), 50);
  const list = execFileSync(binary, ["code", "list", "--status", "valid", "--register", register], { encoding: "utf8" });
  const product = list.split("\n").map((line) => line.split("\t")).find(([, level]) => level === "M")![3]!;
  const run = path.join(folder, "run.csv");
  execFileSync(binary, ["code", "issue", "--product", product, "--level", "unit", "--count", "3", "--out", run, "--register", register], {
    stdio: "ignore",
  });
  unit = readFileSync(run, "utf8").split("\n")[1]!.split(",")[0]!;
  portal = await serve(register, binary, folder, ["--scan-facts"]);
});

test.afterAll(() => portal.stop());

test("a check is noted by pressing, with a province or without", async ({ page }) => {
  await page.goto(`${portal.origin}/q/${unit}`);
  await expect(page.getByRole("status")).toBeVisible();
  await page.getByRole("button", { name: "记下这次查验" }).click();
  await expect(page).toHaveURL(`${portal.origin}/q/${unit}/scans`);
  const times = page.locator("dt", { hasText: "次数" }).locator("+ dd");
  const before = Number(await times.textContent());
  expect(before).toBeGreaterThan(0);
  await page.getByLabel("您在哪个省份").selectOption({ label: "广东" });
  await page.getByRole("button", { name: "记下这次查验" }).click();
  // Tests of other sizes may press as well; one code counts five a day.
  expect(Number(await times.textContent())).toBeGreaterThanOrEqual(Math.min(before + 1, 5));
  await expect(page.getByText("不说明这件商品是真是假")).toBeVisible();
  const reloaded = Number(await times.textContent());
  await page.reload();
  expect(Number(await times.textContent())).toBe(reloaded);
});

test("the page of the numbers fits a phone, in three languages, large and dark", async ({ page, javaScriptEnabled }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const prefix of ["", "/zh-Hant", "/en"]) {
    for (const size of ["", "?size=large"]) {
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        for (const place of [`/q/${unit}/scans`, `/q/${unit}`]) {
          await page.goto(`${portal.origin}${prefix}${place}${size}`);
          const width = await page.evaluate(() => document.documentElement.scrollWidth);
          expect(width, `${prefix}${place}${size}`).toBeLessThanOrEqual(390);
          if (javaScriptEnabled !== false) expect(await violations(page), `${prefix}${place}${size} ${colorScheme}`).toEqual([]);
        }
      }
    }
  }
});
