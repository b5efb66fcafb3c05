// Lists: j k move, x chooses, Enter opens, a click on a row opens it, Shift chooses a range. [ ] walk on from a document.
import { isTyping } from "./keys.js";

const rows = () => [...document.querySelectorAll("table.list tbody tr")];
const here = () => document.querySelector("table.list tr.is-here");
const boxes = (form) => [...form.querySelectorAll('input[name="chosen"]')];
let last = null;

function go(step, choosing) {
  const all = rows();
  if (!all.length) return false;
  const at = all.indexOf(here());
  const next = all[Math.max(0, Math.min(all.length - 1, at < 0 ? 0 : at + step))];
  all.forEach((row) => row.classList.toggle("is-here", row === next));
  (next.querySelector("th a, th button, a") ?? next).focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  if (choosing) choose(next, true);
  return true;
}

function choose(row, value) {
  const box = row?.querySelector('input[name="chosen"]');
  if (!box) return;
  box.checked = value ?? !box.checked;
  box.dispatchEvent(new Event("change", { bubbles: true }));
}

function walk(step) {
  const list = JSON.parse(sessionStorage.getItem("list") ?? "[]");
  const at = list.indexOf(location.pathname);
  if (at >= 0 && list[at + step]) location.assign(list[at + step]);
}

document.addEventListener("keydown", (event) => {
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (!plain || !document.documentElement.hasAttribute("data-keys") || isTyping(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  const acts = { j: () => go(1), k: () => go(-1), J: () => go(1, true), K: () => go(-1, true), x: () => choose(here()), "[": () => walk(-1), "]": () => walk(1) };
  acts[event.key]?.();
});

document.addEventListener("click", (event) => {
  const box = event.target.closest('input[name="chosen"]');
  if (box) {
    const all = boxes(box.form);
    if (event.shiftKey && last && all.includes(last)) {
      const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
      all.slice(from, to + 1).forEach((one) => { one.checked = box.checked; });
    }
    last = box;
    return;
  }
  const row = event.target.closest("tr[data-href]");
  if (!row || event.target.closest("a, button, input, label, select, summary") || String(getSelection())) return;
  if (event.ctrlKey || event.metaKey) open(row.dataset.href); else location.assign(row.dataset.href);
});

document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (!form?.matches("[data-list]")) return;
  if (event.target.matches("[data-all]")) boxes(form).forEach((box) => { box.checked = event.target.checked; });
  const chosen = boxes(form).filter((box) => box.checked).length;
  const said = form.querySelector("[data-chosen]");
  if (said) said.textContent = String(chosen);
});
