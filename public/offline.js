// Keeps the portal on a phone and answers from what is kept. Runs on /offline, also where the service worker
// shows that page in the place of a verdict; the scan page imports it after the camera's first use.
const DATA = "liangbiao-data";
const FILES = ["keys", "codes", "status", "barcodes"];
const TEXTS = ["note", "key", "keys"];
const slot = (name) => "/offline/kept/" + name;
// A copy that is older than this many milliseconds is fetched anew when a page of ours is open.
const RENEW = 6 * 3600 * 1000;

/** What is kept: { note, key, keys, codes, status, barcodes }, or nothing. */
async function kept() {
  const cache = await caches.open(DATA);
  const copy = {};
  for (const name of ["note", "key", ...FILES]) {
    const found = await cache.match(slot(name));
    // A copy of an earlier build has no barcodes.
    if (!found && name !== "barcodes") return null;
    copy[name] = TEXTS.includes(name) ? await found.text() : new Uint8Array(found ? await found.arrayBuffer() : 0);
  }
  return copy;
}

/** The verifier's answer as a list of [name, value]. */
async function verify(address, copy, asked = "", statement = false, lang = "", sm2 = "") {
  const { default: load, check } = await import(address);
  await load();
  const told = (answers) =>
    check(copy.note, copy.key, copy.keys, copy.codes, copy.status, copy.barcodes, asked, statement, answers, Date.now(), lang)
      .split("\n")
      .filter(Boolean)
      .map((line) => line.split("\t"));
  const lines = told("");
  const open = lines.filter(([name]) => name === "sm2");
  if (!open.length) return lines;
  try {
    const { default: load, holds } = await import(sm2.split(" ")[0]);
    await load();
    return told(open.map(([, candidate]) => (holds(candidate) ? "1" : "0")).join(""));
  } catch {
    // Without the module for SM2 the first answer stands, which says that the signature is not checked.
    return lines;
  }
}

/** What is kept, else, in a static mirror, the copy that lies beside its pages. */
async function copyAt(mirror) {
  const copy = able() ? await kept() : null;
  if (copy || mirror === undefined) return copy;
  const text = async (name) => (await get("/offline/" + name)).text();
  return files(await text("copy.txt"), await text("key.txt"));
}

async function get(address, options) {
  const answer = await fetch(address, options);
  if (!answer.ok) throw new Error(address + " " + answer.status);
  return answer;
}

/** A copy with the files its note names. */
async function files(note, key) {
  const copy = { note, key };
  for (const name of FILES) {
    const [, sha256] = new RegExp("^file " + name + " ([0-9a-f]{64}) ", "m").exec(note) ?? [];
    if (!sha256) throw new Error("refused");
    const answer = await get("/offline/" + name + "-" + sha256.slice(0, 16));
    copy[name] = TEXTS.includes(name) ? await answer.text() : new Uint8Array(await answer.arrayBuffer());
  }
  return copy;
}

/** Fetches the present copy, checks it, and only then puts it in the place of the old one. What checks SM2, named by
 *  its addresses, is kept where the copy has keys of it. */
export async function renew(verifier, sm2) {
  const cache = await caches.open(DATA);
  const note = await (await get("/offline/copy.txt", { cache: "no-cache" })).text();
  const pinned = await cache.match(slot("key"));
  const key = pinned ? await pinned.text() : await (await get("/offline/key.txt", { cache: "no-cache" })).text();
  const copy = await files(note, key);
  const [[said, value], ...more] = await verify(verifier, copy);
  if (said !== "copy") throw new Error(said === "other_key" ? "otherKey" : "refused");
  if (/^sm2 /m.test(copy.keys)) await cache.addAll(sm2.split(" "));
  // Of an earlier build.
  for (const { url } of await cache.keys()) {
    const { pathname } = new URL(url);
    if (pathname.startsWith("/assets/") && !sm2.includes(pathname)) await cache.delete(pathname);
  }
  // All or nothing, as far as a browser's store goes: what does not fit together is refused when it is read.
  for (const [name, content] of Object.entries(copy)) await cache.put(slot(name), new Response(content));
  await cache.put(slot("at"), new Response(String(Date.now())));
  return new Map([["copy", value], ...more]);
}

/** Registers the service worker, which fetches programs and pages, and fetches the copy. */
export async function keep(verifier, sm2) {
  const registration = await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
  const worker = registration.installing ?? registration.waiting ?? registration.active;
  await new Promise((done, failed) => {
    const look = () => {
      if (worker.state === "activated") done();
      else if (worker.state === "redundant") failed(new Error("worker"));
    };
    worker.addEventListener("statechange", look);
    look();
  });
  return renew(verifier, sm2);
}

export async function remove() {
  for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
  for (const name of await caches.keys()) if (name.startsWith("liangbiao-")) await caches.delete(name);
}

