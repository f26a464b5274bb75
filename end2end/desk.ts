// What tests of the publishing desk share: a port, one-time codes, and axe for pages without script.
import { createHmac } from "node:crypto";
import { createServer, type AddressInfo } from "node:net";
import { type Browser, type Page, expect } from "@playwright/test";
import { violations } from "./axe.ts";

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
