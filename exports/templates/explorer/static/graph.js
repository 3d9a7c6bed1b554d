// Comfort for the page of the graph. Every step is an address: what is clicked here is fetched as the page that a reader without
// scripts would get, its parts take the place of the old ones, and the picture is drawn on a canvas that follows the hand.
const PARTS = ["deeds", "about", "told", "lists"];
const place = location.pathname;
let shown = null;

function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

// ---- the picture

function paint(fresh, origin) {
  const holder = document.getElementById("picture"), held = JSON.parse(fresh.dataset.seen);
  const before = new Map(shown ? shown.nodes.map((node) => [node.iri, shown.drawing.place(node)]) : []);
  for (const name of ["seen", "node", "tie", "ways"]) {
    if (fresh.dataset[name] === undefined) delete holder.dataset[name];
    else holder.dataset[name] = fresh.dataset[name];
  }
  if (!held.nodes.iri.length) { holder.replaceChildren(...fresh.childNodes); shown = null; return; }
  const label = fresh.querySelector("svg")?.getAttribute("aria-label") ?? holder.querySelector("#stage")?.getAttribute("aria-label") ?? "";
  const stage = element("div", { id: "stage", role: "application", "aria-label": label });
  holder.replaceChildren(stage, zoom());
  shown = picture(stage, held, document.documentElement.lang, clicked);
  shown.drawing.canvas.setAttribute("aria-hidden", "true");
  stage.addEventListener("dblclick", () => { if (holder.dataset.node) press("open", shortOf(holder.dataset.node)); });
  stage.addEventListener("keydown", keyed);
  light();
  shown.drawing.whole(false);
  const start = before.get(origin ?? holder.dataset.node);
  if (before.size) shown.drawing.arrive((node) => before.get(node.iri) ?? start);
  else shown.drawing.paint();
}
const key = (edge) => `${shown.nodes[shown.from[edge]].iri} ${shown.held.edges.key[edge]} ${shown.nodes[shown.to[edge]].iri}`;
const shortOf = (iri) => shown.held.nodes.short[shown.held.nodes.iri.indexOf(iri)];

// What was chosen stands out, else the ways that were asked for.
function light() {
  const { node, tie, ways } = document.getElementById("picture").dataset;
  shown.choose(shown.nodes.find((each) => each.iri === node) ?? null);
  shown.marked.clear();
  if (node) return;
  const wanted = new Set(tie ? [tie] : (ways ?? "").split("\n").filter(Boolean));
  if (wanted.size) for (let edge = 0; edge < shown.from.length; edge += 1) if (wanted.has(key(edge))) shown.marked.add(edge);
}
function clicked(node, spot) {
  const overview = !document.getElementById("things");
  if (node) return press(overview ? "group" : "node", shortOf(node.iri));
  if (overview) return;
  const edge = spot ? shown.drawing.crossed(spot.x, spot.y) : null;
  if (edge !== null) return press("tie", [shortOf(shown.nodes[shown.from[edge]].iri), shown.held.edges.key[edge], shortOf(shown.nodes[shown.to[edge]].iri)].join(" "));
  const { node: chosen, tie } = document.getElementById("picture").dataset;
  if (chosen || tie) press("node", "");
}
const KEYS = { Enter: "open", o: "open", c: "close", h: "hide" };
function keyed(event) {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const { node } = document.getElementById("picture").dataset;
  if (event.key === "u") press("undo", "1");
  else if (event.key === "Escape") press("node", "");
  else if (KEYS[event.key] && node) press(KEYS[event.key], shortOf(node));
  else if (event.key.startsWith("Arrow") && !node && shown.nodes.length) { event.preventDefault(); event.stopImmediatePropagation(); clicked(shown.nodes[0]); }
}
function zoom() {
  const buttons = [["+", 1.4], ["−", 1 / 1.4], ["⤢", 0]].map(([words, factor], index) => {
    const button = element("button", { type: "button", "aria-label": ZOOM[document.documentElement.lang][index] }, words);
    button.addEventListener("click", () => factor ? shown.drawing.zoom(factor) : shown.drawing.whole(true));
    return button;
  });
  return element("div", { id: "zoom" }, ...buttons);
}
const ZOOM = { nl: ["Inzoomen", "Uitzoomen", "Alles in beeld"], en: ["Zoom in", "Zoom out", "Show everything"] };