/** After the camera was used: kept without asking again, unless the reader saves data. */
export async function keepQuietly(verifier, sm2) {
  if (!able() || navigator.connection?.saveData || !(await fetch("/offline/key.txt")).ok) return;
  const at = await (await caches.open(DATA)).match(slot("at"));
  if (!at || Date.now() - Number(await at.text()) > RENEW) await keep(verifier, sm2);
}

const able = () => "serviceWorker" in navigator && "caches" in window && "WebAssembly" in window;

/** What the address asks about: a code as it was typed, the digits of a statement, a barcode, or nothing. A static
 *  mirror asks on this very page. */
function asked(mirror) {
  let path = decodeURI(location.pathname).replace(/^\/(zh-Hant|en)(?=\/)/, "").replace(/\.html$/, "");
  if (mirror !== undefined && path === "/offline" && location.search.includes("code=")) path = "/q";
  const typed = new URLSearchParams(location.search).get("code");
  let text = typed?.trim() ?? "";
  const found = /^\/(q|s|01)\/(.+)$/i.exec(/^\/q\/?$/.test(path) ? new RegExp("^https?://[^/]+(/.*)$", "i").exec(text)?.[1] ?? "" : path);
  if (found?.[1] === "01") return goods(...found[2].split("/"));
  if (found) text = decodeURIComponent(found[2]).replace(/\.(json|txt)$/, "");
  else if (!/^\/q\/?$/.test(path)) return { elsewhere: path !== "/offline" };
  const digits = text.replace(/[\s-]/g, "");
  // What stands under a bar code; 12 digits may be a code.
  if (!found && /^(\d{8}|\d{13,14})$/.test(digits)) return goods(digits);
  const statement = found ? found[1].toLowerCase() === "s" : /^\d{212}$/.test(digits);
  return { text: statement ? digits : text, statement };
}

/** What an address of GS1 Digital Link asks about: the goods, of a lot perhaps, or the one item, where its serial
 *  number may be a code. */
function goods(gtin, ...more) {
  if (!/^\d{8,14}$/.test(gtin)) return { elsewhere: true };
  const of = (ai) => more[more.findIndex((one, i) => i % 2 === 0 && one === ai) + 1] ?? "";
  const has = (ai) => more.some((one, i) => i % 2 === 0 && one === ai);
  const serial = has("21") ? of("21") : "";
  const lot = has("10") && /^[\w.-]{1,20}$/.test(of("10")) ? of("10") : "";
  return { text: "01/" + gtin, item: /^[0-9a-z]{16}$/i.test(serial) ? serial : "", lot };
}

/** A text whose dates do not break over lines. */
function dated(place, text) {
  place.replaceChildren(
    ...text.split(/(\d{4}-\d\d-\d\d(?: \d\d:\d\d)?)/).map((part, i) => {
      if (i % 2 === 0) return part;
      return Object.assign(document.createElement("time"), { textContent: part });
    }),
  );
}

