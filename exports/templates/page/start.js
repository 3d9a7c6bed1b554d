// ---- language, keyboard, start

function speak(wanted) {
  language = wanted;
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = say(element.dataset.text);
  for (const button of at("language").children) button.setAttribute("aria-pressed", String(button.dataset.language === language));
  for (const id of ["closer", "further", "whole"]) { at(id).title = say(id); at(id).setAttribute("aria-label", say(id)); }
  at("zoom").setAttribute("aria-label", say("zoom"));
  drawing.canvas.setAttribute("aria-label", say("picture"));
  legend();
  card();
  if (!at("found").hidden) search();
}

const stage = at("stage"), seen = (node) => select(node, false);
if (matchMedia("(max-width: 800px)").matches) at("key").open = false;
timeline();
legend(); // before the drawing, which takes the room that is left
look();
const drawing = typeof vis === "undefined" ? byCanvas(stage, seen) : byVis(stage, seen);
drawing.canvas.setAttribute("role", "img");

for (const button of at("language").children) button.addEventListener("click", () => { speak(button.dataset.language); drawing.paint(); });
at("all").addEventListener("click", () => { off.clear(); filter(); });
at("none").addEventListener("click", () => { for (const kind of kinds.keys()) off.add(kind); filter(); });
at("more").addEventListener("click", more);
at("closer").addEventListener("click", () => drawing.zoom(1.4));
at("further").addEventListener("click", () => drawing.zoom(1 / 1.4));
at("whole").addEventListener("click", () => drawing.whole(true));
at("search").addEventListener("input", search);
at("search").addEventListener("focus", () => { if (at("search").value.trim()) search(); });
at("search").addEventListener("keydown", (event) => {
  if (event.key === "Enter") { const [best] = search(); if (best) select(best, true); }
  if (event.key === "ArrowDown") { event.preventDefault(); at("hits").querySelector("button")?.focus(); }
});
at("hits").addEventListener("keydown", (event) => {
  const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
  if (!step) return;
  event.preventDefault();
  (event.target.closest("li")[step]?.querySelector("button") ?? (event.key === "ArrowUp" ? at("search") : null))?.focus();
});
document.addEventListener("pointerdown", (event) => { if (!at("find").contains(event.target)) at("found").hidden = true; });
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.target.closest("input[type=search]")) { event.preventDefault(); at("search").focus(); at("search").select(); }
  if (event.key !== "Escape") return;
  if (!at("found").hidden) { at("search").value = ""; at("found").hidden = true; at("search").focus(); } else if (selected) select(null);
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { look(); drawing.paint(); });

speak(language);
drawing.whole(false);
drawing.paint();
// For tests and for whoever opens the console: where things are, without a way to change them.
window.kamergraaf = Object.freeze({
  where: (iri) => { const place = drawing.place(byName(iri)), frame = stage.getBoundingClientRect(); return { x: place.x + frame.x, y: place.y + frame.y }; },
  labels: () => drawing.labels().map(({ lines: texts, place, node }) => ({ text: texts.join(" "), isNode: Boolean(node), ...place })),
  drawn: () => nodes.filter(shown).map((node) => node.iri),
  scale: () => drawing.scale(),
});
await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
document.body.dataset.drawn = String(Math.round(performance.now()));
quotes = await unpack("data-evidence");
if (selected) card();
document.body.dataset.ready = "true";
