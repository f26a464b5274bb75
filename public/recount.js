// The recount page: at the tap, and not before, fetches the records the formula looks at and the program
// that counts, and says whether both come to the same.
const box = document.getElementById("again");
if (box) {
  box.classList.add("on");
  const button = box.querySelector("button");
  const status = box.querySelector("[role=status]");
  const say = (word, value = "") => {
    const said = box.querySelector(`[data-say="${word}"]`) ?? box.querySelector("[data-say=failed]");
    status.textContent = said.textContent.replace("{v}", value);
    status.dataset.is = word;
  };
  button.addEventListener("click", async () => {
    button.disabled = true;
    say("busy");
    try {
      const [answer, program] = await Promise.all([fetch(box.dataset.from), import(box.dataset.program)]);
      if (!answer.ok) throw new Error(String(answer.status));
      const text = await answer.text();
      await program.default();
      const [word, value] = program.recount(text, box.dataset.said).split("\t");
      // A formula without a value is not what the page says either.
      if (word === "none") say("differs", "—");
      else say(word, value);
    } catch {
      say("failed");
    }
    button.disabled = false;
  });
}
