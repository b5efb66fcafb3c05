// After a verb: other forms of the page learn the new version, what was said is shown, problems get the focus.
const toasts = document.getElementById("toasts");
const STAY = 6000;

export function say(text, ...more) {
  if (!toasts) return null;
  const toast = document.createElement("p");
  toast.className = "toast";
  toast.append(text, ...more);
  toasts.append(toast);
  return toast;
}

const fade = (toast, after = STAY) => setTimeout(() => toast.remove(), after);
for (const toast of toasts?.children ?? []) fade(toast);

document.addEventListener("versions", (event) => {
  for (const [subject, version] of Object.entries(event.detail)) {
    for (const field of document.querySelectorAll(`input[name="seen"][data-of="${CSS.escape(subject)}"]`)) field.value = version;
  }
});

document.addEventListener("said", (event) => {
  const toast = say(event.detail.text ?? event.detail.value ?? "");
  if (toast) fade(toast);
});

// A key is used once: after an answer the same form gets a new one.
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt.closest?.("form");
  const key = form?.querySelector('input[name="key"]');
  if (key && event.detail.xhr?.status && event.detail.xhr.status < 500) key.value = crypto.randomUUID();
});

document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.requestConfig?.verb !== "get") document.getElementById("problems")?.replaceChildren();
});

document.addEventListener("htmx:afterSwap", (event) => {
  const wanted = event.detail.target.querySelector?.("[data-focus]");
  if (!wanted) return;
  wanted.tabIndex = -1;
  wanted.focus();
});

document.addEventListener("htmx:sendError", () => {
  const toast = say(document.body.dataset.wordOffline);
  if (toast) fade(toast, 10000);
});

document.querySelector("main [data-focus]")?.focus();
