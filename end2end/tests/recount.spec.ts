import { expect, type Page, test } from "@playwright/test";
import { violations } from "../axe.ts";

/** Keys of targets, with what their JSON says of them. */
async function targets(page: Page): Promise<{ key: string; status: string }[]> {
  const list = await (await page.request.get("/targets.json?per_page=100")).json();
  return list.items;
}

/** Recount pages that offer to count again, the first `most` of them. */
async function countable(page: Page, most: number): Promise<string[]> {
  const found: string[] = [];
  for (const { key } of await targets(page)) {
    const path = `/targets/${key}/recount`;
    const html = await (await page.request.get(path)).text();
    if (html.includes('id="again"')) found.push(path);
    if (found.length === most) break;
  }
  return found;
}

const button = (page: Page) => page.locator("#again button");
const status = (page: Page) => page.locator("#again [role=status]");

test("a target is counted again at the tap, with nothing fetched before it, and comes to the same", async ({ page }) => {
  const paths = await countable(page, 4);
  expect(paths.length).toBeGreaterThanOrEqual(3);
  for (const path of paths) {
    const asked: string[] = [];
    const note = (request: { url(): string }) => asked.push(new URL(request.url()).pathname);
    page.on("request", note);
    await page.goto(path, { waitUntil: "networkidle" });
    expect(asked.filter((one) => /recounter|recount\.json|\.wasm/.test(one))).toEqual([]);
    const said = (await page.locator("#again").getAttribute("data-said"))!;
    await button(page).click();
    await expect(status(page)).toHaveAttribute("data-is", "equal");
    await expect(status(page)).toHaveText(`算得 ${said}，与本页相同。`);
    expect(asked.filter((one) => one.endsWith("recount.json"))).toHaveLength(1);
    page.off("request", note);
  }
  expect(await violations(page)).toEqual([]);
});

test("a record that is left out or changed in the answer shows, with both numbers", async ({ page }) => {
  for (const path of await countable(page, 20)) {
    const plain = await (await page.request.get(`${path}.json`)).json();
    // One count of records, nothing divided: without one of them it is one less.
    if (plain.counts.length !== 1 || !/^count\([a-z]+ where [^/*+]*\)$/.test(plain.formula)) continue;
    const one = plain.items[0].key;
    let left = true;
    await page.route("**/recount.json?*", async (route) => {
      const answer = await route.fetch();
      const json = await answer.json();
      const is = (row: { key: string; looked_at: boolean }) => row.looked_at && row.key === one;
      expect(json.records.filter(is)).toHaveLength(1);
      if (left) json.records = json.records.filter((row: never) => !is(row));
      else json.records.find(is).record = {};
      await route.fulfill({ response: answer, json });
    });
    await page.goto(path.replace("/targets/", "/en/targets/"));
    const said = Number(await page.locator("#again").getAttribute("data-said"));
    for (left of [true, false]) {
      await button(page).click();
      await expect(status(page)).toHaveText(`It comes to ${said - 1}, but this page says ${said}. Please tell us.`);
      await expect(status(page)).toHaveAttribute("data-is", "differs");
      await expect(button(page)).toBeEnabled();
    }
    expect(await violations(page)).toEqual([]);
    return;
  }
  throw new Error("no target counts plainly");
});

test("what cannot be counted is said, and a network that fails too", async ({ page }) => {
  const [path] = await countable(page, 1);
  await page.route("**/recount.json?*", (route) => route.fulfill({ json: { formula: "count(product)", records: null } }));
  await page.goto(path!);
  await button(page).click();
  await expect(status(page)).toHaveText("要看的登记太多，不能在浏览器里算。请用开放数据。");
  await page.unroute("**/recount.json?*");
  await page.route("**/recount.json?*", (route) => route.abort());
  await button(page).click();
  await expect(status(page)).toHaveText("没有算成。请看看网络，再试一次。");
});

test("nothing is offered without JavaScript, nor where the register counts nothing", async ({ browser, baseURL, page }) => {
  const [path] = await countable(page, 1);
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL });
  const still = await context.newPage();
  await still.goto(path!);
  await expect(still.locator("h1")).toBeVisible();
  await expect(still.locator("#again")).toBeHidden();
  await context.close();
  const none = (await targets(page)).find((one) => one.status === "not_computable")!;
  const answer = await page.goto(`/targets/${none.key}/recount`);
  expect(answer!.ok()).toBe(true);
  await expect(page.locator("#again")).toHaveCount(0);
  expect(answer!.headers()["content-security-policy"]).not.toContain("wasm");
});
