// A report makes its way without script: a reader files it on a phone, two people at the desk mark the record as
// contested, and two take the mark off; readers see each step, and the verdict stays what it was.
import path from "node:path";
import { type Browser, type Page, expect, test } from "@playwright/test";
import { violations } from "../axe.ts";
import { code, enrol, freePort, isAccessible, settled } from "../desk.ts";
import { type Portal, binary, codes, sample, serve, temporary } from "../server.ts";

const WORDS = "有人反映型号有误，正在核实。";
const SINCE = { "": "起有异议（内容写错了）", "/zh-Hant": "起有異議（內容寫錯了）", "/en": "Contested since" };

let portal: Portal;
let desk: string;
let register: string;

test.beforeAll(async () => {
  const folder = temporary();
  register = sample(path.join(folder, "register.db"), 20);
  const port = await freePort();
  desk = `http://127.0.0.1:${port}`;
  portal = await serve(register, binary, folder, ["--cases", "--desk", `127.0.0.1:${port}`, "--office", "示例市市场监督管理局"]);
});

test.afterAll(() => portal.stop());

async function phone(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 }, locale: "zh-CN" });
  return context.newPage();
}

/** Somebody of the office who has just signed in for the first time. */
async function person(browser: Browser, name: string, role: string): Promise<{ page: Page; secret: string }> {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const secret = await enrol(page, desk, register, name, role);
  return { page, secret };
}

/** A code that is good now; the step of the one before is over first, since a code is good once. */
async function next(secret: string, used: string): Promise<string> {
  for (;;) {
    const now = await code(secret);
    if (now !== used) return now;
    await new Promise((ready) => setTimeout(ready, 1_000));
  }
}

async function sends(page: Page): Promise<string> {
  // The form takes nothing within its first three seconds.
  await page.waitForTimeout(3_500);
  await page.getByRole("button", { name: "提交", exact: true }).click();
  await expect(page).toHaveURL(/\/case\?number=\d\d-\d{4}-/);
  return (await page.locator("code.code").innerText()).trim();
}

/** What a verdict rests on, without the mark, its sentence, and the size of the log, which grows with it. */
async function verdict(of: string): Promise<Record<string, unknown>> {
  const { contested, log_size, sentence, ...rest } = (await (await fetch(`${portal.origin}/q/${of}.json`)).json()) as Record<string, unknown>;
  expect(log_size).toBeGreaterThan(0);
  // That nothing calls for attention is not said of what is contested.
  const words = contested === undefined ? "未见需要提醒的事项" : "有人提出异议";
  expect((sentence as Record<string, string>)["zh-Hans"]).toContain(words);
  return { ...rest, isContested: contested !== undefined };
}

