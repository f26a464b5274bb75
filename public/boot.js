// Fetches the list island at the first touch of a control, and nothing before (in a static mirror also for an address
// that asks for something). Without it, or when anything
// fails, the page is a plain form.
const split = document.getElementById("split");
const address = split && split.dataset.module;
if (address) {
  const kinds = ["pointerdown", "keydown", "focusin"];
  const start = () => {
    for (const kind of kinds) split.removeEventListener(kind, touched);
    import(address)
      .then((island) => island.default().then(() => island.start()))
      .catch(() => {});
  };
  const touched = (event) => event.target.closest("#filter, .tags, .bar, .pages") && start();
  for (const kind of kinds) split.addEventListener(kind, touched, { passive: true });
  // A static mirror has one file whatever is asked; the answer is made here.
  if (split.dataset.mirror && location.search) start();
}