// ---- steps

// A button of the form, pressed by hand or by the picture: what it adds to the address.
function press(name, value) {
  const told = new URLSearchParams(new FormData(document.getElementById("deeds")));
  told.append(name, value);
  go(`${place}?${told}`, ["node", "tie"].includes(name) ? null : document.getElementById("picture").dataset.node);
}
let asked = 0;
async function go(address, origin, kept = true) {
  asked += 1;
  const mine = asked, within = document.activeElement?.closest("#picture, #told, #lists, #about")?.id;
  document.body.classList.add("busy");
  try {
    const answer = await fetch(address), text = await answer.text();
    if (mine !== asked) return;
    const fresh = new DOMParser().parseFromString(text, "text/html");
    if (!answer.ok || !fresh.getElementById("picture")) { location.assign(address); return; }
    const same = fresh.getElementById("deeds").dataset.address; // the shortest that shows the same
    if (kept) history.pushState(null, "", same ? `${place}?${same}` : place);
    document.title = fresh.title;
    document.querySelector(".switch").href = fresh.querySelector(".switch").getAttribute("href");
    for (const id of PARTS) document.getElementById(id).replaceWith(document.adoptNode(fresh.getElementById(id)));
    paint(fresh.getElementById("picture"), origin);
    dress();
    if (within === "picture") document.getElementById("stage")?.focus({ preventScroll: true });
    else if (within) (document.querySelector("#told h2[tabindex]") ?? document.querySelector("#about h1")).focus({ preventScroll: within === "lists" });
  } finally {
    if (mine === asked) document.body.classList.remove("busy");
  }
}
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (new URL(form.action).pathname !== place) return;
  event.preventDefault();
  const told = new URLSearchParams(new FormData(form, event.submitter));
  go(`${place}?${told}`, document.getElementById("picture").dataset.node);
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("a.step, nav.parts a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(link.getAttribute("href"));
});
addEventListener("popstate", () => go(location.href, null, false));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { if (shown) { shown.look(); shown.drawing.paint(); } });

// ---- what only scripts can do: a picture of the canvas, and a period drawn over the bars

function dress() {
  const svg = document.querySelector('.asking a[href*="/graph/svg"]');
  if (svg && shown) {
    const png = element("a", { href: "#", download: "kamergraaf.png" }, "PNG");
    png.addEventListener("click", (event) => {
      event.preventDefault();
      shown.drawing.canvas.toBlob((blob) => {
        const file = element("a", { href: URL.createObjectURL(blob), download: "kamergraaf.png" });
        file.click();
        setTimeout(() => URL.revokeObjectURL(file.href), 10_000);
      });
    });
    svg.before(png);
  }
  const bars = document.querySelector(".period .bars");
  if (!bars) return;
  let first = null;
  const year = (event) => document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-year]")?.dataset.year;
  bars.addEventListener("pointerdown", (event) => { first = year(event) ?? null; });
  bars.addEventListener("pointerup", (event) => {
    const last = year(event);
    if (first === null || !last || first === last) return; // a click on one bar is its link
    const form = bars.closest("form");
    [form.elements.since.value, form.elements.until.value] = [first, last].sort();
    form.requestSubmit();
  });
  bars.addEventListener("dragstart", (event) => event.preventDefault());
}

paint(document.getElementById("picture"));
dress();
// For tests and for whoever opens the console: what is drawn and where.
window.kamergraaf = Object.freeze({
  drawn: () => shown ? shown.nodes.map((node) => node.iri) : [],
  where: (iri) => { const spot = shown.drawing.place(shown.nodes.find((node) => node.iri === iri)), frame = document.getElementById("stage").getBoundingClientRect(); return { x: spot.x + frame.x, y: spot.y + frame.y }; },
});
