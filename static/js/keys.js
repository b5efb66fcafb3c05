// Single letters act, unless somebody types or has switched them off. A button or link says its own: data-key="i".
const sequences = { gw: "/" };
let first = "", since = 0;

export const isTyping = (target) => target.closest?.("input:not([type=checkbox],[type=radio]), textarea, select, [contenteditable]");
const isOn = () => document.documentElement.hasAttribute("data-keys");
const isShown = (element) => element.getClientRects().length > 0;

function press(key) {
  const wanted = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find(isShown);
  if (!wanted) return false;
  if (wanted.matches("input, textarea, select")) wanted.focus();
  else if (wanted.matches("summary")) { wanted.parentElement.open = !wanted.parentElement.open; wanted.focus(); }
  else wanted.click();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.altKey || event.isComposing) return;
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    document.dispatchEvent(new CustomEvent("palette"));
    return;
  }
  if (event.ctrlKey || event.metaKey) return;
  if (event.key === "Escape") return close(event);
  if (!isOn() || isTyping(event.target) || document.querySelector("dialog[open]")) return;
  const pair = Date.now() - since < 1200 ? first + event.key : "";
  [first, since] = [event.key, Date.now()];
  if (sequences[pair]) { event.preventDefault(); location.assign(sequences[pair]); return; }
  if (/^[1-9]$/.test(event.key)) {
    document.querySelector(`[data-digit="${event.key}"]`)?.click();
    return;
  }
  if (press(event.key)) event.preventDefault();
});

function close() {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
  }
}

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});
