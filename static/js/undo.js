// A decision that can be taken back: the answer brings <form data-undo="10">, shown as a toast that counts down.
import { say } from "./verbs.js";

function watch(form) {
  form.removeAttribute("data-undo-new");
  let left = Number(form.dataset.undo);
  const clock = document.createElement("span");
  const toast = say(form.dataset.said ?? "", form, clock);
  form.hidden = false;
  const tick = setInterval(() => {
    left -= 1;
    clock.textContent = `${left} s`;
    if (left <= 0) { clearInterval(tick); toast?.remove(); }
  }, 1000);
  clock.textContent = `${left} s`;
  form.addEventListener("submit", () => { clearInterval(tick); setTimeout(() => toast?.remove(), 300); });
}

const look = () => document.querySelectorAll("form[data-undo-new]").forEach(watch);
document.addEventListener("htmx:afterSettle", look);
look();
