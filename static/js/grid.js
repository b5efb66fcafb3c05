// Tables of inputs (form.lines): arrows and Enter move, Ctrl D takes the cell above, a block pasted from a spreadsheet
// fills from where one is.
// 1,000 lines stay quick because tables are fixed, in chunks of 20 rows, with one listener for all of them.
const rowsOf = (grid) => [...grid.querySelectorAll("tbody tr:not(.says)")];
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

// What was typed, pasted or filled can be taken back, step by step: Ctrl Z, and Ctrl Y or Ctrl Shift Z again. While a
// field is being typed in, the browser's own undo is at work.
const done = [];
const undone = [];
const entered = new WeakMap();

function keep(step) {
  done.push(step);
  undone.length = 0;
}

function put(field, value) {
  field.value = value;
  entered.set(field, value);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

// Values for fields, as one step; rows that it made come and go with it.
function write(changes, grown = []) {
  const step = { grown, changes: changes.filter(([field, value]) => field.value !== value).map(([field, value]) => [field, field.value, value]) };
  step.changes.forEach(([field, , value]) => put(field, value));
  if (step.changes.length || grown.length) keep(step);
  step.changes[0]?.[0].dispatchEvent(new Event("change", { bubbles: true }));
}

function step(from, to, which) {
  const one = from.pop();
  if (!one) return false;
  to.push(one);
  if (which === 2) one.grown.forEach(({ row, body }) => body.append(row));
  one.changes.forEach((change) => put(change[0], change[which]));
  if (which === 1) one.grown.forEach(({ row }) => row.remove());
  one.changes[0]?.[0].dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}

document.addEventListener("focusin", (event) => { if (event.target.closest?.("[data-grid] input")) entered.set(event.target, event.target.value); });
document.addEventListener("change", (event) => {
  const field = event.target.closest?.("[data-grid] input:not([type=checkbox])");
  if (!field || !entered.has(field) || entered.get(field) === field.value) return;
  keep({ grown: [], changes: [[field, entered.get(field), field.value]] });
  entered.set(field, field.value);
}, true);

document.addEventListener("keydown", (event) => {
  const field = event.target.closest?.("[data-grid] input");
  if (!field || !(event.ctrlKey || event.metaKey) || event.altKey) return;
  const key = event.key.toLowerCase();
  const isTyping = entered.has(field) && entered.get(field) !== field.value;
  const back = key === "z" && !event.shiftKey;
  const again = key === "y" || (key === "z" && event.shiftKey);
  if ((back && !isTyping && step(done, undone, 1)) || (again && step(undone, done, 2))) event.preventDefault();
  if (key !== "d") return;
  event.preventDefault();
  const row = field.closest("tr");
  const rows = rowsOf(row.closest("[data-grid]"));
  const above = rows[rows.indexOf(row) - 1];
  if (above && !field.readOnly) write([[field, fieldsOf(above)[fieldsOf(row).indexOf(field)].value]]);
});

// A grid that says data-grows makes rows as they are needed: its last row again, empty, with the next number in each name.
function grow(grid) {
  const last = rowsOf(grid).at(-1);
  const row = last.cloneNode(true);
  const count = document.getElementById(grid.dataset.grows);
  const n = Number(count.value);
  count.value = n + 1;
  row.querySelectorAll("[name]").forEach((input) => {
    input.name = input.name.replace(/\d+$/, n);
    if (input.type === "checkbox") input.checked = input.name.startsWith("is_on_");
    else input.value = "";
    input.removeAttribute("aria-invalid");
    if (input.hasAttribute("aria-label")) input.setAttribute("aria-label", input.getAttribute("aria-label").replace(/\d+$/, n + 1));
  });
  const body = last.parentElement;
  body.append(row);
  return { row, body };
}

document.addEventListener("paste", (event) => {
  const field = event.target.closest?.("[data-grid] input");
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!field || !/[\t\n]/.test(text.trim())) return;
  event.preventDefault();
  const grid = field.closest("[data-grid]");
  const rows = rowsOf(grid);
  const [top, left] = [rows.indexOf(field.closest("tr")), fieldsOf(field.closest("tr")).indexOf(field)];
  const lines = text.replace(/\r/g, "").replace(/\n$/, "").split("\n");
  const grown = [];
  while (grid.dataset.grows && rows.length < top + lines.length) {
    grown.push(grow(grid));
    rows.push(grown.at(-1).row);
  }
  const changes = [];
  lines.forEach((line, down) => {
    const fields = rows[top + down] ? fieldsOf(rows[top + down]) : [];
    line.split("\t").forEach((value, right) => {
      const target = fields[left + right];
      if (target && !target.readOnly) changes.push([target, value.trim()]);
    });
  });
  write(changes, grown);
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
