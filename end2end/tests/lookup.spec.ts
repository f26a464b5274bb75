import { readFile } from "node:fs/promises";
import { expect, type Page, test } from "@playwright/test";
import { violations } from "../axe.ts";

/** Some firms and products of the register, as its JSON gives them. */
async function some(page: Page, list: string, most: number): Promise<{ key: string; title: string }[]> {
  return (await (await page.request.get(`/${list}.json?per_page=${most}`)).json()).items;
}

const go = (page: Page) => page.locator("#lookup button").click();

test("a list is looked up in the browser and nothing of it leaves the device", async ({ page }) => {
  const [firm, other] = await some(page, "enterprises", 2);
  const [product] = await some(page, "products", 1);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}${new URL(request.url()).search} ${request.postData() ?? ""}`));
  await page.goto("/match", { waitUntil: "networkidle" });
  expect(asked.filter((one) => /lookup-wasm|shelf|\.wasm/.test(one))).toEqual([]);
  await expect(page.locator("#lh")).toContainText("不上传");
  await page.locator("#l").fill([firm!.key, other!.title, "", product!.key, "没有这样一家有限公司", "44M3-QMX9-D2R4"].join("\n"));
  await go(page);
  await expect(page.locator("#result > p").first()).toHaveText("共 5 行：确定 2，可能 1，编码 1，没有 1。");
  const rows = page.locator("#result .rows > li");
  await expect(rows).toHaveCount(5);
  expect(await rows.evaluateAll((all) => all.map((row) => (row as HTMLElement).dataset.grade))).toEqual(["certain", "possible", "certain", "none", "code"]);
  await expect(rows.nth(2)).toContainText(/^4 · 确定/);
  // Only shelves and the program were fetched.
  expect(asked.filter((one) => !/^GET \/(match|assets\/[\w.-]+|shelf\/[\w-]+|favicon\.ico|sw\.js|manifest\.webmanifest) $/.test(one))).toEqual([]);
  // Every record that is named answers.
  for (const href of await rows.locator("a").evaluateAll((all) => all.map((a) => a.getAttribute("href")!))) {
    if (!href.startsWith("/q/")) expect((await page.request.get(href)).status(), href).toBe(200);
  }
  expect(await violations(page)).toEqual([]);
  const download = page.waitForEvent("download");
  await page.locator("#result a[download]").click();
  const csv = await readFile((await (await download).path())!, "utf8");
  expect(csv.split("\r\n")[0]).toBe("\ufeffline,text,grade,by,catalogue,key,title,status,credit_code,remarks,more");
  expect(csv).toContain(`1,${firm!.key},certain,uscc,enterprises,${firm!.key},`);
});

test("the browser answers a long list as the server does", async ({ page, request }) => {
  const firms = await some(page, "enterprises", 60);
  const products = await some(page, "products", 60);
  const lines = [...firms.map((one) => one.title), ...products.map((one) => one.title), ...firms.map((one) => one.title.slice(1, 5)), "短", "91350100M000100Y4Z"];
  const answer = await request.post("/match", { multipart: { list: lines.join("\n") } });
  expect(answer.status()).toBe(200);
  const server = await page.evaluate((html) => {
    const found = new DOMParser().parseFromString(html, "text/html").querySelectorAll("#result .rows > li");
    return [...found].map((row) => row.textContent);
  }, await answer.text());
  expect(server).toHaveLength(lines.length);
  await page.goto("/match");
  await page.locator("#l").fill(lines.join("\n"));
  await go(page);
  await expect(page.locator("#result .rows > li")).toHaveCount(lines.length);
  expect(await page.locator("#result .rows > li").evaluateAll((all) => all.map((row) => row.textContent))).toEqual(server);
});

test("a file of thousands of lines is taken, with progress, and a page that stays usable", async ({ page }) => {
  const firms = await some(page, "enterprises", 100);
  const lines = Array.from({ length: 5_000 }, (_, i) => (i % 7 ? `第${i}号供应商有限公司` : firms[i % firms.length]!.title));
  await page.goto("/match");
  await page.locator("#f").setInputFiles({ name: "list.csv", mimeType: "text/csv", buffer: Buffer.from(lines.join("\r\n")) });
  await expect(page.locator("#l")).toHaveValue(/第1号供应商/);
  await go(page);
  await expect(page.locator("#result > p").first()).toContainText("共 5,000 行", { timeout: 60_000 });
  await expect(page.locator("#result .rows > li")).toHaveCount(500);
  await expect(page.locator("#result")).toContainText("下面是前 500 行");
});

test("an empty list, and a catalogue that does not come, say what to do", async ({ page }) => {
  await page.goto("/match");
  await go(page);
  await expect(page.locator("#lookup [role=status]")).toContainText("名单是空的");
  await page.locator("#l").fill("示例");
  await page.route("**/shelf/**", (route) => route.abort());
  await go(page);
  await expect(page.locator("#lookup [role=status]")).toContainText("没有离开您的设备");
  await page.unroute("**/shelf/**");
  await go(page);
  await expect(page.locator("#result > p").first()).toContainText("共 1 行");
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("the list is sent once, which the page says before, and is answered", async ({ page }) => {
    const [firm] = await some(page, "enterprises", 1);
    for (const [prefix, before, after] of [
      ["", "名单会发给本站核对一次", "共 1 行：确定 1"],
      ["/zh-Hant", "名單會發給本站核對一次", "共 1 行：確定 1"],
      ["/en", "the list is sent to this site to be looked up once", "1 lines: 1 certain"],
    ] as const) {
      await page.goto(`${prefix}/match`);
      await expect(page.locator("#lh")).toContainText(before);
      await page.locator("#l").fill(firm!.key);
      await go(page);
      await expect(page.locator("#result")).toContainText(after);
    }
  });
});
