// A table that fits may let its head stick to the page; a wider one scrolls by itself.
function fit() {
  for (const wrap of document.querySelectorAll(".table-wrap")) {
    wrap.classList.remove("fits");
    const fits = wrap.scrollWidth <= wrap.clientWidth + 1;
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
