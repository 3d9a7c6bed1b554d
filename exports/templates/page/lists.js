// ---- kinds, period, list and search

const HITS = 30, LISTED = 300;
const counts = new Map();
for (const node of nodes) counts.set(node.kind, (counts.get(node.kind) ?? 0) + 1);
function legend() {
  const focused = document.activeElement?.dataset?.kind;
  at("legend").replaceChildren(...[...kinds.values()].map((kind) => {
    const input = make("input", { type: "checkbox", "data-kind": kind.kind });
    input.checked = !off.has(kind.kind);
    input.addEventListener("change", () => { input.checked ? off.delete(kind.kind) : off.add(kind.kind); filter(); });
    const label = make("label", {}, input, glyph(kind), make("span", {}, kind[language]), make("span", { class: "number" }, number(counts.get(kind.kind))));
    if (kind.kind === focused) queueMicrotask(() => input.focus());
    return make("li", {}, label);
  }));
  list();
}
function filter() {
  sift();
  if (selected && !shown(selected)) { selected = null; card(); }
  legend();
  drawing.paint();
}
let listed = LISTED;
function list() {
  const seen = nodes.filter(shown);
  at("nodes").replaceChildren(...seen.slice(0, listed).map((node) => make("li", {}, pick(node, node.weight))));
  at("more").hidden = seen.length <= listed;
  let ties = 0;
  for (let edge = 0; edge < from.length; edge += 1) if (linked(edge)) ties += 1;
  at("summary").textContent = TEXTS[language].summary(seen.length, ties);
}
function more() {
  const last = at("nodes").lastElementChild;
  listed += LISTED;
  list();
  [...at("nodes").children].find((item) => item.textContent === last.textContent)?.nextElementSibling?.querySelector("button").focus();
}

// The steps of the period are years, or months where there are few years.
const dated = nodes.map((node) => node.date).filter((date) => date !== null).sort();
const steps = [];
function divide() {
  if (!dated.length) return;
  const [first, last] = [dated[0], dated[dated.length - 1]].map((date) => date.split("-").map(Number));
  const months = last[0] - first[0] < 4;
  for (let [year, month] = first; year < last[0] || (year === last[0] && (!months || month <= last[1]));) {
    steps.push({ name: months ? `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}` : String(year).padStart(4, "0"), count: 0 });
    if (!months || month === 12) { year += 1; month = 1; } else month += 1;
  }
  const place = new Map(steps.map((step) => [step.name, step]));
  for (const date of dated) place.get(date.slice(0, steps[0].name.length)).count += 1;
}
function span() {
  const since = Number(at("since").value), until = Number(at("until").value);
  const [low, high] = [Math.min(since, until), Math.max(since, until)];
  Object.assign(period, { all: low === 0 && high === steps.length - 1, since: steps[low].name, until: steps[high].name });
  at("told").textContent = low === high ? steps[low].name : `${steps[low].name} – ${steps[high].name}`;
  for (const [end, id] of [[since, "since"], [until, "until"]]) at(id).setAttribute("aria-valuetext", steps[end].name);
  [...at("bars").children].forEach((bar, index) => bar.classList.toggle("out", index < low || index > high));
}
function timeline() {
  divide();
  if (steps.length < 2) return;
  at("period").hidden = false;
  const most = Math.max(...steps.map((step) => step.count));
  at("bars").setAttribute("viewBox", `0 0 ${steps.length} 1`);
  at("bars").replaceChildren(...steps.map(({ count }, index) =>
    draw("rect", { x: index + 0.05, y: 1 - count / most, width: 0.9, height: count / most })));
  for (const id of ["since", "until"]) {
    at(id).max = String(steps.length - 1);
    at(id).value = id === "since" ? "0" : at(id).max;
    at(id).addEventListener("input", span);
    at(id).addEventListener("change", filter);
  }
  span();
}

// Letters that no decomposition takes apart.
const PLAIN = { ı: "i", ø: "o", đ: "d", ł: "l", ß: "ss", æ: "ae", œ: "oe", þ: "th" };
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[ıøđłßæœþ]/g, (letter) => PLAIN[letter]);
// Letters and digits alone, as ontology.naming.squash has them; "nr." and "nrs." in a number make no difference.
const squash = (text) => fold(text.replaceAll("&", "en")).replace(/\bnrs?\b/g, "").replace(/[^\p{L}\p{N}]/gu, "");
let folded = null;
function texts(node) {
  const all = [node.label, ...(aliases[node.id]?.split("\n") ?? [])];
  return {
    whole: [...all, node.iri.split(/[/=]/).pop()].map(squash).filter(Boolean), label: fold(node.label),
    any: fold([...all, node.iri, node.address ?? ""].join("\n")), close: all.map(squash).join("\n"),
  };
}
// How well a node fits, best first: the whole of a name, the beginning of its label, in its label, in any name or address.
function fit(query, words, { whole, label, any, close }) {
  if (query && whole.includes(query)) return 0;
  if (words.every((word) => any.includes(word))) return label.startsWith(words[0]) ? 1 : label.includes(words[0]) ? 2 : 3;
  return query.length > 2 && close.includes(query) ? 4 : 5;
}
function hits(asked) {
  folded ??= nodes.map(texts);
  const words = fold(asked).split(/\s+/).filter(Boolean), query = squash(asked), found = [[], [], [], [], []];
  for (const node of nodes) found[fit(query, words, folded[node.id])]?.push(node);
  return found.flat();
}
function search() {
  const query = at("search").value.trim(), found = query ? hits(query) : [];
  at("found").hidden = !query;
  at("count").textContent = found.length ? TEXTS[language].count(Math.min(found.length, HITS), found.length) : say("nothing");
  at("hits").replaceChildren(...found.slice(0, HITS).map((node) => make("li", {}, pick(node))));
  return found;
}
