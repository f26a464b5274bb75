// Passkeys at the publishing desk, with Chromium's own authenticator in software: a person adds one, signs in with
// it alone, and approves with it what another sent. The router's tests try everything an answer can be wrong in.
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type Page, expect, test } from "@playwright/test";
import { violations } from "../axe.ts";
import { code, enrol, freePort, settled } from "../desk.ts";
import { binary, sample, serve, temporary } from "../server.ts";

const MAP = fileURLToPath(new URL("../../server/tests/maps/states.toml", import.meta.url));

let stop: () => unknown = () => undefined;
test.afterEach(() => stop());

test("a passkey signs in alone and approves in the place of a code", async ({ browser }) => {
  test.setTimeout(180_000);
  const folder = temporary();
  const register = sample(path.join(folder, "register.db"), 20);
  mkdirSync(path.join(folder, "maps"));
  copyFileSync(MAP, path.join(folder, "maps", "recalls.toml"));
  const list = path.join(folder, "名单.csv");
  writeFileSync(list, "编号,产品,日期,状态\nD1,示例发布冰箱,2024-01-31,in_progress\n");
  const port = await freePort();
  const more = ["--desk", `127.0.0.1:${port}`, "--maps", path.join(folder, "maps")];
  const portal = await serve(register, binary, folder, more);
  stop = () => portal.stop();
  // Passkeys belong to a name: an address of numbers has none.
  const desk = `http://localhost:${port}`;
  const refused: string[] = [];

  const person = async (name: string, role: string) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    page.on("console", (said) => {
      // A form that was refused is answered 422, which is noted too.
      if (said.type() === "error" && !said.text().includes("422")) refused.push(said.text());
    });
    page.on("pageerror", (error) => refused.push(String(error)));
    const secret = await enrol(page, desk, register, name, role);
    return { page, secret };
  };

  const { page, secret } = await person("李明", "approver");
  const authenticator = await page.context().newCDPSession(page);
  await authenticator.send("WebAuthn.enable");
  const { authenticatorId } = await authenticator.send("WebAuthn.addVirtualAuthenticator", {
    options: { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
  });

  await page.getByRole("link", { name: "我的账户" }).click();
  await expect(page.getByText("还没有通行密钥。")).toBeVisible();
  await expect(page.getByText("要有 JavaScript 和较新的浏览器")).toBeHidden();
  expect(await violations(page)).toEqual([]);
  await page.getByLabel("给它起个名字").fill("窗边那台");
  await page.getByLabel("验证器里的 6 位数字").fill(await code(secret));
  await page.getByRole("button", { name: "添加通行密钥" }).click();
  await expect(page.getByText("窗边那台")).toBeVisible();
  expect(await violations(page)).toEqual([]);
  const { credentials } = await authenticator.send("WebAuthn.getCredentials", { authenticatorId });
  expect(credentials.map((made) => [made.rpId, made.isResidentCredential])).toEqual([["localhost", true]]);

  // Neither name, nor password, nor code.
  await page.getByRole("button", { name: "退出", exact: true }).click();
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "用通行密钥登录" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("草稿");

  const clerk = (await person("王芳", "drafter")).page;
  await clerk.getByRole("link", { name: "上传名单" }).click();
  await clerk.getByLabel("名单种类").selectOption({ label: "示例召回名单" });
  await clerk.getByLabel(/^文件/).setInputFiles(list);
  await clerk.getByRole("button", { name: "上传并检查" }).click();
  await settled(clerk);
  await clerk.getByRole("button", { name: "提交审核" }).click();

  await page.goto(`${desk}/`);
  await page.getByRole("link", { name: /示例召回名单/ }).click();
  await settled(page);
  // A person who is not recognised approves nothing, and is told so on the page.
  await authenticator.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: false });
  await page.getByRole("button", { name: "用通行密钥批准并发布" }).click();
  await expect(page.getByRole("status").filter({ hasText: "没有完成" })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await authenticator.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: true });
  await page.getByRole("button", { name: "用通行密钥批准并发布" }).click();
  await expect(page.getByText("已发布：2 条。")).toBeVisible({ timeout: 60_000 });

  // Without script the pages are those with password and code.
  const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await plain.goto(`${desk}/sign-in`);
  await expect(plain.getByRole("button", { name: "用通行密钥登录" })).toBeHidden();
  await expect(plain.getByRole("button", { name: "登录", exact: true })).toBeVisible();
  expect(refused).toEqual([]);
});
