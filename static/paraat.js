// Small conveniences; every page works without them.
"use strict";

// A status that stands on the page from the start is not read out; touching it after loading is.
function announce() {
  const box = document.querySelector(".messages");
  if (box && box.childElementCount) setTimeout(() => box.replaceChildren(...box.childNodes), 400);
}

// In a line that scrolls sideways, show where we are.
function showCurrent() {
  for (const here of document.querySelectorAll(".subnav [aria-current], .filters [aria-current]")) {
    const line = here.closest(".subnav, .filters");
    line.scrollLeft = here.offsetLeft - line.offsetLeft - (line.clientWidth - here.offsetWidth) / 2;
  }
}

// A changed filter asks for its own list; afterwards the keyboard is where it was.
document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (!form || !form.matches("[data-auto]") || event.target.matches("[type=text], [type=search]")) return;
  sessionStorage.setItem("focus", location.pathname + "#" + event.target.id);
  form.requestSubmit();
});

function backToFilter() {
  const [path, id] = (sessionStorage.getItem("focus") || "").split("#");
  sessionStorage.removeItem("focus");
  if (id && path === location.pathname) document.getElementById(id)?.focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-print], [data-copy]");
  if (!button) return;
  if (button.matches("[data-print]")) return window.print();
  const field = document.querySelector(button.dataset.copy);
  field.select();
  navigator.clipboard?.writeText(field.value).then(() => (button.textContent = button.dataset.done || "\u2713"));
});

// When what had the focus is replaced, the focus goes to what came instead: the first mistake, or the part itself.
let lost = false;
document.addEventListener("htmx:beforeSwap", (event) => {
  lost = document.activeElement !== document.body && event.detail.target.contains(document.activeElement);
});
document.addEventListener("htmx:afterSettle", (event) => {
  showCurrent();
  if (!lost || document.activeElement !== document.body) return;
  lost = false;
  const part = event.detail.elt;
  const first = part.querySelector("[aria-invalid=true], [autofocus], [tabindex='-1']") || part;
  if (!first.matches("a, button, input, select, textarea, [tabindex]")) first.tabIndex = -1;
  first.focus({ preventScroll: true });
});

announce();
showCurrent();
backToFilter();