test("a record is contested from a reader's report until the case is closed, by two people each time", async ({ browser }) => {
  test.setTimeout(300_000);
  const model = codes(register)[1]!;
  const before = await verdict(model);
  expect(before.isContested).toBe(false);
  const product = (before.links as { product: string }).product;

  const reader = await phone(browser);
  await reader.goto(`${portal.origin}${product}`);
  await expect(reader.getByRole("note", { name: "有异议" })).toHaveCount(0);
  await reader.getByRole("link", { name: "报告错误、申请更正" }).click();
  await reader.getByLabel("内容写错了").check();
  await reader.getByLabel("读者（可以匿名）").check();
  await reader.getByLabel("哪里不对，应当是什么").fill("型号应为 SL-100B");
  const number = await sends(reader);

  const clerk = await person(browser, "王芳", "drafter");
  const second = await person(browser, "李明", "approver");
  await clerk.page.goto(`${desk}/cases`);
  await isAccessible(browser, clerk.page);
  await clerk.page.getByRole("link", { name: /内容写错了/ }).click();
  await expect(clerk.page.getByText("型号应为 SL-100B")).toBeVisible();
  const file = clerk.page.url();
  await clerk.page.getByRole("button", { name: "开始审查" }).click();
  const mark = clerk.page.locator("#mark");
  await mark.getByLabel("依据").selectOption({ label: "《政府信息公开条例》第六条" });
  await mark.getByLabel(/^给公众看的说明/).fill(WORDS);
  await isAccessible(browser, clerk.page);
  await mark.getByRole("button", { name: "起草标明" }).click();
  await settled(clerk.page);
  await clerk.page.getByRole("button", { name: "提交审核" }).click();
  const draft = clerk.page.url();
  // Nothing is public before the second person, and the first cannot be the second.
  await expect(clerk.page.getByRole("button", { name: "批准并发布" })).toHaveCount(0);
  await reader.goto(`${portal.origin}${product}`);
  await expect(reader.getByRole("note", { name: "有异议" })).toHaveCount(0);

  let used = "";
  const approves = async (address: string) => {
    await second.page.goto(address);
    await settled(second.page);
    used = await next(second.secret, used);
    await second.page.getByLabel("验证器里的 6 位数字").fill(used);
    await second.page.getByRole("button", { name: "批准并发布" }).click();
    await settled(second.page);
    await expect(second.page.getByText("已发布：1 条。")).toBeVisible();
  };
  await approves(draft);

  for (const [prefix, since] of Object.entries(SINCE)) {
    for (const address of [product, `/q/${model}`]) {
      await reader.goto(`${portal.origin}${prefix}${address}`);
      const line = reader.getByRole("note", { name: /有异议|有異議|Contested/ });
      await expect(line).toContainText(since);
      await expect(line).toContainText(WORDS);
      // The line is the office's: it holds neither what was written nor what opens the case.
      await expect(line).not.toContainText("SL-100B");
      await expect(line).not.toContainText(number);
      expect(await reader.evaluate(() => document.documentElement.scrollWidth), address).toBeLessThanOrEqual(390);
      await isClean(browser, reader);
    }
  }
  expect(await verdict(model)).toEqual({ ...before, isContested: true });
  // The row says so too: in a list of the server, and in the one the browser makes of the shelf.
  await reader.goto(`${portal.origin}/products?contested=yes`);
  await expect(reader.locator("ol.rows article")).toHaveCount(1);
  await expect(reader.locator("ol.rows article")).toContainText("有异议");
  const browsing = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
  await browsing.goto(`${portal.origin}/en/products`);
  const shelf = browsing.waitForResponse(/\/shelf\//);
  await browsing.locator("form.facets input[name=contested]").check();
  await shelf;
  await expect(browsing.locator("ol.rows article")).toHaveCount(1);
  await expect(browsing.locator("ol.rows article")).toContainText("Contested");

  await clerk.page.goto(`${desk}/cases`);
  await expect(clerk.page.getByText("记录已标明有异议")).toBeVisible();
  await isAccessible(browser, clerk.page);
  await clerk.page.goto(file);
  await clerk.page.getByLabel("结果").selectOption({ label: "不采纳" });
  await clerk.page.getByLabel("答复的文字").fill("核实无误，型号与证书一致。");
  await clerk.page.getByRole("button", { name: "提交办结" }).click();
  await second.page.goto(file);
  used = await next(second.secret, used);
  await second.page.getByLabel("验证器里的 6 位数字").fill(used);
  await second.page.getByRole("button", { name: "办结并答复" }).click();

  // Closing proposes the mark's end; the line stays until somebody else approves that.
  await clerk.page.goto(file);
  await expect(clerk.page.getByText("已办结，记录仍标明有异议")).toBeVisible();
  await isAccessible(browser, clerk.page);
  await clerk.page.locator("#mark").getByRole("link", { name: /^草稿/ }).click();
  await settled(clerk.page);
  await clerk.page.getByRole("button", { name: "提交审核" }).click();
  await reader.goto(`${portal.origin}${product}`);
  await expect(reader.getByRole("note", { name: "有异议" })).toBeVisible();
  await approves(clerk.page.url());

  for (const prefix of Object.keys(SINCE)) {
    for (const address of [product, `/q/${model}`]) {
      await reader.goto(`${portal.origin}${prefix}${address}`);
      await expect(reader.getByRole("note", { name: /有异议|有異議|Contested/ })).toHaveCount(0);
    }
  }
  expect(await verdict(model)).toEqual(before);
  await reader.goto(`${portal.origin}/products`);
  await expect(reader.locator("ol.rows article").first()).toBeVisible();
  await expect(reader.getByText("有异议")).toHaveCount(0);
  await reader.goto(`${portal.origin}${product}`);
  for (const words of [WORDS, "异议办结"]) expect(await reader.content()).toContain(words);
  await reader.goto(`${portal.origin}/case?number=${number}`);
  await expect(reader.getByText("核实无误，型号与证书一致。")).toBeVisible();
});

test("the page of a code that is not on record takes a report", async ({ browser }) => {
  const reader = await phone(browser);
  await reader.goto(`${portal.origin}/q/44M3QMX9D2R4`);
  await expect(reader.getByRole("heading", { level: 1 })).toHaveText("没有查到");
  await isClean(browser, reader);
  await reader.getByRole("link", { name: "报告错误、申请更正" }).click();
  await expect(reader.getByText("登记簿里没有这个编码。")).toBeVisible();
  await isClean(browser, reader);
  await reader.getByLabel("疑似假冒，或有人盗用编码").check();
  await reader.getByLabel("读者（可以匿名）").check();
  await reader.getByLabel("看到了什么").fill("标签盖住了原来的码");
  await reader.getByLabel("购买的地方").fill("示例集市");
  const number = await sends(reader);
  expect(await reader.content()).not.toContain("示例集市");
  await reader.goto(`${portal.origin}/case?number=${number}`);
  await expect(reader.locator("code.code")).toHaveText(number);
});

/** Looks at a public page in a browser with script, which axe needs. */
async function isClean(browser: Browser, page: Page): Promise<void> {
  const checked = await browser.newPage({ viewport: { width: 390, height: 844 } });
  await checked.goto(page.url());
  expect(await violations(checked), page.url()).toEqual([]);
  await checked.close();
}
