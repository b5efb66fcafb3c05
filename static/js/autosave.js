// Forms with data-autosave keep what is typed in this browser, 2 s after the last key, until the server has taken it.
const AFTER = 2000, KEEP = 7 * 864e5;
const skipped = new Set(["csrfmiddlewaretoken", "seen", "key"]);
const nameOf = (form) => `draft:${location.pathname}:${form.id || form.getAttribute("action") || ""}`;
const timers = new WeakMap();

function keep(form) {
  const fields = [...new FormData(form)].filter(([name, value]) => !skipped.has(name) && typeof value === "string");
  localStorage.setItem(nameOf(form), JSON.stringify({ at: Date.now(), of: form.dataset.autosave, fields }));
  say(form, `${document.body.dataset.wordKept} ${new Date().toLocaleTimeString()}`);
}

function say(form, text) {
  let said = form.querySelector(".saved-at");
  if (!said) {
    said = document.createElement("p");
    said.className = "saved-at";
    said.role = "status";
    form.append(said);
  }
  said.textContent = text;
  return said;
}

// A form that is filled when it is shown says of what (data-autosave="3.1"): what was typed over that is brought back
// as long as it still is of the same. In the others only empty fields are filled.
function bring(form) {
  const draft = JSON.parse(localStorage.getItem(nameOf(form)) ?? "null");
  if (!draft || Date.now() - draft.at > KEEP || form.querySelector("[aria-invalid]")) return;
  const over = form.dataset.autosave;
  if (over && over !== draft.of) return localStorage.removeItem(nameOf(form));
  const met = {};
  let changed = null;
  for (const [name, value] of draft.fields) {
    const found = form.elements.namedItem(name);
    const field = found instanceof RadioNodeList ? found[(met[name] = (met[name] ?? -1) + 1)] : found;
    if (!(field instanceof HTMLElement) || ["file", "checkbox", "hidden"].includes(field.type)) continue;
    if (over ? field.value === value : field.value) continue;
    field.value = value;
    changed = field;
  }
  if (over && changed) offer(form, changed);
}

function offer(form, changed) {
  const again = document.createElement("button");
  again.type = "button";
  again.className = "button small";
  again.textContent = document.body.dataset.wordStartOver;
  again.addEventListener("click", () => {
    localStorage.removeItem(nameOf(form));
    location.reload();
  });
  say(form, `${document.body.dataset.wordBrought} `).append(again);
  addEventListener("load", () => changed.dispatchEvent(new Event("change", { bubbles: true })));
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
