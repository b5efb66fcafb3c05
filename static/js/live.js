// Parts with hx-trigger="poll" ask again every 15 s and when the tab is looked at again; never while somebody is in them.
const EVERY = 15000;

function poll() {
  if (document.hidden || !globalThis.htmx) return;
  for (const part of document.querySelectorAll('[hx-trigger~="poll"]')) {
    const busy = part.contains(document.activeElement) || part.matches(":hover") || part.querySelector(":checked");
    if (!busy) htmx.trigger(part, "poll");
  }
}
setInterval(poll, EVERY);
document.addEventListener("visibilitychange", poll);
