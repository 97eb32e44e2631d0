// Small helps on top of pages that work without script: steppers that do not
// reload, and focus on the list of things to put right. No state is kept here.

const problems = document.getElementById("problems");
if (problems) problems.focus();

document.addEventListener("click", (event) => {
  const button = event.target.closest("button.step");
  if (!button) return;
  const input = button.parentElement.querySelector("input");
  const by = Number.parseInt(button.value, 10) || 1;
  const now = Number.parseInt(input.value, 10) || 0;
  const least = input.name === "kits" ? 1 : 0;
  const most = Number.parseInt(input.dataset.most, 10) || 99;
  input.value = String(Math.min(most, Math.max(least, now + by)));
  event.preventDefault();
});

// A second tap while the first is on its way would be answered as a duplicate;
// this only spares the wait.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  const busy = form.querySelector("progress.busy");
  if (busy) busy.hidden = false;
});
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});
