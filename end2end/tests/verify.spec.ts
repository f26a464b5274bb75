import { expect, test } from "@playwright/test";
import { everyVerdict, inLanguage, languages } from "../pages.ts";

test("a verdict is one request and the icon, and runs nothing", async ({ page, request }) => {
  for (const [name, path] of Object.entries(await everyVerdict(request))) {
    const asked: string[] = [];
    const note = (one: import("@playwright/test").Request) => asked.push(one.url());
    page.on("request", note);
    await page.goto(path);
    await page.waitForLoadState("networkidle");
    page.off("request", note);
    expect(asked.filter((address) => !/mark-[0-9a-f]+\.svg$/.test(address)), name).toHaveLength(1);
    expect(await page.locator("script").count(), name).toBe(0);
    // The style within it is allowed by the policy: without it nothing has a ground.
    const ground = await page.locator(".verdict").evaluate((one) => getComputedStyle(one).backgroundColor);
    expect(ground, name).not.toBe("rgba(0, 0, 0, 0)");
  }
});

test("verdict, product, maker and code stand on the first screen of a phone", async ({ page, request }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const [name, path] of Object.entries(await everyVerdict(request))) {
    if (/unknown|malformed/.test(name)) continue;
    for (const prefix of languages) {
      await page.goto(inLanguage(prefix, path));
      for (const part of [".verdict h1", ".verdict .say", ".what h2", ".code"]) {
        const box = await page.locator(part).first().boundingBox();
        expect.soft(box!.y + box!.height, `${name} ${prefix} ${part}`).toBeLessThanOrEqual(844);
      }
    }
  }
});

test("only what is valid is green", async ({ page, request }) => {
  const grounds: Record<string, string> = {};
  for (const [name, path] of Object.entries(await everyVerdict(request))) {
    await page.goto(path);
    grounds[name] = await page.locator(".verdict").evaluate((one) => getComputedStyle(one).backgroundColor);
  }
  const green = "rgb(22, 101, 52)";
  expect(Object.entries(grounds).filter(([, ground]) => ground === green).map(([name]) => name)).toEqual(["verdict, valid"]);
});

test("a mistyped code can be typed again", async ({ page, request }) => {
  const { "verdict, valid": valid } = await everyVerdict(request);
  await page.goto("/q/44M3QMX9D2R5");
  const field = page.getByRole("textbox");
  await expect(field).toHaveValue("44M3QMX9D2R5");
  await field.fill(valid!.slice(3).toLowerCase());
  await page.getByRole("button", { name: "查询" }).click();
  await expect(page.locator(".verdict h1")).toContainText("有效");
  await expect(page.getByRole("status")).toBeVisible();
});
