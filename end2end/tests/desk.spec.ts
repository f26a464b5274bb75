// The publishing desk, without JavaScript: two people sign in with one-time codes, one sends a list, the
// other approves it, and readers see it.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, type Page, expect, test } from "@playwright/test";
import { PASSWORD, code, enrol, freePort, isAccessible, settled } from "../desk.ts";
import { cluster } from "../postgres.ts";
import { binary, sample, serve, temporary } from "../server.ts";

/** The mapping that the desk's own tests use. */
const MAP = fileURLToPath(new URL("../../server/tests/maps/states.toml", import.meta.url));

/** What a test started, the last first; it ends with the test, however that ends. */
const running: (() => unknown)[] = [];
test.afterEach(async () => {
  for (const stop of running.splice(0).reverse()) await stop();
});

for (const home of ["a file", "PostgreSQL"]) test(`a list goes from a clerk's file to the readers by two people, without script (the log in ${home})`, async ({ browser }) => {
  test.setTimeout(180_000);
  const database = home === "PostgreSQL" ? cluster(await freePort()) : undefined;
  test.skip(home === "PostgreSQL" && !database, "no PostgreSQL 15 is installed (`cargo xtask setup` installs it)");
  const folder = temporary();
  const register = sample(path.join(folder, "register.db"), 20);
  mkdirSync(path.join(folder, "maps"));
  copyFileSync(MAP, path.join(folder, "maps", "recalls.toml"));
  const list = path.join(folder, "名单.csv");
  writeFileSync(list, "编号,产品,日期,状态\nD1,示例发布冰箱,2024-01-31,in_progress\nD2,,2024-01-31,in_progress\n");
  if (database) {
    running.push(database.stop);
    execFileSync(binary, ["log", "move", "--from", register, "--to", database.url], { stdio: "ignore" });
  }
  const port = await freePort();
  const more = [...(database ? ["--log", database.url] : []), "--desk", `127.0.0.1:${port}`, "--maps", path.join(folder, "maps"), "--office", "示例市市场监督管理局"];
  const portal = await serve(register, binary, folder, more);
  running.push(() => portal.stop());
  const desk = `http://127.0.0.1:${port}`;

  const person = async (name: string, role: string) => {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    const secret = await enrol(page, desk, register, name, role, () => isAccessible(browser, page));
    return { page, secret };
  };
  const clerk = await person("王芳", "drafter");
  const second = await person("李明", "approver");

  // The clerk signs out and in again, as on every other day.
  await clerk.page.getByRole("button", { name: "退出" }).click();
  await clerk.page.getByLabel("账户名").fill("王芳");
  await clerk.page.getByLabel("密码").fill(PASSWORD);
  await clerk.page.getByLabel(/验证码/).fill(await code(clerk.secret));
  await clerk.page.getByRole("button", { name: "登录" }).click();
  await expect(clerk.page.getByRole("heading", { level: 1 })).toHaveText("草稿");

  await clerk.page.getByRole("link", { name: "上传名单" }).click();
  await clerk.page.getByLabel("名单种类").selectOption({ label: "示例召回名单" });
  await clerk.page.getByLabel(/^文件/).setInputFiles(list);
  await isAccessible(browser, clerk.page);
  await clerk.page.getByRole("button", { name: "上传并检查" }).click();
  await settled(clerk.page);
  await expect(clerk.page.getByRole("region", { name: "有错误的地方" })).toContainText("产品");
  await expect(clerk.page.locator("#changes")).toContainText("新增 2");
  await isAccessible(browser, clerk.page);
  await clerk.page.getByRole("button", { name: "提交审核" }).click();
  await expect(clerk.page.getByRole("button", { name: "批准并发布" })).toHaveCount(0);

  // Nothing is public yet.
  const reader = await browser.newPage();
  await reader.goto(`${portal.origin}/changes?axis=recorded`);
  await expect(reader.getByText("示例发布冰箱")).toHaveCount(0);

  await second.page.goto(`${desk}/`);
  await second.page.getByRole("link", { name: /示例召回名单/ }).click();
  await settled(second.page);
  await isAccessible(browser, second.page);
  await second.page.getByLabel("验证器里的 6 位数字").fill(await code(second.secret));
  await second.page.getByRole("button", { name: "批准并发布" }).click();
  await settled(second.page);
  await expect(second.page.getByText("已发布：2 条。")).toBeVisible();
  await isAccessible(browser, second.page);
  await second.page.getByRole("link", { name: "看读者看到的变化" }).click();
  await expect(second.page.getByText("示例发布冰箱").first()).toBeVisible();
  expect(second.page.url()).toContain(portal.origin);

  // The way to put a mistake right starts at the record.
  await clerk.page.reload();
  await settled(clerk.page);
  await clerk.page.getByRole("link", { name: "更正 示例发布冰箱" }).click();
  await expect(clerk.page.getByLabel("产品名称")).toHaveValue("示例发布冰箱");
  await isAccessible(browser, clerk.page);

  // A list that nobody has set up goes into a blank one of the desk's own, which is taken back as it was given out.
  await clerk.page.goto(`${desk}/new`);
  const [blank] = await Promise.all([
    clerk.page.waitForEvent("download"),
    clerk.page.getByRole("link", { name: "召回", exact: true }).click(),
  ]);
  expect(blank.suggestedFilename()).toBe("recall.xlsx");
  const filled = path.join(folder, "召回第三批.xlsx");
  await blank.saveAs(filled);
  await clerk.page.getByLabel("名单种类").selectOption({ label: "召回" });
  await clerk.page.getByLabel("谁公布的").fill("示例省市场监督管理局");
  await clerk.page.getByLabel(/^文件/).setInputFiles(filled);
  await clerk.page.getByRole("button", { name: "上传并检查" }).click();
  await settled(clerk.page);
  await expect(clerk.page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(clerk.page.locator("#changes")).toContainText("新增 2");
  await expect(clerk.page.getByText("与空白表的示例行完全相同")).toBeVisible();
  await isAccessible(browser, clerk.page);
});
