// A form with a file field takes a file that is dropped anywhere on it. Without scripts the field itself does.
const formOf = (event) => {
  const form = event.target instanceof Element ? event.target.closest("form.drop") : null;
  return form && event.dataTransfer?.types.includes("Files") ? form : null;
};

document.addEventListener("dragover", (event) => {
  const form = formOf(event);
  if (!form) return;
  event.preventDefault();
  form.classList.add("is-over");
});

document.addEventListener("dragleave", (event) => {
  const form = event.target instanceof Element ? event.target.closest("form.drop") : null;
  if (form && !form.contains(event.relatedTarget)) form.classList.remove("is-over");
});

document.addEventListener("drop", (event) => {
  const form = formOf(event);
  if (!form) return;
  event.preventDefault();
  form.classList.remove("is-over");
  const field = form.querySelector("input[type=file]");
  const first = new DataTransfer();
  first.items.add(event.dataTransfer.files[0]);
  field.files = first.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
});
