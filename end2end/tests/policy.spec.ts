import { createHash } from "node:crypto";
import { expect, test } from "@playwright/test";
import { everyPage } from "../pages.ts";

test("a visit sets no cookie, stores nothing, and asks nobody else", async ({ page, context, request, baseURL }) => {
  test.setTimeout(120_000);
  const strangers: string[] = [];
  const scripts: string[] = [];
  page.on("request", (asked) => {
    if (!asked.url().startsWith(baseURL!) && !asked.url().startsWith("data:")) strangers.push(asked.url());
  });
  page.on("console", (line) => {
    if (line.type() === "error" && !/status of 40[04]/.test(line.text())) scripts.push(line.text());
  });
  page.on("pageerror", (error) => scripts.push(String(error)));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) =>
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`),
    );
  });
  for (const path of Object.values(await everyPage(request))) {
    await page.goto(path);
    const stored = await page.evaluate(() => localStorage.length + sessionStorage.length);
    expect(stored, path).toBe(0);
  }
  await page.goto("/products");
  const taken = page.waitForResponse(/\/shelf\//);
  await page.locator("form.facets input[type=checkbox]").first().check();
  await taken;
  await expect(page).toHaveURL(/\?/);
  expect(await context.cookies()).toEqual([]);
  expect(strangers).toEqual([]);
  expect(scripts).toEqual([]);
});

test("no page holds anything inline, and the policy allows nothing inline", async ({ request }) => {
  for (const [name, path] of Object.entries(await everyPage(request))) {
    const answer = await request.get(path);
    const policy = answer.headers()["content-security-policy"] ?? "";
    expect(policy, name).toContain("default-src 'none'");
    expect(policy, name).not.toMatch(/unsafe-inline|nonce-|'unsafe-eval'|\*/);
    expect(answer.headers()["set-cookie"], name).toBeUndefined();
    let html = await answer.text();
    if (name.startsWith("verdict")) {
      // A verdict is one request: its style stands in it, and the policy names that style and no other.
      const [whole, style] = /<style>([^]*?)<\/style>/.exec(html)!;
      expect(policy, name).toContain(`style-src 'sha256-${createHash("sha256").update(style!).digest("base64")}'`);
      html = html.replace(whole!, "");
    }
    expect(html, name).not.toMatch(/<style[\s>]/i);
    expect(html, name).not.toMatch(/\sstyle=/i);
    expect(html, name).not.toMatch(/<[^>]+\son[a-z]+=/i);
    for (const [tag, body] of [...html.matchAll(/(<script[^>]*>)([^]*?)<\/script>/gi)].map((m) => [m[1]!, m[2]!])) {
      if (tag.includes("application/ld+json")) continue;
      expect(tag, name).toContain("src=");
      expect(body.trim(), name).toBe("");
    }
  }
});

test("what a reader types is shown as text", async ({ page }) => {
  const fired: string[] = [];
  page.on("dialog", async (dialog) => {
    fired.push(dialog.message());
    await dialog.dismiss();
  });
  for (const q of [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'-alert(1)-'",
    "</title><svg onload=alert(1)>",
    "javascript:alert(1)",
    "{{constructor.constructor('alert(1)')()}}",
  ]) {
    await page.goto(`/products?q=${encodeURIComponent(q)}`);
    await expect(page.locator("form.facets input[name=q]")).toHaveValue(q);
    expect(await page.locator("main img, main svg[onload], main script").count()).toBe(0);
  }
  expect(fired).toEqual([]);
});
