// A page checked in the browser against the log behind it: what holds, what was changed on the way, what cannot be checked.
import { execFileSync } from "node:child_process";
import path from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { violations } from "../axe.ts";
import { binary, sample, serve, temporary } from "../server.ts";

const box = (page: Page) => page.locator("#proof");
const button = (page: Page) => box(page).getByRole("link");
const status = (page: Page) => box(page).locator("[role=status]");

async function product(page: Page, query = "status=valid"): Promise<string> {
  const list = await (await page.request.get(`/products.json?${query}&per_page=1`)).json();
  return list.items[0].links.page;
}

async function outcome(page: Page): Promise<string> {
  await button(page).click();
  await expect(status(page)).toHaveAttribute("data-is", /./);
  return (await status(page).getAttribute("data-is"))!;
}

/** The words of the lines of the report. */
const said = (page: Page) => status(page).locator("[data-say]").evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.say!));

test("a page that is what the log says holds; the first look says so, the second compares", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (one) => asked.push(new URL(one.url()).pathname));
  await page.goto(`/en${await product(page)}`, { waitUntil: "networkidle" });
  expect(asked.filter((one) => /checker|checking|check\.json|\.wasm/.test(one))).toEqual([]);
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
  expect(await outcome(page)).toBe("partly");
  expect(await said(page)).toEqual(expect.arrayContaining(["signed", "first", "entries", "status", "fields"]));
  await expect(status(page).locator(".ok h3, h3.ok, h3 .ok")).toHaveCount(0);
  expect(await outcome(page)).toBe("holds");
  expect(await said(page)).toEqual(expect.arrayContaining(["signed", "goes_on", "entries", "status", "fields"]));
  await expect(status(page)).toContainText("Checked: this page is what the log says");
  await expect(status(page)).toContainText("This does not show");
  expect(await violations(page)).toEqual([]);
  await status(page).getByRole("button").click();
  await expect(status(page)).toContainText("Deleted");
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
});

test("pages of other kinds are checked too, in every language", async ({ page, request }) => {
  for (const [prefix, list] of [
    ["", "/enterprises"],
    ["/zh-Hant", "/standards"],
    ["/en", "/penalties"],
    ["", "/notices"],
  ]) {
    const { items } = await (await request.get(`${list}.json?per_page=1`)).json();
    await page.goto(prefix + items[0].links.page);
    expect(["holds", "partly"], list).toContain(await outcome(page));
    expect(await said(page), list).toEqual(expect.arrayContaining(["signed", "entries", "fields"]));
  }
});

