// Carries what the desk asks to the browser's passkeys, and the answer into the form (Web Authentication Level 3).
// Without it, or in a browser without passkeys, the forms with password and one-time code are all there is.
const known = window.PublicKeyCredential;
if (known && known.parseCreationOptionsFromJSON && known.prototype.toJSON) {
  for (const part of document.querySelectorAll("[data-with]")) part.hidden = false;
  for (const part of document.querySelectorAll("[data-without]")) part.hidden = true;
  for (const button of document.querySelectorAll("[data-passkey]")) {
    button.hidden = false;
    button.addEventListener("click", () => use(button));
  }
}
async function use(button) {
  const form = button.form;
  const { passkey: purpose, into, ask, failed } = button.dataset;
  // What stands for the code needs none; everything else has to be there before somebody is asked.
  const code = purpose === "again" && form.elements.code;
  if (code) code.required = false;
  const said = button.nextElementSibling;
  said.textContent = "";
  let sent = false;
  try {
    if (!form.reportValidity()) return;
    button.disabled = true;
    const body = new URLSearchParams({ csrf: form.elements.csrf.value, for: purpose });
    const answer = await fetch(ask, { method: "POST", body });
    if (!answer.ok) throw new Error(answer.status);
    const asked = await answer.json();
    const credential =
      purpose === "add"
        ? await navigator.credentials.create({ publicKey: known.parseCreationOptionsFromJSON(asked) })
        : await navigator.credentials.get({ publicKey: known.parseRequestOptionsFromJSON(asked) });
    form.elements[into].value = JSON.stringify(credential.toJSON());
    sent = true;
    form.requestSubmit();
  } catch {
    said.textContent = failed;
  } finally {
    if (code && !sent) code.required = true;
    button.disabled = false;
  }
}
