import { execFileSync } from "node:child_process";
import path from "node:path";
import { expect, test, type Page } from "@playwright/test";
import { binary, codes, sample, serve, temporary, type Portal } from "../server.ts";

/** One register with statements of every kind, made once for the file. */
interface Scene {
  register: string;
  /** Another, without keys of SM2. */
  other: string;
  codes: string[];
  valid: string;
  statements: { ed25519: string; sm2: string; revoked: string; unknown: string };
  unit: string;
}
let scene: Scene;

const run = (...words: string[]) => execFileSync(binary, words, { encoding: "utf8" });
const digits = (text: string) => /\d{212}/.exec(text)![0];
const kid = (text: string) => /\b[0-9a-f]{16}\b/.exec(text)![0];

test.beforeAll(async () => {
  const folder = temporary();
  const register = sample(path.join(folder, "register.db"), 60);
  const at = ["--register", register];
  const [ed25519, sm2, revoked] = ["ed25519", "sm2", "ed25519"].map((algorithm) => kid(run("key", "new", "--algorithm", algorithm, ...at)));
  const known = codes(register);
  const sign = (key: string) => {
    // Only a code in force is signed for: the first that is.
    for (const code of known) {
      try {
        return { code, text: digits(execFileSync(binary, ["code", "sign", code, "--key", key, ...at], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] })) };
      } catch {
        continue;
      }
    }
    throw new Error(`nothing to sign among ${known.length} codes`);
  };
  const [one, two, three] = [sign(ed25519!), sign(sm2!), sign(revoked!)];
  run("key", "revoke", revoked!, "--reason", "lost", ...at);
  const other = sample(path.join(folder, "other.db"), 61);
  const stranger = kid(run("key", "new", "--register", other));
  const foreign = codes(other).flatMap((code) => {
    try {
      return [digits(execFileSync(binary, ["code", "sign", code, "--key", stranger, "--register", other], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }))];
    } catch {
      return [];
    }
  });
  scene = {
    register,
    other,
    codes: known,
    valid: one.code,
    statements: { ed25519: one.text, sm2: two.text, revoked: three.text, unknown: foreign[0]! },
    unit: "44260A7K3QMX9D2P",
  };
});

/** A portal, kept on the phone by a tap. */
async function kept(page: Page, prefix = ""): Promise<Portal> {
  const portal = await serve(scene.register);
  await keep(page, portal, prefix);
  return portal;
}

async function keep(page: Page, portal: Portal, prefix = "") {
  await page.goto(`${portal.origin}${prefix}/offline`);
  await page.locator("[data-do=keep]").click();
  await expect(page.locator("[data-do=remove]")).toBeVisible({ timeout: 20_000 });
}

const answer = (page: Page) => page.locator("#answer");
/** The amber head and no other colour. */
async function amber(page: Page) {
  await expect(answer(page)).toBeVisible();
  await expect(page.locator(".amber:not(.slate)")).toBeVisible();
  await expect(page.locator(".verdict")).toHaveCount(0);
}

const words = {
  "": { head: "离线查验", sentence: "暂时无法判断：登记数据截至", age: "数据是今天", wrong: "编码写错了" },
  "/zh-Hant": { head: "離線查驗", sentence: "暫時無法判斷：登記數據截至", age: "資料是今天", wrong: "編碼寫錯了" },
  "/en": { head: "Checked offline", sentence: "Cannot tell now: the data is as of", age: "The data is of today", wrong: "Not a code of ours" },
} as const;

