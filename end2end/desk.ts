// What tests of the publishing desk share: a port, one-time codes, and axe for pages without script.
import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { createServer, type AddressInfo } from "node:net";
import { type Browser, type Page, expect } from "@playwright/test";
import { violations } from "./axe.ts";
import { binary } from "./server.ts";

/** Long enough, and in no list of common ones. */
export const PASSWORD = "corect hors batery stapl";

/** A port nobody listens on. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((ready) => probe.listen(0, "127.0.0.1", ready));
  const { port } = probe.address() as AddressInfo;
  await new Promise((closed) => probe.close(closed));
  return port;
}

/**
 * RFC 6238, as an authenticator app does it; `ahead` steps from now. Not at the end of a step: the code of the
 * step before is taken for the rest of this one only, and a browser beside a compiler can be slow.
 */
export async function code(secret: string, ahead = 0): Promise<string> {
  const left = 30_000 - (Date.now() % 30_000);
  if (left < (ahead < 0 ? 18_000 : 8_000)) await new Promise((ready) => setTimeout(ready, left));
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret].map((c) => alphabet.indexOf(c).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + ahead));
  const hash = createHmac("sha1", key).update(step).digest();
  const word = hash.readUInt32BE(hash[hash.length - 1]! & 15) & 0x7fffffff;
  return String(word % 1_000_000).padStart(6, "0");
}

/** Checks a page that stands still in a browser with script: axe needs one. */
export async function isAccessible(browser: Browser, page: Page): Promise<void> {
  const html = await page.content();
  const checked = await browser.newPage();
  // The style sheet is the page's own.
  await checked.goto(new URL("/sign-in", page.url()).href);
  await checked.evaluate((text) => document.write(text), html);
  expect(await violations(checked), page.url()).toEqual([]);
  await checked.close();
}

/**
 * Makes an account as the operator does and enrols it at the desk as its person does, in the browser `page`; the secret
 * of its one-time codes. `look` is called with the form filled in.
 */
export async function enrol(page: Page, desk: string, register: string, name: string, role: string, look?: () => Promise<void>): Promise<string> {
  const args = ["desk", "user", "add", name, "--role", role, "--register", register];
  const invite = execFileSync(binary, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  await page.goto(`${desk}/enrol`);
  await page.getByLabel("账户名").fill(name);
  await page.getByLabel("启用码").fill(invite);
  await page.getByLabel("新密码").fill(PASSWORD);
  await page.getByLabel("再输入一次").fill(PASSWORD);
  await look?.();
  await page.getByRole("button", { name: "下一步" }).click();
  const secret = (await page.locator("main code").innerText()).replaceAll(" ", "");
  await expect(page.getByRole("img", { name: "验证器的二维码" })).toBeVisible();
  // Its own step has to be left for what comes next: a code is good once.
  await page.getByLabel("验证器里的 6 位数字").fill(await code(secret, -1));
  await page.getByRole("button", { name: "确认" }).click();
  await expect(page.locator("main li code")).toHaveCount(8);
  await page.getByRole("link", { name: "已保存，进入发布台" }).click();
  return secret;
}

/** Waits for the page that no longer refreshes itself. */
export async function settled(page: Page): Promise<void> {
  await expect(async () => expect(await page.locator("meta[http-equiv=refresh]").count()).toBe(0)).toPass({ timeout: 60_000 });
}
