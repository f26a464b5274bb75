// A static mirror as a plain host serves it: files by name, nothing rewritten, parameters ignored.
import { execFile, execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test, type Page } from "@playwright/test";
import { violations } from "../axe.ts";
import { binary, sample, temporary } from "../server.ts";

const LIVE = "https://quality.example";

/** What a host tells from a file's ending; anything else is bytes. */
const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".txt": "text/plain; charset=utf-8",
  ".png": "image/png",
  ".webmanifest": "application/manifest+json",
};

// In one browser: the mirror is made once.
test.describe.configure({ mode: "default" });

let site: string;
let host: Server;
let origin: string;
/** What was asked for and is not there. */
let missing: string[] = [];

test.beforeAll(async () => {
  const folder = temporary();
  const register = sample(path.join(folder, "register.db"), 30);
  site = path.join(folder, "site");
  execFileSync(binary, ["export", "--mirror", site, "--register", register, "--base-url", LIVE, "--language", "zh-Hans"], { stdio: "ignore" });
  host = createServer((request, response) => {
    const asked = decodeURIComponent(new URL(request.url!, "http://host").pathname);
    let file = path.join(site, path.normalize(asked));
    if (existsSync(file) && statSync(file).isDirectory()) file = path.join(file, "index.html");
    if (!existsSync(file)) {
      missing.push(asked);
      response.writeHead(404, { "content-type": TYPES[".html"] }).end(readFileSync(path.join(site, "404.html")));
      return;
    }
    response.writeHead(200, { "content-type": TYPES[path.extname(file)] ?? "application/octet-stream" }).end(readFileSync(file));
  });
  await new Promise<void>((ready) => host.listen(0, "127.0.0.1", ready));
  origin = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
});
test.afterAll(() => new Promise((closed) => host.close(closed)));
test.beforeEach(() => {
  missing = [];
});

const codes = () => readdirSync(path.join(site, "q")).map((name) => path.basename(name, ".html"));
const product = () => readdirSync(path.join(site, "products")).find((name) => /^p-.*\.html$/.test(name))!;

/** Everything a page does wrong while it is looked at. */
function watched(page: Page): string[] {
  const wrong: string[] = [];
  page.on("console", (line) => line.type() === "error" && wrong.push(line.text()));
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("request", (request) => {
    const { protocol, origin: whose } = new URL(request.url());
    if (protocol.startsWith("http") && whose !== origin) wrong.push(`asks elsewhere: ${request.url()}`);
  });
  return wrong;
}

test("pages of a mirror stand alone and say what they are", async ({ page }) => {
  const wrong = watched(page);
  const day = JSON.parse(readFileSync(path.join(site, "mirror.json"), "utf8")).day as string;
  for (const address of ["/", "/products.html", `/products/${product()}`, "/statistics.html", "/mirror.html", `/q/${codes()[0]}.html`, "/offline.html"]) {
    await page.goto(origin + address);
    await expect(page.locator("#mirror"), address).toContainText(day);
    await expect(page.locator(`#mirror a[href^="${LIVE}"]`), address).toBeVisible();
    expect(await violations(page), address).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), address).toBe(true);
  }
  expect(missing).toEqual([]);
  expect(wrong).toEqual([]);
});

test("the mirror counts its days by the reader's clock", async ({ page }) => {
  const day = JSON.parse(readFileSync(path.join(site, "mirror.json"), "utf8")).day as string;
  await page.clock.setFixedTime(new Date(Date.parse(`${day}T04:00:00Z`) + 3 * 86_400_000));
  await page.goto(`${origin}/products.html`);
  await expect(page.locator("#mirror [data-day]")).toHaveText(/距今 3 天/);
});

test("a reader goes from the home page to a product and on to the portal", async ({ page }) => {
  await page.goto(origin);
  await page.locator("nav a[href='/products.html']").first().click();
  await page.locator("main a[href^='/products/p-']").first().click();
  await expect(page.locator("h1")).toBeVisible();
  // What needs a server is asked of the portal, that very page of it.
  const away = page.locator("a[href^='/mirror.html?to=']").first();
  const to = new URL((await away.getAttribute("href"))!, origin).searchParams.get("to")!;
  await away.click();
  await expect(page.locator("#live")).toHaveAttribute("href", LIVE + to);
  expect(missing).toEqual([]);
});

test("a code typed into a mirror's page is answered from the signed copy, never in green", async ({ page }) => {
  const wrong = watched(page);
  await page.goto(`${origin}/offline.html`);
  const type = async (text: string) => {
    await page.locator("#c").fill(text);
    await page.locator("form[action='/offline.html'] button").first().click();
  };
  const answer = page.locator("#answer");
  for (const code of codes().slice(0, 4)) {
    await type(code.toLowerCase());
    await expect(answer).toHaveAttribute("data-outcome", "cannot_tell");
    await expect(page.locator("#answer .code")).toHaveText(code.match(/.{4}/g)!.join("-"));
    await expect(page.locator(".amber:not(.slate)")).toBeVisible();
    await expect(page.locator(".verdict")).toHaveCount(0);
  }
  await type("44M3-QMX9-D2R5");
  await expect(answer).toHaveAttribute("data-outcome", "malformed");
  expect(wrong).toEqual([]);
});

test("without scripts a mirror is read as well", async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: "zh-CN" });
  const page = await context.newPage();
  await page.goto(origin);
  await page.locator("nav a[href='/products.html']").first().click();
  await page.locator("main a[href^='/products/p-']").first().click();
  await expect(page.locator("h1")).toBeVisible();
  await expect(page.locator("#mirror")).toBeVisible();
  await page.goto(`${origin}/q/${codes()[0]}.html`);
  await expect(page.locator(".amber")).toBeVisible();
  await context.close();
  expect(missing).toEqual([]);
});

test("the log of a mirror is verified over HTTP, and a changed byte of it is seen", async () => {
  const verify = () => promisify(execFile)(binary, ["log", "verify", origin]);
  const { stdout } = await verify();
  expect(stdout).toContain(String(JSON.parse(readFileSync(path.join(site, "mirror.json"), "utf8")).log_size));
  const folder = path.join(site, "log/tile/entries");
  const bundle = path.join(folder, readdirSync(folder, { recursive: true }).map(String).filter((name) => statSync(path.join(folder, name)).isFile())[0]!);
  const bytes = readFileSync(bundle);
  const changed = Buffer.from(bytes);
  changed[100] = changed[100]! ^ 1;
  writeFileSync(bundle, changed);
  try {
    await expect(verify()).rejects.toMatchObject({ code: 1 });
  } finally {
    writeFileSync(bundle, bytes);
  }
});
