// Tables of inputs (form.lines): arrows and Enter move, a block pasted from a spreadsheet fills from where one is.
// 1,000 lines stay quick because tables are fixed, in chunks of 50 rows, with one listener for all of them.
const rowsOf = (grid) => [...grid.querySelectorAll("tbody tr")];
const fieldsOf = (row) => [...row.querySelectorAll("input:not([type=hidden],[type=checkbox]), select")];

function move(field, down, right) {
  const grid = field.closest("[data-grid]");
  const rows = rowsOf(grid);
  const row = field.closest("tr");
  const next = rows[rows.indexOf(row) + down];
  const target = next && fieldsOf(next)[fieldsOf(row).indexOf(field) + right];
  if (!target) return false;
  target.focus();
  target.select?.();
  target.scrollIntoView({ block: "nearest" });
  return true;
}

document.addEventListener("keydown", (event) => {
  const field = event.target;
  if (!field.closest?.("[data-grid]") || field.matches("button, a")) return;
  const steps = { ArrowDown: [1, 0], ArrowUp: [-1, 0], Enter: [event.shiftKey ? -1 : 1, 0] };
  const step = steps[event.key];
  if (!step || event.ctrlKey || event.metaKey || (field.matches("select") && event.key !== "Enter")) return;
  if (move(field, ...step) || event.key === "Enter") event.preventDefault();
});

document.addEventListener("paste", (event) => {
  const field = event.target.closest?.("[data-grid] input");
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!field || !/[\t\n]/.test(text.trim())) return;
  event.preventDefault();
  const rows = rowsOf(field.closest("[data-grid]"));
  const [top, left] = [rows.indexOf(field.closest("tr")), fieldsOf(field.closest("tr")).indexOf(field)];
  text.replace(/\r/g, "").replace(/\n$/, "").split("\n").forEach((line, down) => {
    const fields = rows[top + down] ? fieldsOf(rows[top + down]) : [];
    line.split("\t").forEach((value, right) => {
      const target = fields[left + right];
      if (!target || target.readOnly) return;
      target.value = value.trim();
      target.dispatchEvent(new Event("input", { bubbles: true }));
    });
  });
});

// A column whose inputs say data-sum="amount" is added up where [data-total="amount"] stands, by the difference only.
const before = new WeakMap();
document.addEventListener("focusin", (event) => { if (event.target.dataset?.sum) before.set(event.target, Number(event.target.value) || 0); });
document.addEventListener("input", (event) => {
  const field = event.target;
  if (!field.dataset?.sum) return;
  const now = Number(field.value) || 0;
  const total = document.querySelector(`[data-total="${CSS.escape(field.dataset.sum)}"]`);
  if (total) {
    const sum = Number(total.dataset.value) + now - (before.get(field) ?? (Number(field.defaultValue) || 0));
    total.dataset.value = sum;
    total.textContent = sum.toLocaleString("en", { maximumFractionDigits: 6 });
  }
  before.set(field, now);
});
