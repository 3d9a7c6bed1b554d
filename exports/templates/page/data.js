// ---- nodes and edges, from columns of values

const kinds = new Map(held.kinds.map((kind) => [kind.kind, kind]));
const { iri: names, label: titles, kind: sorts, weight: weights, address: addresses, date: days, size: sizes, names: aliases } = held.nodes;
// The nodes stand in the order of their importance: most referred to first.
const nodes = titles.map((label, id) => ({
  id, iri: names[id], label, kind: held.kinds[sorts[id]].kind, weight: weights[id], address: addresses[id], date: days[id], size: sizes[id],
}));
const { from, to, relation } = held.edges;

// The edges of node n are list[first[n]] up to list[first[n + 1]].
function incident(ends) {
  const first = new Uint32Array(nodes.length + 1), list = new Uint32Array(ends.length);
  for (const end of ends) first[end + 1] += 1;
  for (let node = 0; node < nodes.length; node += 1) first[node + 1] += first[node];
  const next = first.slice();
  ends.forEach((end, edge) => { list[next[end]] = edge; next[end] += 1; });
  return (node) => list.subarray(first[node.id], first[node.id + 1]);
}
const out = incident(from), into = incident(to);
const verb = (edge) => held.relations[relation[edge]][language];

// The quotes come last, since the picture does not wait for them.
let quotes = null;
function evidence(edge) {
  if (!quotes) return [];
  const { texts, first, list, document, section, quote, rule, confidence } = quotes;
  return list.slice(first[edge], first[edge + 1]).map((index) => ({
    document: texts[document[index]], section: texts[section[index]], quote: texts[quote[index]], rule: texts[rule[index]], confidence: confidence[index],
  }));
}
const left = (edge) => quotes ? quotes.left[edge] ?? 0 : 0;
let named = null;
function byName(name) {
  if (!named) {
    named = new Map();
    for (const node of [...nodes].reverse()) named.set(node.label, node);
    for (const node of nodes) named.set(node.iri, node);
  }
  return named.get(name);
}

// ---- what is shown: kinds that are on, within the period

const off = new Set();
const period = { all: true, since: "", until: "" };
const visible = new Uint8Array(nodes.length).fill(1);
const shown = (node) => visible[node.id] === 1;
const linked = (edge) => visible[from[edge]] === 1 && visible[to[edge]] === 1;
const within = (date) => date !== null && date >= period.since && date.slice(0, period.until.length) <= period.until;
function sift() {
  for (const node of nodes) {
    const dated = period.all || within(node.date);
    visible[node.id] = !off.has(node.kind) && dated ? 1 : 0;
  }
  if (period.all) return;
  // What has no date is shown with what refers to it, or to which it refers, in the period.
  const beside = [];
  from.forEach((one, edge) => {
    const other = to[edge];
    if (visible[one] && nodes[other].date === null && !off.has(nodes[other].kind)) beside.push(other);
    if (visible[other] && nodes[one].date === null && !off.has(nodes[one].kind)) beside.push(one);
  });
  for (const node of beside) visible[node] = 1;
}

// ---- elements; text only ever goes in as text

const PATHS = {
  dot: "M8 1a7 7 0 1 0 0 14a7 7 0 1 0 0-14z", square: "M1.5 1.5h13v13h-13z", diamond: "M8 0l8 8l-8 8l-8-8z",
  triangle: "M8 1l8 14h-16z", triangleDown: "M8 15l8-14h-16z", hexagon: "M4 1h8l4 7l-4 7h-8l-4-7z",
  star: "M8 0l2.3 5.3l5.7.5l-4.3 3.8l1.3 5.6l-5-3l-5 3l1.3-5.6l-4.3-3.8l5.7-.5z",
};
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) element.setAttribute(name, value);
  element.append(...children);
  return element;
}
function draw(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}
const glyph = (kind) => draw("svg", { viewBox: "0 0 16 16", "aria-hidden": "true", class: kind.family }, draw("path", { d: PATHS[kind.shape] }));
function pick(node, count) {
  const button = make("button", { type: "button", class: "pick", "data-node": node.id },
    glyph(kinds.get(node.kind)), make("span", {}, node.label));
  if (count) button.append(make("span", { class: "number" }, number(count)));
  button.addEventListener("click", () => select(node, true));
  return button;
}
function address(text) {
  let url = null;
  try { url = new URL(text); } catch { /* not an address: shown as text */ }
  if (!url || !["http:", "https:"].includes(url.protocol)) return make("span", {}, text);
  return make("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" }, text.replace(/^https?:\/\//i, "").replace(/\/$/, ""));
}