for (const prefix of ["", "/zh-Hant", "/en"] as const) {
  test(`without a network a code gets an amber answer with its age (“${prefix || "/"}”)`, async ({ page, context }) => {
    const portal = await kept(page, prefix);
    try {
      await context.setOffline(true);
      const online = await fetch(`${portal.origin}/q/${scene.valid}.json`).then((one) => one.json());
      for (const address of [`${prefix}/q/${scene.valid}`, `${prefix}/q?code=${scene.valid.toLowerCase()}`]) {
        await page.goto(portal.origin + address);
        await amber(page);
        await expect(page.locator("#answer h1")).toContainText(words[prefix].head);
        await expect(page.locator("#answer .say")).toContainText(words[prefix].sentence);
        await expect(page.locator("#answer .when")).toContainText(words[prefix].age);
        await expect(answer(page)).toHaveAttribute("data-outcome", "cannot_tell");
        await expect(page.locator("#answer .code")).toHaveText(scene.valid.match(/.{4}/g)!.join("-"));
      }
      expect(["valid", "valid_but_notice"]).toContain(online.outcome);
      // Typed into the kept page.
      await page.goto(`${portal.origin}${prefix}/scan`);
      await page.locator("#c").fill("44M3-QMX9-D2R5");
      await page.locator("form button", { hasText: /./ }).first().click();
      await expect(page.locator("#answer h1")).toContainText(words[prefix].wrong);
      await expect(answer(page)).toHaveAttribute("data-outcome", "malformed");
      // Back online the real page answers.
      await context.setOffline(false);
      await page.goto(`${portal.origin}${prefix}/q/${scene.valid}`);
      await expect(page.locator(".verdict")).toBeVisible();
      await expect(page.locator("script")).toHaveCount(0);
    } finally {
      await portal.stop();
    }
  });
}

test("a register that is down is answered like a network that is, and the way back is a tap", async ({ page }) => {
  const portal = await kept(page);
  const port = new URL(portal.origin).port;
  await portal.stop();
  await page.goto(`${portal.origin}/q/${scene.valid}`);
  await amber(page);
  const again = await serve(scene.register, binary, process.cwd(), ["--listen", `127.0.0.1:${port}`]).catch(() => null);
  test.skip(!again, "the port was taken meanwhile");
  try {
    await page.locator("#again").click();
    await expect(page.locator(".verdict")).toBeVisible();
  } finally {
    await again!.stop();
  }
});

test("what was typed wrong, is not in the copy, or is one item is told apart", async ({ page, context }) => {
  const portal = await kept(page, "/en");
  try {
    await context.setOffline(true);
    const open = (code: string) => page.goto(`${portal.origin}/en/q/${encodeURIComponent(code)}`);
    await open("44M3-QMX9-D2R!");
    await expect(page.locator("#answer .say")).toContainText("Position 12: “!” never stands in a code");
    await open("44M3");
    await expect(page.locator("#answer .say")).toContainText("12 or 16 characters, found 4");
    await open("44M3-QMX9-D2R5");
    await expect(page.locator("#answer .say")).toContainText("its check character does not match");
    await open("44M3-QMX9-D2R4");
    await amber(page);
    await expect(page.locator("#answer dl")).toContainText("The kept data has no such code");
    await open(scene.unit);
    await amber(page);
    await expect(page.locator("#answer dl")).toContainText("This is a unit code");
    await page.goto(`${portal.origin}/en/q?code=${encodeURIComponent("https://elsewhere.example/q/" + scene.valid)}`);
    await amber(page);
    await expect(page.locator("#answer dl")).toContainText("Registration then");
  } finally {
    await portal.stop();
  }
});

