import { expect, test } from "@playwright/test";

test("what is new is told by this device alone, and only when asked to remember", async ({ page, context }) => {
  await page.goto("/changes");
  const stored = () => page.evaluate(() => localStorage.getItem("seen"));
  expect(await stored()).toBeNull();
  await page.getByRole("button", { name: "在这台设备上记住看到这里" }).click();
  await expect(page.getByText("以后没有新登记")).toBeVisible();
  const [size, day] = (await stored())!.split(" ");
  expect(Number(size)).toBeGreaterThan(0);
  expect(day).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  // Seven entries ago.
  const before = Number(size) - 7;
  await page.evaluate((before) => localStorage.setItem("seen", `${before} 2026-01-31`), before);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto("/en/");
  const link = page.getByRole("link", { name: "7 new entries since you last looked (2026-01-31)" });
  await expect(link).toBeVisible();
  expect(asked.every((address) => !address.includes("known_from"))).toBe(true);
  await link.click();
  await expect(page).toHaveURL(new RegExp(`/en/changes\\?axis=recorded&known_from=${before}$`));
  await expect(page.getByRole("heading", { name: "7 changes" })).toBeVisible();
  await page.goto("/changes");
  await page.getByRole("button", { name: "忘掉" }).click();
  expect(await stored()).toBeNull();
  expect(await context.cookies()).toEqual([]);
});

test("a period, a directory and a change are chosen without script, and the way back from another day is there", async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL });
  const page = await context.newPage();
  await page.goto("/changes");
  await expect(page.locator("#seen")).toBeHidden();
  await page.getByLabel("名录", { exact: true }).selectOption("foshan-standard");
  await page.getByLabel("变动", { exact: true }).selectOption("left");
  await page.getByLabel("从", { exact: true }).fill("2024-01-01");
  await page.getByRole("button", { name: "查看" }).click();
  await expect(page).toHaveURL(/scheme=foshan-standard&.*change=left.*from=2024-01-01/);
  const total = Number(await page.locator("h2 .num").first().textContent());
  expect(total).toBeGreaterThan(0);
  const twin = await (await page.request.get(page.url().replace("/changes?", "/changes.json?"))).json();
  expect(twin.total).toBe(total);
  expect(twin.items.every((item: { change: string }) => item.change === "left")).toBe(true);
  await page.goto("/changes?as_of=2025-06-30");
  await page.getByRole("link", { name: "看今天的" }).click();
  await expect(page).toHaveURL(/\/changes$/);
  await context.close();
});
