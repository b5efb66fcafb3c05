// The grid of a request: rows come as they are needed, a pasted block goes to the server to be understood, and what the
// server says of each row stands beside it.
const lines = document.getElementById("lines");
const form = document.getElementById("request-form");
const rows = () => [...lines.querySelectorAll("tbody tr:not(.says)")];
const inputs = (row) => [...row.querySelectorAll("input")];
const changed = () => form.dispatchEvent(new Event("change", { bubbles: true }));

function add(after, keep) {
  const says = after.nextElementSibling;
  const [row, note] = [after.cloneNode(true), says.cloneNode(true)];
  if (!keep) inputs(row).forEach((input) => { input.value = ""; input.removeAttribute("aria-invalid"); input.placeholder = ""; });
  if (!keep) row.querySelector("[data-amount]").textContent = "";
  note.hidden = true;
  row.classList.remove("has-problem");
  says.after(row, note);
  number();
  return row;
}

// In the hand empty rows wait behind one: a row shows itself when the row before it is used.
function thin() {
  rows().forEach((row, n, all) => {
    const blank = (one) => inputs(one).every((input) => !input.value);
    row.classList.toggle("is-spare", n > 0 && blank(row) && blank(all[n - 1]) && !row.contains(document.activeElement));
  });
}

function number() {
  thin();
  rows().forEach((row, n) => {
    row.querySelector("th").textContent = n + 1;
    for (const input of inputs(row)) input.setAttribute("aria-label", input.getAttribute("aria-label").replace(/\d+$/, n + 1));
    for (const button of row.querySelectorAll("[data-row]")) {
      const said = button.querySelector(".vh");
      button.value = `${button.dataset.row}:${n}`;
      said.textContent = said.textContent.replace(/\d+$/, n + 1);
    }
  });
}

function drop(row) {
  if (rows().length === 1) add(row);
  row.nextElementSibling.remove();
  row.remove();
  number();
  changed();
}

// Enter in the last row makes another one; Ctrl D takes the cell above.
document.addEventListener("keydown", (event) => {
  const field = event.target.closest?.("#lines input");
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && (form.contains(event.target) || event.target === document.body)) {
    event.preventDefault();
    form.requestSubmit(form.querySelector("[data-send]"));
    return;
  }
  if (!field) return;
  const [all, row] = [rows(), field.closest("tr")];
  const at = all.indexOf(row);
  if (["Enter", "ArrowDown", "ArrowUp"].includes(event.key) && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    event.stopPropagation();
    const step = event.key === "ArrowUp" || event.shiftKey ? -1 : 1;
    const next = all[at + step] ?? (event.key === "Enter" && step > 0 ? add(row) : null);
    const target = next && inputs(next)[inputs(row).indexOf(field)];
    target?.focus();
    target?.select();
    target?.scrollIntoView({ block: "nearest" });
  }
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "d" && at > 0) {
    event.preventDefault();
    field.value = inputs(all[at - 1])[inputs(row).indexOf(field)].value;
    changed();
  }
}, true);

// A block pasted into an item cell is read by the server, which also finds what is meant.
document.addEventListener("paste", (event) => {
  const field = event.target.closest?.('#lines input[name="row_what"]');
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!field || !/[\t\n]/.test(text.trim())) return;
  event.preventDefault();
  event.stopPropagation();
  document.getElementById("id_pasted").value = text;
  document.getElementById("do-paste").click();
}, true);

lines.addEventListener("click", (event) => {
  const button = event.target.closest("[data-row]");
  if (!button) return;
  event.preventDefault();
  const row = button.closest("tr");
  if (button.dataset.row === "drop") { drop(row); return; }
  inputs(add(row, true))[0].focus();
  changed();
});

function tell() {
  const outcome = JSON.parse(document.getElementById("outcome")?.textContent ?? "{}");
  rows().forEach((row, n) => {
    const [said, note] = [outcome[n] ?? {}, row.nextElementSibling];
    const [what, description, , unit, , supplier] = inputs(row);
    row.querySelector("[data-amount]").textContent = said.amount ?? "";
    description.placeholder = said.about ?? "";
    unit.placeholder = said.unit ?? "";
    row.querySelector('[name="row_price"]').placeholder = said.price ?? "";
    what.toggleAttribute("aria-invalid", Boolean(said.wrong && what.value));
    if (!said.amount) supplier.placeholder = "";
    note.hidden = !said.says;
    note.firstElementChild.replaceChildren(said.says ?? "", ...(said.guesses ?? []).map(([pk, label]) => guess(n, pk, label)));
  });
}

function guess(n, pk, label) {
  const button = document.createElement("button");
  Object.assign(button, { className: "as-link", name: "do", value: `use:${n}:${pk}`, textContent: label });
  return button;
}

lines.addEventListener("input", thin);
thin();

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id === "rail") tell();
  if (event.target.id === "lines") {
    thin();
    document.getElementById("id_pasted").value = "";
    const picked = lines.querySelector("[data-focus]");
    const empty = rows().find((row) => inputs(row).every((input) => !input.value));
    if (picked) picked.select();
    else if (document.activeElement === document.body) empty?.querySelector("input").focus();
  }
});
