// A click on a number that says data-copy copies it, without the spaces it is read with.
import { say } from "./verbs.js";

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button.copy");
  if (!button) return;
  const text = button.previousElementSibling.textContent.replaceAll(/\s/g, "");
  await navigator.clipboard.writeText(text);
  const toast = say(`${document.body.dataset.wordCopied} ${text}`);
  if (toast) setTimeout(() => toast.remove(), 3000);
});

function dress(root) {
  for (const number of root.querySelectorAll("[data-copy]:not(.is-dressed)")) {
    number.classList.add("is-dressed");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.setAttribute("aria-label", `${document.body.dataset.wordCopy} ${number.textContent.trim()}`);
    button.innerHTML = '<svg viewBox="0 0 24 24" width="14" height="14" fill="none" stroke="currentColor" stroke-width="1.75" aria-hidden="true"><rect x="8" y="8" width="13" height="13" rx="2"/><path d="M4 16V4a1 1 0 0 1 1-1h11"/></svg>';
    number.after(button);
  }
}
dress(document);
document.addEventListener("htmx:afterSettle", (event) => dress(event.target.parentElement ?? document));
