// The page that looks a list up: at the press of the button, and not before, fetches the catalogues and the
// program, and looks line by line. The list stays on this device.
const form = document.getElementById("lookup");
const says = form?.querySelector("ul[hidden]");
if (says) {
  const words = Object.fromEntries([...says.children].map((item) => [item.dataset.say, item.textContent]));
  const say = (name, values = {}) => (words[name] ?? "").replace(/\{(\w)\}/g, (all, key) => values[key] ?? all);
  const number = new Intl.NumberFormat("en").format;
  const { shelves, program, prefix, large, most, shown } = form.dataset;
  const [box, file, button, status] = ["textarea", "input[type=file]", "button", "[role=status]"].map((one) => form.querySelector(one));
  const out = document.getElementById("result");
  form.querySelector("#lh").textContent = `${say("local")}${prefix === "/en" ? " " : ""}${say("drop")}`;

  const text = async (blob) => {
    const bytes = await blob.arrayBuffer();
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      // What office programs write where UTF-8 was not chosen.
      return new TextDecoder("gb18030").decode(bytes);
    }
  };
  const take = async (blob) => {
    box.value = await text(blob);
  };
  file.addEventListener("change", () => file.files[0] && take(file.files[0]));
  box.addEventListener("dragover", (event) => event.preventDefault());
  box.addEventListener("drop", (event) => {
    const dropped = event.dataTransfer?.files[0];
    if (!dropped) return;
    event.preventDefault();
    take(dropped);
  });

  const element = (name, kind, content) => {
    const made = document.createElement(name);
    if (kind) made.className = kind;
    if (content) made.textContent = content;
    return made;
  };
  const page = (path) => `${prefix}${path}${large ? "?size=large" : ""}`;
  const row = (line, text, [grade, more, code, remarks, , ...hits]) => {
    const item = element("li");
    item.dataset.grade = grade;
    item.append(element("p", "sm q", `${line} · ${say(`grade.${grade}`)}`));
    const heading = element("h3");
    heading.append(element("bdi", "", text));
    item.append(heading);
    const dot = prefix === "/en" ? ", " : "，";
    for (let i = 0; i + 5 <= hits.length; i += 5) {
      const [catalogue, key, title, state, why] = hits.slice(i, i + 5);
      const hit = element("p");
      const to = element("a", "", title);
      to.href = page(`/${catalogue}/${encodeURIComponent(key.replaceAll("/", "_").replaceAll(" ", "-"))}`);
      const rest = [say(`${catalogue}.${state}`), say(`why.${why}`)].filter((part) => part);
      hit.append(to, element("span", "q", rest.map((part) => dot + part).join("")));
      item.append(hit);
    }
    if (more !== "0") item.append(element("p", "q", say("more", { n: number(more) })));
    if (code) {
      const open = element("p");
      const to = element("a", "lk", say("code"));
      to.href = page(`/q/${code}`);
      open.append(to);
      item.append(open);
    }
    for (const remark of remarks.split(" ").filter((one) => one)) item.append(element("p", "q", say(`remark.${remark}`)));
    return item;
  };

  let lists;
  const prepare = async () => {
    const get = async (path) => {
      const answer = await fetch(path);
      if (!answer.ok) throw new Error(String(answer.status));
      return new Uint8Array(await answer.arrayBuffer());
    };
    const [module, ...bytes] = await Promise.all([import(program), ...shelves.split(" ").map(get)]);
    await module.default();
    const made = new module.Lists();
    for (const one of bytes) if (!made.add(one)) throw new Error("shelf");
    return [made, module.Lists.head()];
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    // An empty line has a number too: that of the reader's own list.
    const lines = box.value.replace(/^\ufeff/, "").split(/\r?\n/).map((line, i) => [i + 1, line]).filter(([, line]) => line.trim());
    if (!lines.length) return void (status.textContent = say("empty"));
    if (lines.length > Number(most)) return void (status.textContent = say("tooLarge", { n: number(most) }));
    button.disabled = true;
    try {
      status.textContent = say("loading");
      lists ??= prepare();
      const [found, head] = await lists;
      const counts = { certain: 0, possible: 0, code: 0, none: 0 };
      const table = ["\ufeff", head];
      const rows = [];
      let rest = performance.now();
      for (const [i, [line, text]] of lines.entries()) {
        const one = found.find(line, text);
        counts[one[0]] += 1;
        table.push(one[4]);
        if (i < Number(shown)) rows.push(row(line, text.trim(), one));
        if (performance.now() - rest > 30) {
          status.textContent = say("progress", { a: number(i + 1), n: number(lines.length) });
          await new Promise((go) => setTimeout(go));
          rest = performance.now();
        }
      }
      const save = element("a", "lk", say("download"));
      save.href = URL.createObjectURL(new Blob(table, { type: "text/csv" }));
      save.download = "liangbiao-match.csv";
      const told = element("p", "", "");
      told.append(save);
      const list = element("ul", "rows");
      list.append(...rows);
      const summary = say("summary", { n: number(lines.length), a: counts.certain, b: counts.possible, c: counts.code, d: counts.none });
      const first = lines.length > rows.length ? [element("p", "sm q", say("first", { n: number(shown) }))] : [];
      out.replaceChildren(out.querySelector("h2"), element("p", "", summary), told, ...first, list);
      out.hidden = false;
      status.textContent = "";
      out.scrollIntoView({ block: "start" });
    } catch {
      lists = undefined;
      status.textContent = say("failed");
    }
    button.disabled = false;
  });
}