test("the barcode of the goods leads to what is kept of their code, and one that is not kept is said not to be", async ({ page, context }) => {
  const portal = await kept(page, "/en");
  try {
    let gtin = "";
    let product = "";
    let code = "";
    for (const one of scene.codes) {
      const { links } = await (await fetch(`${portal.origin}/q/${one}.json`)).json();
      const { record } = links.product ? await (await fetch(`${portal.origin}${links.product}.json`)).json() : { record: {} };
      if (!record.gtins?.length) continue;
      [gtin, product] = [record.gtins[0].padStart(14, "0"), record.name_zh];
      // Online a lot leads to the verdict on the product's code.
      const to = await fetch(`${portal.origin}/01/${gtin}/10/L1`, { redirect: "manual" });
      code = /\/q\/([0-9A-Z]{12})\?/.exec(to.headers.get("location") ?? "")?.[1] ?? "";
      if (code) break;
    }
    expect(code, "no product of the sample has both").toHaveLength(12);
    await context.setOffline(true);
    const places = [`/en/01/${gtin}`, `/en/01/${gtin}/10/L-1`, `/en/01/${gtin}/21/S-77`, `/en/q?code=${gtin}`, `/en/q?code=${encodeURIComponent(`${portal.origin}/01/${gtin}`)}`];
    if (gtin.startsWith("0")) places.push(`/en/q?code=${gtin.slice(1)}`);
    for (const place of places) {
      await page.goto(portal.origin + place);
      await amber(page);
      await expect(answer(page), place).toHaveAttribute("data-outcome", "cannot_tell");
      await expect(page.locator("#answer .code"), place).toHaveText(code.match(/.{4}/g)!.join("-"));
      await expect(page.locator("#answer dl"), place).toContainText(product);
      const lots = page.locator("#answer dl", { hasText: "does not tell lots apart" });
      await expect(lots, place).toHaveCount(place.endsWith("L-1") ? 1 : 0);
    }
    // Another number, one whose check digit is wrong, and one item.
    for (const place of ["/en/01/09529999999991", "/en/01/09529999999992", "/en/q?code=9529999999991"]) {
      await page.goto(portal.origin + place);
      await amber(page);
      await expect(page.locator("#answer dl"), place).toContainText("The kept data does not have this bar code");
      await expect(page.locator("#answer .code"), place).toBeHidden();
      await expect(page.locator("#answer .when")).toContainText("The data is of today");
    }
    await page.goto(`${portal.origin}/en/01/${gtin}/21/${scene.unit}`);
    await expect(page.locator("#answer dl")).toContainText("This is a unit code");
    await page.goto(`${portal.origin}/en/01/nothing`);
    await amber(page);
    await expect(page.locator("#answer .say")).toContainText("not kept on the phone");
  } finally {
    await portal.stop();
  }
});

test("every code of the register is told as the server told it on that day", async ({ page, context }) => {
  const portal = await kept(page);
  try {
    const told: Record<string, string> = {};
    for (const code of scene.codes) told[code] = (await (await fetch(`${portal.origin}/q/${code}.json`)).json()).outcome;
    await context.setOffline(true);
    const facts = await asked(page, scene.codes.map((text) => ({ text, statement: false })));
    const kept: Record<string, string> = {
      valid: "in_force", valid_but_notice: "notice", suspended: "not_in_force", expired: "not_in_force",
      withdrawn: "not_in_force", superseded: "not_in_force", recalled: "recalled", unknown: "absent",
    };
    scene.codes.forEach((code, i) => expect(facts[i], code).toMatchObject({ outcome: "cannot_tell", kept: kept[told[code]!] }));
    expect(new Set(Object.values(told)).size, "the sample has codes of few kinds").toBeGreaterThan(3);
  } finally {
    await portal.stop();
  }
});

/** What the page's own verifier says of what is kept. */
async function asked(page: Page, questions: { text: string; statement: boolean }[]): Promise<Record<string, string>[]> {
  return page.evaluate(async (questions) => {
    const cache = await caches.open("liangbiao-data");
    const part = async (name: string) => (await cache.match("/offline/kept/" + name))!;
    const [note, key, keys] = await Promise.all(["note", "key", "keys"].map(async (name) => (await part(name)).text()));
    const [codes, status, barcodes] = await Promise.all(["codes", "status", "barcodes"].map(async (name) => new Uint8Array(await (await part(name)).arrayBuffer())));
    const { verifier, sm2 } = document.getElementById("offline")!.dataset;
    const { default: load, check } = await import(verifier!);
    await load();
    const { default: loadSm2, holds } = await import(sm2!.split(" ")[0]!);
    await loadSm2();
    return questions.map(({ text, statement }) => {
      const told = (answers: string): string[] => check(note, key, keys, codes, status, barcodes, text, statement, answers, Date.now(), "en").split("\n").filter(Boolean);
      const open = told("").filter((line) => line.startsWith("sm2\t"));
      const lines = told(open.map((line) => (holds(line.slice(4)) ? "1" : "0")).join(""));
      const facts: Record<string, string> = {};
      for (const line of lines) {
        const [name, value] = line.split("\t");
        facts[name] = name === "reason" && facts.reason ? facts.reason + " " + value : value;
      }
      return facts;
    });
  }, questions);
}

