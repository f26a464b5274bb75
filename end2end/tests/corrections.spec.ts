import path from "node:path";
import { expect, test } from "@playwright/test";
import { violations } from "../axe.ts";
import { binary, type Portal, sample, serve, temporary } from "../server.ts";

let portal: Portal;
let product: string;

test.beforeAll(async () => {
  const folder = temporary();
  const register = sample(path.join(folder, "register.db"), 50);
  portal = await serve(register, binary, folder, ["--cases"]);
  const { items } = (await (await fetch(`${portal.origin}/products.json?per_page=1`)).json()) as { items: { key: string }[] };
  product = items[0]!.key;
});

test.afterAll(() => portal.stop());

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("an error is reported from a product's page and its state looked up", async ({ page }) => {
    await page.goto(`${portal.origin}/products/${product}`);
    await page.getByRole("link", { name: "报告错误、申请更正" }).click();
    await expect(page.getByText("要退货、赔偿，请不要填这张表")).toBeVisible();
    await page.getByLabel("内容写错了").check();
    await page.getByLabel("这条记录涉及的企业").check();
    await page.getByLabel("哪里不对，应当是什么").fill("型号应为 SL-100B");
    await page.getByRole("button", { name: "提交" }).click();
    // An enterprise has to say more; what was typed is still there.
    await expect(page.getByRole("alert")).toContainText("还没有提交");
    await expect(page.getByLabel("哪里不对，应当是什么")).toHaveValue("型号应为 SL-100B");
    await page.getByLabel("依据", { exact: true }).fill("证书");
    await page.getByLabel("单位名称和经办人").fill("示例公司");
    await page.getByLabel("电话或电子邮箱").fill("a@example.com");
    await page.waitForTimeout(3_500);
    await page.getByRole("button", { name: "提交" }).click();
    await expect(page).toHaveURL(/\/case\?number=\d\d-\d{4}-/);
    const number = (await page.locator("code.code").textContent())!;
    expect(await page.content()).not.toContain("SL-100B");
    await page.goto(`${portal.origin}/case`);
    await page.getByLabel("案号").fill(number.toLowerCase());
    await page.getByRole("button", { name: "查看" }).click();
    await expect(page.locator("code.code")).toHaveText(number);
  });
});

test("the form and the state fit a phone, in three languages, large and dark", async ({ page, javaScriptEnabled }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const prefix of ["", "/zh-Hant", "/en"]) {
    for (const size of ["", "large"]) {
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        for (const place of [`/report?about=product/${product}&size=${size}`, `/case?number=x&size=${size}`]) {
          await page.goto(`${portal.origin}${prefix}${place}`);
          const width = await page.evaluate(() => document.documentElement.scrollWidth);
          expect(width, `${prefix}${place}`).toBeLessThanOrEqual(390);
          if (javaScriptEnabled !== false) expect(await violations(page), `${prefix}${place} ${colorScheme}`).toEqual([]);
        }
      }
    }
  }
});
