import path from "node:path";
import { expect, test, type APIRequestContext } from "@playwright/test";
import { everyPage, inLanguage, languages } from "../pages.ts";
import { sample, serve, temporary } from "../server.ts";

/** Bytes of an answer as they travel. */
async function travelling(request: APIRequestContext, address: string, base = ""): Promise<number> {
  const { get } = await import((base || process.env.PORTAL!).startsWith("https") ? "node:https" : "node:http");
  return new Promise((resolve, reject) => {
    get(new URL(address, base || process.env.PORTAL), { headers: { "accept-encoding": "br" } }, (answer: import("node:http").IncomingMessage) => {
      let bytes = 0;
      answer.on("data", (part: Buffer) => (bytes += part.length));
      answer.on("end", () => {
        if (bytes > 1_000 && answer.headers["content-encoding"] !== "br") reject(new Error(`${address} is not compressed`));
        else resolve(bytes);
      });
    }).on("error", reject);
  });
}

test("no page is heavier than its budget", async ({ request }) => {
  const sizes: Record<string, number> = {};
  for (const [name, address] of Object.entries(await everyPage(request))) {
    for (const prefix of languages) sizes[`${name} ${prefix}`] = await travelling(request, inLanguage(prefix, address));
  }
  console.log(JSON.stringify(sizes));
  const budget = (name: string) => (name.startsWith("verdict") ? 7_000 : 10_000);
  expect(Object.entries(sizes).filter(([name, bytes]) => bytes > budget(name))).toEqual([]);
});

test("style and boot script stay within their budgets, and no wasm comes before a touch", async ({ page, request }) => {
  const asked: string[] = [];
  page.on("request", (one) => asked.push(one.url()));
  await page.goto("/products");
  await page.waitForLoadState("networkidle");
  const css = asked.filter((address) => address.endsWith(".css"));
  const scripts = asked.filter((address) => address.endsWith(".js"));
  expect(css).toHaveLength(1);
  expect(scripts).toHaveLength(1);
  expect(asked.filter((address) => /\.wasm|\/shelf\//.test(address))).toEqual([]);
  const sizes = { css: await travelling(request, css[0]!), boot: await travelling(request, scripts[0]!) };
  console.log(JSON.stringify(sizes));
  expect(sizes.css).toBeLessThanOrEqual(6_000);
  expect(sizes.boot).toBeLessThanOrEqual(1_000);
});

test("the list island stays within its budget", async ({ page, request }) => {
  await page.goto("/products");
  await page.waitForLoadState("networkidle");
  const asked: string[] = [];
  page.on("request", (one) => asked.push(one.url()));
  const taken = page.waitForResponse(/\/shelf\//);
  await page.locator("form.facets input[type=checkbox]").first().check();
  await taken;
  await expect(page).toHaveURL(/\?/);
  const parts = asked.filter((address) => /\.(wasm|js)$/.test(address));
  const sizes = await Promise.all(parts.map((address) => travelling(request, address)));
  console.log(JSON.stringify(Object.fromEntries(parts.map((address, i) => [path.basename(address), sizes[i]]))));
  expect(parts.some((address) => address.endsWith(".wasm"))).toBe(true);
  expect(sizes.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(90_000);
});

for (const [products, budget] of [
  [1_000, 60_000],
  [10_000, 300_000],
] as const) {
  test(`the shelf of ${products} products stays within its budget`, async ({ page, request }) => {
    test.setTimeout(180_000);
    const portal = await serve(sample(path.join(temporary(), "register.db"), products));
    try {
      await page.goto(`${portal.origin}/products`);
      const taken = page.waitForResponse(/\/shelf\//);
      await page.locator("form.facets input[type=checkbox]").first().check();
      const shelf = (await taken).url();
      const bytes = await travelling(request, shelf, portal.origin);
      console.log(JSON.stringify({ products, bytes }));
      expect(bytes).toBeLessThanOrEqual(budget);
    } finally {
      await portal.stop();
    }
  });
}

// SM2 is a module of its own: few statements are signed with it.
test("what verifies without a network stays within its budget, and what checks SM2 beside it", async ({ page, request }) => {
  await page.goto("/offline");
  for (const [attribute, budget] of [
    ["data-verifier", 40_000],
    ["data-sm2", 20_000],
  ] as const) {
    const [script] = (await page.locator("#offline").getAttribute(attribute))!.split(" ");
    const wasm = /[\w-]+_bg-[0-9a-f]{16}\.wasm/.exec(await (await request.get(script!)).text())![0];
    const sizes = { script: await travelling(request, script!), wasm: await travelling(request, `/assets/${wasm}`) };
    console.log(JSON.stringify(sizes));
    expect(sizes.script + sizes.wasm, attribute).toBeLessThanOrEqual(budget);
  }
});

// Fetched at a tap only, and by whoever wants to check a figure.
test("what counts a target again weighs no more than it did", async ({ page, request }) => {
  const targets = await (await request.get("/targets.json?per_page=100")).json();
  for (const { key } of targets.items) {
    await page.goto(`/targets/${key}/recount`);
    if ((await page.locator("#again").count()) === 0) continue;
    const program = (await page.locator("#again").getAttribute("data-program"))!;
    const wasm = /[\w-]+_bg-[0-9a-f]{16}\.wasm/.exec(await (await request.get(program)).text())![0];
    const sizes = { script: await travelling(request, program), wasm: await travelling(request, `/assets/${wasm}`) };
    console.log(JSON.stringify(sizes));
    expect(sizes.script + sizes.wasm).toBeLessThanOrEqual(61_000);
    return;
  }
  throw new Error("no target can be counted again");
});

test("what looks a list up weighs no more than it did", async ({ page, request }) => {
  await page.goto("/match");
  const program = (await page.locator("#lookup").getAttribute("data-program"))!;
  const wasm = /[\w-]+_bg-[0-9a-f]{16}\.wasm/.exec(await (await request.get(program)).text())![0];
  const sizes = { script: await travelling(request, program), wasm: await travelling(request, `/assets/${wasm}`) };
  console.log(JSON.stringify(sizes));
  expect(sizes.script + sizes.wasm).toBeLessThanOrEqual(60_000);
});

// Fetched at a tap only: the boot script, what it imports, the program.
test("what checks a page stays within its budget", async ({ page, request }) => {
  const { items } = await (await request.get("/products.json?per_page=1")).json();
  await page.goto(items[0].links.page);
  const [program, run] = await Promise.all(["data-program", "data-run"].map((name) => page.locator("#proof").getAttribute(name)));
  const wasm = /[\w-]+_bg-[0-9a-f]{16}\.wasm/.exec(await (await request.get(program!)).text())![0];
  const boot = await page.locator("script[src*='/check-']").getAttribute("src");
  const all = { boot: boot!, run: run!, program: program!, wasm: `/assets/${wasm}` };
  const sizes = Object.fromEntries(await Promise.all(Object.entries(all).map(async ([name, at]) => [name, await travelling(request, at)] as const)));
  console.log(JSON.stringify(sizes));
  expect(Object.values(sizes).reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(40_000);
  expect(sizes.boot).toBeLessThanOrEqual(500);
});