test("signature, key and days of a statement are the same in the browser as on the server, however it is changed", async ({ page }) => {
  test.setTimeout(180_000);
  const portal = await kept(page);
  try {
    const list: string[] = [];
    const bump = (text: string, at: number) => text.slice(0, at) + ((Number(text[at]) + 1) % 10) + text.slice(at + 1);
    for (const text of Object.values(scene.statements)) {
      list.push(text, text.slice(1), text + "0", "9" + text.slice(1), text.slice(0, -1) + "x");
      for (let at = 0; at < text.length; at += 7) list.push(bump(text, at));
      for (let at = 0; at + 1 < text.length; at += 23) list.push(text.slice(0, at) + text[at + 1] + text[at] + text.slice(at + 2));
    }
    const offline = await asked(page, list.map((text) => ({ text, statement: true })));
    const own = /^(bad_statement|signature_mismatch|key_not_in_force|key_revoked_later|unknown_key|not_yet|statement_expired)$/;
    const seen = new Set<string>();
    for (const [i, text] of list.entries()) {
      const online = await (await fetch(`${portal.origin}/s/${text}.json`)).json();
      const reasons = online.reasons.filter((one: { reason: string }) => own.test(one.reason));
      const here = (offline[i]!.reason ?? "").split(" ").filter((one) => own.test(one));
      expect(here.sort(), text).toEqual(reasons.map((one: { reason: string }) => one.reason).sort());
      expect(offline[i]!.outcome === "malformed", text).toBe(online.outcome === "malformed");
      const keyed = reasons.find((one: { params?: { key?: string } }) => one.params?.key);
      if (keyed) expect(offline[i]!.key, text).toBe(keyed.params.key);
      here.forEach((one) => seen.add(one));
      if (here.length === 0) seen.add(offline[i]!.signature!);
    }
    console.log(JSON.stringify({ statements: list.length, seen: [...seen].sort() }));
    for (const one of ["verified", "bad_statement", "signature_mismatch", "unknown_key", "key_not_in_force"]) expect(seen).toContain(one);
  } finally {
    await portal.stop();
  }
});

test("a statement is shown with its signature, and one of a revoked key with that", async ({ page, context }) => {
  const portal = await kept(page, "/en");
  try {
    await context.setOffline(true);
    for (const text of [scene.statements.ed25519, scene.statements.sm2]) {
      await page.goto(`${portal.origin}/en/s/${text}`);
      await amber(page);
      await expect(page.locator("#answer dl")).toContainText("holds; its key was in force when it was made");
      await expect(page.locator("#answer dl")).toContainText("Registration then");
    }
    await page.goto(`${portal.origin}/en/s/${scene.statements.revoked}`);
    await expect(answer(page)).toHaveAttribute("data-reasons", "key_not_in_force");
    await expect(page.locator("#answer .say")).toContainText("was not in force when it was made");
    await page.goto(`${portal.origin}/en/s/${scene.statements.unknown}`);
    await expect(page.locator("#answer dl")).toContainText("the kept data has no such key");
  } finally {
    await portal.stop();
  }
});

/** What of the verifier this page has loaded. */
const loaded = (page: Page) =>
  page.evaluate(() => performance.getEntriesByType("resource").map((one) => /\/(verifier[a-z0-9]*(?:-sm2)?)[-_].*\.(js|wasm)$/.exec(one.name)?.slice(1).join(".")).filter(Boolean).sort());

