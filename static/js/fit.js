// A table that fits may let its head stick to the page; a wider one scrolls by itself.
function fit() {
  const wraps = [...document.querySelectorAll(".table-wrap")];
  wraps.forEach((wrap) => wrap.classList.remove("fits"));
  const fitting = wraps.map((wrap) => wrap.scrollWidth <= wrap.clientWidth + 1); // all are read before any is written
  for (const [n, wrap] of wraps.entries()) {
    const fits = fitting[n];
    wrap.classList.toggle("fits", fits);
    wrap.toggleAttribute("tabindex", !fits);
    if (!fits) wrap.tabIndex = 0;
  }
  const links = [...document.querySelectorAll("table.list tbody tr")].map((row) => row.dataset.href).filter(Boolean);
  if (links.length) sessionStorage.setItem("list", JSON.stringify(links.slice(0, 200)));
}
// In a row of tabs that scrolls, the one that is open is in sight.
for (const bar of document.querySelectorAll(".tabs, .portal-top .areas")) {
  const here = bar.querySelector("[aria-current]");
  if (here && bar.scrollWidth > bar.clientWidth) bar.scrollLeft = here.offsetLeft - bar.offsetLeft - 24;
}
addEventListener("resize", fit);
document.addEventListener("htmx:afterSettle", fit);
fit();
