// A record's page: at the tap, and not before, fetches what checks the page. Without it the control is a link to the
// page that says how to check by hand.
const box = document.getElementById("proof");
const link = box?.querySelector("a");
// Some browsers remember that a module did not arrive; another address is asked for anew.
let failures = 0;
link?.addEventListener("click", async (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (link.ariaDisabled) return;
  link.ariaDisabled = "true";
  const status = box.querySelector("[role=status]");
  status.textContent = link.dataset.busy;
  delete status.dataset.is;
  try {
    const again = failures ? "?" + failures : "";
    await (await import(box.dataset.run + again)).run(box, link.href, status, again);
  } catch {
    failures++;
    status.textContent = link.dataset.off;
    status.dataset.is = "unchecked";
  }
  link.ariaDisabled = null;
});