test("what checks SM2 is kept only with keys of SM2, and loaded only for a statement that is signed with it", async ({ page, context }) => {
  const portal = await kept(page, "/en");
  try {
    const modules = (paths: string[]) => paths.filter((one) => one.includes("verifier-sm2"));
    expect(modules(await stored(page))).toHaveLength(2);
    await context.setOffline(true);
    for (const address of [`/en/q/${scene.valid}`, `/en/s/${scene.statements.ed25519}`]) {
      await page.goto(portal.origin + address);
      await amber(page);
      expect(await loaded(page)).toEqual(["verifier.js", "verifier.wasm"]);
    }
    await page.goto(`${portal.origin}/en/s/${scene.statements.sm2}`);
    await amber(page);
    expect(await loaded(page)).toEqual(["verifier-sm2.js", "verifier-sm2.wasm", "verifier.js", "verifier.wasm"]);
    await expect(page.locator("#answer dl")).toContainText("holds; its key was in force when it was made");
    // Changed in its signature it is a wrong one.
    const { sm2 } = scene.statements;
    await page.goto(`${portal.origin}/en/s/${sm2.slice(0, -1)}${(Number(sm2.at(-1)) + 1) % 10}`);
    await expect(answer(page)).toHaveAttribute("data-reasons", "signature_mismatch");
    await context.setOffline(false);
    await page.goto(`${portal.origin}/en/offline`);
    await page.locator("[data-do=remove]").click();
    await expect(page.locator("[data-do=remove]")).toBeHidden();
  } finally {
    await portal.stop();
  }
  const without = await serve(scene.other);
  try {
    await keep(page, without);
    expect((await stored(page)).filter((one) => one.includes("verifier-sm2"))).toEqual([]);
    expect((await stored(page)).filter((one) => one.includes("/verifier"))).toHaveLength(2);
  } finally {
    await without.stop();
  }
});

test("a statement of SM2 is unchecked where what checks it is missing or broken, never right or wrong", async ({ page, context }) => {
  const portal = await kept(page, "/en");
  const { sm2 } = scene.statements;
  const forged = sm2.slice(0, -1) + ((Number(sm2.at(-1)) + 1) % 10);
  const replace = (content: string | null) =>
    page.evaluate(async (content) => {
      for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
          if (!request.url.includes("verifier-sm2")) continue;
          if (content === null) await cache.delete(request);
          else await cache.put(request, new Response(content, { headers: { "content-type": request.url.endsWith(".js") ? "text/javascript" : "application/wasm" } }));
        }
      }
    }, content);
  try {
    const browser = await context.newCDPSession(page);
    for (const content of ["this is no program", null]) {
      await replace(content);
      // Else the browser's own cache would have it still.
      await browser.send("Network.clearBrowserCache");
      await context.setOffline(true);
      for (const text of [sm2, forged]) {
        await page.goto(`${portal.origin}/en/s/${text}`);
        await amber(page);
        await expect(answer(page)).toHaveAttribute("data-outcome", "cannot_tell");
        await expect(answer(page)).toHaveAttribute("data-reasons", /\bsignature_unchecked\b/);
        await expect(page.locator("#answer dl")).toContainText("not checked");
        await expect(page.locator("#answer dl")).not.toContainText("holds");
      }
      // One of the other algorithm is checked as ever.
      await page.goto(`${portal.origin}/en/s/${scene.statements.ed25519}`);
      await expect(page.locator("#answer dl")).toContainText("holds; its key was in force when it was made");
    }
  } finally {
    await portal.stop();
  }
});

test("a copy that somebody changed says nothing of any code", async ({ page, context }) => {
  const portal = await kept(page, "/en");
  try {
    await context.setOffline(true);
    for (const name of ["status", "codes", "keys", "barcodes", "note", "key"]) {
      const whole = await page.evaluate(async (name) => {
        const cache = await caches.open("liangbiao-data");
        const bytes = new Uint8Array(await (await cache.match("/offline/kept/" + name))!.arrayBuffer());
        const changed = bytes.slice();
        changed[changed.length >> 1]! ^= 1;
        await cache.put("/offline/kept/" + name, new Response(changed));
        return [...bytes];
      }, name);
      await page.goto(`${portal.origin}/en/q/${scene.valid}`);
      await expect(page.locator("#answer .say"), name).toContainText("does not match its signature");
      await expect(page.locator("#answer dl"), name).toBeEmpty();
      await page.evaluate(async ([name, bytes]) => {
        await (await caches.open("liangbiao-data")).put("/offline/kept/" + name, new Response(new Uint8Array(bytes as number[])));
      }, [name, whole] as const);
    }
    await page.goto(`${portal.origin}/en/q/${scene.valid}`);
    await expect(page.locator("#answer .when")).toContainText("The data is of today");
  } finally {
    await portal.stop();
  }
});

