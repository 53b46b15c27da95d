"use strict";
const $ = (s, from = document) => from.querySelector(s);
const all = (s, from = document) => [...from.querySelectorAll(s)];
const panel = $("#evidence"), told = $("#told"), tools = $(".tools");
let opener = null;

function passage(note, wanted) {
  const box = note.closest(".psg").cloneNode(true);
  all("li", box).forEach((li) => { if (!wanted.has(li.id)) li.remove(); });
  all("mark", box).forEach((m) => m.classList.toggle("on", wanted.has("f" + m.dataset.k)));
  all("[id]", box).forEach((e) => e.removeAttribute("id"));
  return box;
}
function show(link) {
  const ids = link.dataset.f.split(" ").map((n) => "f" + n), wanted = new Set(ids);
  const body = $("#said"), done = new Set();
  body.replaceChildren();
  let found = 0, article = null;
  for (const note of ids.map((id) => document.getElementById(id)).filter(Boolean)) {
    found += 1;
    const psg = note.closest(".psg"), src = psg.parentElement;
    if (done.has(psg)) continue;
    done.add(psg);
    if (article !== src) { body.append($("h3", src).cloneNode(true), $(".meta", src).cloneNode(true)); article = src; }
    body.append(passage(note, wanted));
  }
  const rest = Number(link.dataset.n) - found;
  $("#rest").textContent = rest > 0 ? panel.dataset.rest.replace("{n}", rest) : "";
  const row = link.closest("tr"), place = row ? `${row.cells[0].firstChild.textContent.trim()} · ${row.cells[1].textContent} · ` : "";
  told.textContent = link.getAttribute("aria-label") || place + link.textContent.trim();
  opener = link;
  panel.showModal();
  panel.scrollTop = 0;
}
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-f]");
  if (link) { event.preventDefault(); show(link); }
  else if (event.target === panel || event.target.closest(".close")) panel.close();
});
panel.addEventListener("close", () => opener && opener.focus());

const rows = all("tr[data-r]"), marks = all("svg [data-r], svg [data-c]"), notes = all("#sources .psg li");
const controls = { r: $("#f-r"), c: $("#f-c"), m: $("#f-m"), q: $("#f-q") };
function fits(e, text) {
  const { r, c, m, q } = controls;
  return (!r.value || e.dataset.r === r.value) && (!c.value || !e.dataset.c || e.dataset.c === c.value)
    && (!m.value || e.dataset.m === undefined || e.dataset.m.split(" ").includes(m.value))
    && (!q.value.trim() || text.toLowerCase().includes(q.value.trim().toLowerCase()));
}
function sift() {
  let shown = 0;
  rows.forEach((row) => { const ok = fits(row, row.textContent); row.hidden = !ok; shown += ok; });
  marks.forEach((mark) => mark.classList.toggle("off", !fits(mark, mark.getAttribute("aria-label") || "")));
  notes.forEach((note) => { note.hidden = !fits(note, note.closest(".psg").textContent); });
  all("#sources .psg").forEach((p) => { p.hidden = !$("li:not([hidden])", p); });
  all("#sources .src").forEach((s) => { s.hidden = !$(".psg:not([hidden])", s); });
  $("output").textContent = tools.dataset.shown.replace("{shown}", shown).replace("{total}", rows.length);
}
addEventListener("beforeprint", () => all("details").forEach((d) => { d.open = true; }));
function unfold() { all(".few").forEach((w) => w.classList.remove("few")); all(".rest").forEach((b) => b.remove()); }
all(".wrap").forEach((wrap) => {
  const more = $("tbody", wrap).rows.length - 20;
  if (more < 5) return;
  const button = document.createElement("button");
  button.type = "button"; button.className = "rest";
  button.textContent = tools.dataset.more.replace("{n}", more);
  button.addEventListener("click", () => { const row = $("tbody", wrap).rows[20]; wrap.classList.remove("few"); button.remove(); $("a", row)?.focus(); });
  wrap.classList.add("few");
  wrap.after(button);
});
tools.hidden = false;
Object.values(controls).forEach((c) => c.addEventListener("input", () => { unfold(); sift(); }));
$("#f-x").addEventListener("click", () => { Object.values(controls).forEach((c) => { c.value = ""; }); sift(); });
sift();

all("th button").forEach((button) => button.addEventListener("click", () => {
  const head = button.parentElement, body = head.closest("table").tBodies[0], at = head.cellIndex;
  const up = head.getAttribute("aria-sort") !== "ascending";
  const key = (row) => row.cells[at].dataset.v ?? row.cells[at].textContent.trim();
  const order = (a, b) => (isNaN(key(a)) || isNaN(key(b)) ? key(a).localeCompare(key(b), document.documentElement.lang) : key(a) - key(b));
  all("th", head.parentElement).forEach((th) => th.removeAttribute("aria-sort"));
  head.setAttribute("aria-sort", up ? "ascending" : "descending");
  body.append(...[...body.rows].sort((a, b) => (up ? order(a, b) : order(b, a))));
}));