function start(intro) {
  const box = document.getElementById("offline");
  const say = (name, values = {}) =>
    (document.querySelector('[data-say="' + name + '"]')?.textContent ?? "").replace(/\{(\w+)\}/g, (all, key) => values[key] ?? all);
  const status = box?.querySelector("[role=status]");
  const [keeping, removing] = box?.querySelectorAll("[data-do]") ?? [];
  const verifier = box?.dataset.verifier;

  if (new URLSearchParams(location.search).get("size") === "large") {
    document.documentElement.classList.add("large");
    for (const link of document.querySelectorAll('a[href^="/"]')) {
      const to = new URL(link.href);
      to.searchParams.set("size", "large");
      link.href = to.pathname + to.search + to.hash;
    }
  }

  const shown = (facts) => {
    const values = { d: facts.get("copy"), n: Number(facts.get("codes")).toLocaleString("en") };
    status.textContent = say("kept", values);
    keeping.textContent = say("update");
    removing.hidden = false;
  };

  if (box) {
    box.classList.add("on");
    if (!able()) {
      status.textContent = say("unable");
      keeping.hidden = true;
    } else {
      kept().then(async (copy) => copy && shown(new Map(await verify(verifier, copy)))).catch(() => {});
    }
    keeping.addEventListener("click", async () => {
      keeping.disabled = true;
      status.textContent = say("work");
      try {
        shown(await keep(verifier, box.dataset.sm2));
      } catch (error) {
        status.textContent = say(["refused", "otherKey"].includes(error.message) ? error.message : "failed");
        removing.hidden = error.message !== "otherKey";
      }
      keeping.disabled = false;
    });
    removing.addEventListener("click", async () => {
      await remove();
      status.textContent = say("removed");
      keeping.textContent = say("keep");
      removing.hidden = true;
    });
  }

  const mirror = box?.dataset.mirror;
  const question = asked(mirror);
  if (question.text || question.elsewhere) {
    answer(question).then(() => {
      const place = document.getElementById("answer");
      const code = place.querySelector(".code");
      const list = place.querySelector("dl");
      code.hidden = !code.textContent;
      list.parentElement.hidden = !list.childElementCount;
      place.querySelector(":scope > .q").hidden = !list.childElementCount;
      // Whoever asked may have mistyped: the field comes next.
      const keeping = document.getElementById("keep");
      if (keeping) keeping.parentElement.append(keeping);
      place.dataset.told = "1";
    });
  } else if (able() && navigator.onLine && navigator.serviceWorker.controller) {
    keepQuietly(verifier, box?.dataset.sm2).catch(() => {});
  }

  async function answer({ text, statement, elsewhere, item, lot }) {
    const place = document.getElementById("answer");
    const part = (selector) => place.querySelector(selector);
    const list = part("dl");
    const head = (word, sentence, wrong) => {
      part("h1 span").textContent = word;
      dated(part(".say"), sentence);
      part(".amber").classList.toggle("slate", wrong);
      const [note, form] = part("h1").querySelectorAll("svg");
      note.toggleAttribute("hidden", wrong);
      form.toggleAttribute("hidden", !wrong);
      document.title = word + " · " + document.title;
      intro.hidden = true;
      place.hidden = false;
    };
    const fact = (label, value, data) => {
      if (!value) return;
      list.appendChild(document.createElement("dt")).textContent = label;
      const shown = list.appendChild(document.createElement("dd"));
      shown.textContent = value;
      // The register's own words are Chinese on every page.
      if (data) shown.lang = "zh-Hans";
    };
    const again = part("#again");
    if (mirror === undefined) {
      again.href = location.href;
      again.addEventListener("click", (event) => {
        event.preventDefault();
        location.reload();
      });
    } else {
      // A mirror knows no more online; the portal does, where somebody said which it is.
      again.hidden = !mirror;
      again.href = mirror + "/q?code=" + encodeURIComponent(item || text || "");
    }
    if (elsewhere) return head(say("word"), say("notHere"), false);
    let lines;
    try {
      const copy = await copyAt(mirror);
      if (!copy) return head(say("word"), say("noCopy"), false);
      const told = (text) => verify(verifier, copy, text, statement, box.dataset.lang, box.dataset.sm2);
      lines = await told(item || text);
      // A serial number that is no code of ours.
      if (item && lines.some(([, value]) => value === "malformed")) lines = await told(text);
    } catch {
      return head(say("word"), say("broken"), false);
    }
    if (lines[0][0] !== "copy") return head(say("word"), say("broken"), false);
    const facts = new Map(lines);
    const day = facts.get("copy");
    const date = facts.get("reason_date") ?? "";
    const reasons = lines.filter(([name]) => name === "reason").map(([, value]) => value);
    place.dataset.outcome = facts.get("outcome");
    place.dataset.reasons = reasons.join(" ");
    const age = facts.has("clock") ? say("clock", { d: day }) : say(facts.get("age") === "0" ? "today" : "age", { d: day, a: facts.get("age") });
    const stop = box.dataset.lang === "en" ? ". " : "。";
    dated(part(".when"), age + stop + say("log", { n: Number(facts.get("size")).toLocaleString("en") }));
    if (facts.get("outcome") === "malformed") {
      const own = ["bad_statement", "signature_mismatch", "key_not_in_force"].find((one) => reasons.includes(one));
      const clause = own ? say(own, { key: facts.get("key"), date }) : facts.get("text");
      const check = reasons.includes("check_character");
      head(say("wrong"), say(check ? "check_character" : own ? "statement" : "malformed", { reason: clause }), true);
    } else {
      head(say("word"), say("cannot_tell", { time: facts.get("time") }), false);
    }
    part(".code").textContent = facts.get("code") ?? "";
    part("ul").hidden = true;
    if (facts.get("outcome") === "malformed") return;
    const state = facts.get("kept");
    const plain = ["absent", "unit", "no_barcode"].includes(state);
    fact(say("stood"), say(state));
    if (!plain) {
      fact(say("product"), facts.get("product"), true);
      fact(say("model"), facts.get("model"), true);
      fact(say("holder"), facts.get("holder"), true);
      fact(say("until"), facts.get("until"));
      if (lot) fact(say("lot"), say("lotNot", { l: lot }));
    }
    if (facts.has("signature")) {
      fact(say("signature"), say(facts.get("signature"), { d: date }));
      fact(say("key"), facts.get("key"));
      fact(say("issued"), facts.get("issued") + (reasons.includes("not_yet") ? say("notYet") : ""));
      fact(say("expires"), facts.get("expires") + (reasons.includes("statement_expired") ? say("over") : ""));
      part("ul").hidden = false;
      part("ul").appendChild(document.createElement("li")).textContent = say("proves");
    }
  }
}

const intro = document.getElementById("intro");
if (intro) start(intro);
