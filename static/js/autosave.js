// Forms with data-autosave keep what is typed in this browser, 2 s after the last key, until the server has taken it.
const AFTER = 2000, KEEP = 7 * 864e5;
const skipped = new Set(["csrfmiddlewaretoken", "seen", "key"]);
const nameOf = (form) => `draft:${location.pathname}:${form.id || form.getAttribute("action") || ""}`;
const timers = new WeakMap();

function keep(form) {
  const fields = [...new FormData(form)].filter(([name, value]) => !skipped.has(name) && typeof value === "string");
  localStorage.setItem(nameOf(form), JSON.stringify({ at: Date.now(), fields }));
  let said = form.querySelector(".saved-at");
  if (!said) {
    said = document.createElement("p");
    said.className = "saved-at";
    said.role = "status";
    form.append(said);
  }
  said.textContent = `${document.body.dataset.wordKept} ${new Date().toLocaleTimeString()}`;
}

function bring(form) {
  const draft = JSON.parse(localStorage.getItem(nameOf(form)) ?? "null");
  if (!draft || Date.now() - draft.at > KEEP || form.querySelector("[aria-invalid]")) return;
  for (const [name, value] of draft.fields) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLElement && field.type !== "file" && field.type !== "checkbox" && !field.value) field.value = value;
  }
}

for (const form of document.querySelectorAll("form[data-autosave]")) bring(form);
document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (!form?.matches("[data-autosave]")) return;
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(keep, AFTER, form));
});
document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-autosave]")) sessionStorage.setItem("sent", nameOf(event.target));
});
// The page after a form has no such form any more: then the server took it.
const sent = sessionStorage.getItem("sent");
if (sent && ![...document.querySelectorAll("form[data-autosave]")].some((form) => nameOf(form) === sent)) {
  localStorage.removeItem(sent);
  sessionStorage.removeItem("sent");
}
