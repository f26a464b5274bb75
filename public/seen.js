// How many entries are new since the reader last pressed "remember". Kept in this browser only, and only then;
// nothing is asked of the server. Without it, or where storage is closed, the line stays away.
const line = document.getElementById("seen");
const { size, day, href, fresh, none, keep, forget } = line.dataset;
const add = (tag, text, more) => line.append(Object.assign(document.createElement(tag), { textContent: text, ...more }), " ");
const show = () => {
  const [seen, since] = (localStorage.getItem("seen") ?? "").split(" ");
  const said = (text) => text.replace("{n}", (size - seen).toLocaleString("en")).replace("{d}", since);
  line.replaceChildren();
  if (since && size > +seen) add("a", said(fresh), { className: "lk", href: href + seen });
  else if (since) add("span", said(none));
  if (keep) {
    const button = (text, onclick) => add("button", text, { className: "btn b2", type: "button", onclick });
    button(keep, () => (localStorage.setItem("seen", `${size} ${day}`), show()));
    if (since) button(forget, () => (localStorage.removeItem("seen"), show()));
  }
  line.hidden = !line.firstChild;
};
try {
  show();
} catch {}
