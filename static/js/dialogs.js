// The palette (Ctrl K), the help drawer (?), and dialogs that say they are ones: data-dialog="#id".
const palette = document.getElementById("palette");
const help = document.getElementById("help");

document.addEventListener("palette", () => {
  if (!palette || palette.open) return;
  palette.showModal();
  palette.querySelector("input").select();
});

palette?.addEventListener("keydown", (event) => {
  const links = [...palette.querySelectorAll(".hits a")];
  const at = links.findIndex((link) => link.classList.contains("is-here"));
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const next = links[(at + (event.key === "ArrowDown" ? 1 : -1) + links.length) % links.length];
    links.forEach((link) => link.classList.toggle("is-here", link === next));
    next?.scrollIntoView({ block: "nearest" });
  }
  if (event.key === "Enter" && at >= 0) {
    event.preventDefault();
    links[at].click();
  }
});

async function show(address) {
  const answer = await fetch(address, { headers: { "HX-Request": "true" } });
  if (!answer.ok) return false;
  help.querySelector("#help-text").innerHTML = await answer.text();
  if (!help.open) help.showModal();
  return true;
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-help]");
  if (link && help && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    if (!(await show(link.href))) location.assign(link.href);
    return;
  }
  const opener = event.target.closest("[data-dialog]");
  if (opener) document.querySelector(opener.dataset.dialog)?.showModal();
  const dialog = event.target.closest("dialog");
  if (dialog && (event.target === dialog || event.target.closest("[data-close]"))) dialog.close();
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select");
  if (event.key === "?" && !typing && help) document.querySelector("a[data-help]")?.click();
});
