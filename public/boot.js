// Fetches the list island at the first touch of a control, and nothing before. Without it, or when anything
// fails, the page is a plain form.
const split = document.getElementById("split");
const address = split && split.dataset.module;
if (address) {
  const kinds = ["pointerdown", "keydown", "focusin"];
  const touched = (event) => {
    if (!event.target.closest("#filter, .tags, .bar, .pages")) return;
    for (const kind of kinds) split.removeEventListener(kind, touched);
    import(address)
      .then((island) => island.default().then(() => island.start()))
      .catch(() => {});
  };
  for (const kind of kinds) split.addEventListener(kind, touched, { passive: true });
}