test("an old copy says how old it is", async ({ page, context }) => {
  const portal = await kept(page, "/en");
  try {
    await context.setOffline(true);
    await page.clock.setFixedTime(new Date(Date.now() + 40 * 86_400_000));
    await page.goto(`${portal.origin}/en/q/${scene.valid}`);
    await amber(page);
    await expect(page.locator("#answer .when")).toContainText("40 days old");
    await page.clock.setFixedTime(new Date(Date.now() - 3 * 86_400_000));
    await page.goto(`${portal.origin}/en/q/${scene.valid}`);
    await expect(page.locator("#answer .when")).toContainText("this phone’s date is earlier");
  } finally {
    await portal.stop();
  }
});

test("no verdict is ever kept, and nothing before a reader asked", async ({ page, context }) => {
  const portal = await serve(scene.register);
  try {
    await page.goto(`${portal.origin}/scan`);
    await page.goto(`${portal.origin}/offline`);
    await page.goto(`${portal.origin}/products`);
    expect(await stored(page)).toEqual([]);
    expect(context.serviceWorkers()).toEqual([]);
    await keep(page, portal);
    for (const address of [`/q/${scene.valid}`, `/s/${scene.statements.ed25519}`, "/scan", "/products"]) await page.goto(portal.origin + address);
    const paths = await stored(page);
    expect(paths.filter((one) => /^\/(en\/|zh-Hant\/)?(q|s|01|products)(\/|$)/.test(one))).toEqual([]);
    expect(paths).toContain("/en/offline");
    await page.goto(`${portal.origin}/offline`);
    await page.locator("[data-do=remove]").click();
    await expect(page.locator("[data-do=remove]")).toBeHidden();
    expect(await stored(page)).toEqual([]);
    expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
  } finally {
    await portal.stop();
  }
});

async function stored(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const paths: string[] = [];
    for (const name of await caches.keys()) {
      for (const request of await (await caches.open(name)).keys()) paths.push(new URL(request.url).pathname);
    }
    return paths.sort();
  });
}

test("a copy signed by another key is not taken, and the reader is told", async ({ page }) => {
  const portal = await kept(page, "/en");
  try {
    await page.evaluate(async () => {
      // The key remembered is another register's.
      const other = "127.0.0.1/offline+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
      await (await caches.open("liangbiao-data")).put("/offline/kept/key", new Response(other));
    });
    await page.locator("[data-do=keep]").click();
    await expect(page.locator("#offline [role=status]")).toContainText(/does not match|another signing key/);
  } finally {
    await portal.stop();
  }
});

test("the portal can be installed, in the reader's language", async ({ page, request, context }) => {
  for (const [prefix, lang] of [["", "zh-Hans"], ["/zh-Hant", "zh-Hant"], ["/en", "en"]] as const) {
    await page.goto(`${prefix}/scan`);
    expect(await page.locator("link[rel=manifest]").getAttribute("href")).toBe(`${prefix}/manifest.webmanifest`);
    const answer = await request.get(`${prefix}/manifest.webmanifest`);
    expect(answer.headers()["content-type"]).toBe("application/manifest+json");
    const manifest = await answer.json();
    expect(manifest).toMatchObject({ lang, start_url: `${prefix}/scan`, scope: "/", id: "/" });
    for (const icon of manifest.icons) expect((await request.get(icon.src)).headers()["content-type"]).toBe(icon.type);
    const session = await context.newCDPSession(page);
    const { installabilityErrors } = (await session.send("Page.getInstallabilityErrors")) as { installabilityErrors: { errorId: string }[] };
    // A private window cannot install anything; every other error is ours.
    expect(installabilityErrors.filter((one) => one.errorId !== "in-incognito")).toEqual([]);
  }
  const worker = await request.get("/sw.js");
  expect(worker.headers()["cache-control"]).toContain("no-cache");
  expect(worker.headers()["content-type"]).toContain("text/javascript");
});

test("a verdict's page has no script, no manifest and starts no worker", async ({ page }) => {
  const portal = await serve(scene.register);
  try {
    await page.goto(`${portal.origin}/q/${scene.valid}`);
    await expect(page.locator("script, link[rel=manifest]")).toHaveCount(0);
    expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
  } finally {
    await portal.stop();
  }
});