for (const [name, change, line] of [
  ["an entry", (json: never) => edit(json, "entry", /"name_zh":"/, '"name_zh":"假'), "entry"],
  ["a proof", (json: never) => edit(json, "path", /^./, (one: string) => (one === "A" ? "B" : "A")), "entry"],
  ["the checkpoint's size", (json: { checkpoint: string }) => (json.checkpoint = json.checkpoint.replace(/\n(\d+)\n/, (_, n) => `\n${+n + 1}\n`)), "bad_signature"],
] as const) {
  test(`${name} that was changed on the way is named, in red`, async ({ page }) => {
    await page.route("**/check.json?*", async (route) => {
      const answer = await route.fetch();
      const json = await answer.json();
      (change as (json: unknown) => void)(json);
      await route.fulfill({ response: answer, json });
    });
    await page.goto(await product(page));
    expect(await outcome(page)).toBe("failed");
    expect(await said(page)).toContain(line);
    await expect(status(page).locator("h3 .bad")).toHaveText("对不上");
    expect(await page.evaluate(() => localStorage.length), "what does not hold is not kept").toBe(0);
  });
}

/** Changes the first entry's text or the first hash of its path. */
function edit(json: { entries: { entry: string; path: string[] }[] }, what: "entry" | "path", from: RegExp, to: never | string) {
  const first = json.entries[0]!;
  if (what === "entry") first.entry = first.entry.replace(from, to);
  else first.path[0] = first.path[0]!.replace(from, to);
}

test("a record whose data were changed on the way is told by entry and field", async ({ page }) => {
  const at = await product(page);
  await page.route(`**${at}.json?*`, async (route) => {
    const answer = await route.fetch();
    const json = await answer.json();
    json.record.model = "X-1";
    await route.fulfill({ response: answer, json });
  });
  await page.goto(`/en${at}`);
  expect(await outcome(page)).toBe("failed");
  await expect(status(page)).toContainText(/Entry \d+: the field “model” is not what the log holds/);
});

test("a page that prints another status than its entries is told", async ({ page }) => {
  const at = await product(page, "status=withdrawn");
  await page.goto(at);
  await box(page).evaluate((one: HTMLElement) => (one.dataset.status = "valid"));
  expect(await outcome(page)).toBe("failed");
  expect(await said(page)).toContain("status_differs");
});

test("what cannot be fetched is not checked, and nothing is green", async ({ page, context }) => {
  const at = await product(page);
  await page.goto(at);
  await context.setOffline(true);
  expect(await outcome(page)).toBe("unchecked");
  await expect(status(page)).toContainText("没能核对");
  await context.setOffline(false);
  await page.route("**/check.json?*", (route) => route.fulfill({ status: 503, body: "" }));
  expect(await outcome(page)).toBe("unchecked");
  await page.unroute("**/check.json?*");
  await page.route(`**${at}.json?*`, (route) => route.abort());
  expect(await outcome(page)).toBe("unchecked");
  expect(await said(page)).toContain("unread");
  await expect(status(page).locator("h3 .ok")).toHaveCount(0);
});

test("a log that was rewound or rewritten since this device looked is told, and the old checkpoint is kept", async ({ page, request }) => {
  const at = await product(page);
  await page.goto(at);
  expect(await outcome(page)).toBe("partly");
  const kept = (await page.evaluate(() => localStorage.getItem("log")))!;
  // Rewound: the log of an earlier size, honestly signed.
  const size = +/\n(\d+)\n/.exec(kept)![1]!;
  const past = await (await request.get(`/cite?of=${encodeURIComponent(`/products?known=${size - 5}`)}`)).text();
  const earlier = unescaped(/<pre class="box"><code>(liangbiao\/register\/[^<]*)<\/code>/.exec(past)![1]!);
  await page.route("**/check.json?*", async (route) => {
    const answer = await route.fetch();
    const json = await answer.json();
    await route.fulfill({ response: answer, json: { ...json, checkpoint: earlier } });
  });
  expect(await outcome(page)).toBe("failed");
  expect(await said(page)).toContain("shorter");
  expect(await page.evaluate(() => localStorage.getItem("log"))).toBe(kept);
  await expect(status(page).locator("details").first()).toBeVisible();
  await page.unroute("**/check.json?*");
  expect(await outcome(page)).toBe("holds");
});

test("another log under the same address is told apart from the one this device saw first", async ({ page }) => {
  test.setTimeout(180_000);
  const other = await serve(sample(path.join(temporary(), "register.db"), 40));
  try {
    await page.goto(await product(page));
    expect(await outcome(page)).toBe("partly");
    const theirs = (await (await page.request.get(`${other.origin}/products.json?status=valid&per_page=1`)).json()).items[0].links.page;
    await page.route("**/check.json?*", async (route) => {
      const json = await (await page.request.get(`${other.origin}/check.json?${new URLSearchParams({ of: theirs })}`)).json();
      await route.fulfill({ json });
    });
    expect(await outcome(page)).toBe("failed");
    expect(await said(page)).toContain("other_key");
  } finally {
    await other.stop();
  }
});

test("a log that forks under the same key is told, and both checkpoints are shown", async ({ page }) => {
  test.setTimeout(180_000);
  // The same sample twice has the same key; each then goes on another way.
  const [first, second] = [1, 2].map(() => sample(path.join(temporary(), "register.db"), 40));
  const grow = (register: string) => execFileSync(binary, ["key", "new", "--holder", "示例机关", "--register", register]);
  grow(first!);
  const portal = await serve(first!);
  let running = portal;
  try {
    const { items } = await (await page.request.get(`${portal.origin}/products.json?status=valid&per_page=1`)).json();
    const at = portal.origin + items[0].links.page;
    await page.goto(at);
    expect(await outcome(page)).toBe("partly");
    const kept = await page.evaluate(() => localStorage.getItem("log"));
    await portal.stop();
    grow(second!);
    grow(second!);
    running = await serve(second!, undefined, undefined, ["--listen", portal.origin.replace("http://", "")]);
    await page.goto(at);
    expect(await outcome(page)).toBe("failed");
    expect(await said(page)).toContain("forked");
    await expect(status(page).locator("details")).toHaveCount(2);
    expect(await page.evaluate(() => localStorage.getItem("log"))).toBe(kept);
  } finally {
    await running.stop();
  }
});

test("without JavaScript the control leads to the page that says how to check by hand", async ({ browser, baseURL, page }) => {
  const at = await product(page);
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL });
  const still = await context.newPage();
  await still.goto(`/en${at}`);
  await button(still).click();
  await expect(still.locator("h1")).toHaveText("Check a page");
  await expect(still.getByText("liangbiao log verify")).toBeVisible();
  const proof = await still.locator("a[href$='.tlog-proof']").first().getAttribute("href");
  expect((await page.request.get(proof!)).ok()).toBe(true);
  await context.close();
});

const unescaped = (text: string) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
