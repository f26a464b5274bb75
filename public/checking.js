// Checks the page against the log, and says what was found. What this device keeps is the log's key, seen first, and the
// last checkpoint that held; only because the reader pressed the button, and until they press the other one.
const PLACE = "log";

/** What is kept: [key, checkpoint], or two empty texts. */
function kept() {
  const [key = "", ...note] = (localStorage.getItem(PLACE) ?? "").split("\n");
  return [key, note.join("\n")];
}

async function get(address) {
  const answer = await fetch(address, { cache: "no-store" });
  if (!answer.ok) throw new Error(address + " " + answer.status);
  return answer.text();
}

/** A signed checkpoint's size, as it claims it. */
const sizeOf = (note) => (/^.*\n(\d+)\n/.exec(note) ?? [])[1];

export async function run(box, hand, status, again) {
  const { kind, key: of, day, known, status: said, program } = box.dataset;
  const [key, note] = kept();
  const since = sizeOf(note);
  const [words, answer, { default: load, judge }] = await Promise.all([
    get(hand),
    // The twin of the page on checking by hand, without its language and size.
    get("/check.json?" + new URLSearchParams({ of: new URL(hand).searchParams.get("of"), ...(since && { since }) })),
    import(program + again).then(async (it) => (await it.default(), it)),
  ]);
  const page = new DOMParser().parseFromString(words, "text/html");
  const part = (name) => document.importNode(page.querySelector("#answers " + name), true);
  let asked = [];
  let head = "";
  try {
    const { entries, checkpoint } = JSON.parse(answer);
    head = checkpoint ?? "";
    asked = entries.map((one) => one.json).filter(Boolean);
  } catch {}
  // What does not arrive is left empty, and said to be unread.
  const records = await Promise.all(asked.map((address) => get(address).catch(() => "")));
  const report = judge(kind, of, day, +known, said, answer, records.join("\0"), key, note);
  const [outcome, ...lines] = report.split("\n").filter(Boolean);
  // The icons of the words; this page may have others.
  const icons = document.importNode(page.querySelector("body > svg"), true);
  const list = document.createElement("ul");
  for (const line of lines) {
    const [word, ...values] = line.split("\t");
    const item = part(`[data-say="${word}"]`);
    const text = item.querySelector("span:last-child");
    text.textContent = text.textContent.replace(/\{(\d)\}/g, (all, n) => values[n] ?? all);
    list.append(item);
  }
  const shown = [icons, part(`[data-is="${outcome}"]`)];
  if (outcome === "failed") shown.push(part("[data-part=todo]"));
  shown.push(list, part("[data-part=not]"));
  if (outcome === "failed") {
    for (const [name, text] of [["before", note], ["now", head]]) {
      if (!text) continue;
      const more = part(`[data-part=${name}]`);
      more.querySelector("code").textContent = text;
      shown.push(more);
    }
  }
  // A checkpoint that does not go on from the one kept never takes its place: that one is the evidence.
  if (outcome === "holds" || outcome === "partly") {
    const named = key || JSON.parse(answer).key.trim();
    localStorage.setItem(PLACE, named + "\n" + head);
  }
  if (localStorage.getItem(PLACE)) {
    const forget = part("[data-part=forget]");
    forget.addEventListener("click", () => {
      localStorage.removeItem(PLACE);
      forget.replaceWith(part("[data-part=forgotten]"));
    });
    shown.push(forget);
  }
  status.replaceChildren(...shown);
  status.dataset.is = outcome;
}
