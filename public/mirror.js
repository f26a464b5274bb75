// On the pages of a static mirror: how many days old it is, by the reader's clock, and the way to the very page of
// the portal that the copy cannot answer. Without it the day stands there all the same.
const age = document.querySelector("#mirror [data-day]");
// A day of China ends at 16:00 UTC.
const days = age && Math.floor((Date.now() + 8 * 3600e3 - Date.parse(age.dataset.day)) / 86400e3);
if (days > 0) {
  age.textContent = age.textContent.replace("{n}", days);
  age.hidden = false;
}
const live = document.getElementById("live");
const to = new URLSearchParams(location.search).get("to") ?? "";
if (live && /^\/(?!\/)/.test(to)) live.href = live.dataset.live + to;
