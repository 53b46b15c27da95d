"use strict";
const slide = document.querySelector(".slide"), form = document.querySelector(".ask");
if (slide) {
  const months = slide.dataset.months.split(" "), last = months.length - 1;
  const [low, high] = slide.querySelectorAll("input"), { start, end } = form.elements;
  const at = (month, other) => { const i = months.indexOf(month); return i < 0 ? other : i; };
  for (const handle of [low, high]) { handle.min = 0; handle.max = last; handle.step = 1; }
  const place = () => { low.value = at(start.value, 0); high.value = at(end.value, last); };
  const told = () => { low.setAttribute("aria-valuetext", months[low.value]); high.setAttribute("aria-valuetext", months[high.value]); };
  low.addEventListener("input", () => { if (+low.value > +high.value) high.value = low.value; write(); });
  high.addEventListener("input", () => { if (+high.value < +low.value) low.value = high.value; write(); });
  const write = () => { start.value = +low.value > 0 ? months[low.value] : ""; end.value = +high.value < last ? months[high.value] : ""; told(); };
  for (const handle of [low, high]) handle.addEventListener("change", () => form.requestSubmit());
  for (const field of [start, end]) field.addEventListener("change", place);
  place(); told();
  slide.hidden = last < 1;
}
const tree = document.querySelector(".tree");
if (tree) {
  const narrow = matchMedia("(max-width:56rem)"), fold = () => { tree.open = !narrow.matches; };
  narrow.addEventListener("change", fold);
  fold();
}
if (form) {
  form.querySelectorAll("select").forEach((list) => list.addEventListener("change", () => form.requestSubmit()));
  form.addEventListener("submit", () => { for (const field of form.elements) if (field.name && (!field.value || (field.name === "sort" && field.value === "-date"))) field.disabled = true; });
  addEventListener("pageshow", () => { for (const field of form.elements) field.disabled = false; });
}
