"use strict";
(() => {
  const TEXTS = {
    nl: {
      search: "Zoeken", key: "Soorten", kinds: "Soorten knooppunten, aan of uit", all: "alles aan", none: "alles uit",
      list: "Alle knooppunten", back: "← Alle knooppunten", picture: "Netwerk van verwijzingen; de lijst hiernaast noemt dezelfde knooppunten",
      hint: "Klik op een knooppunt of kies er een uit de lijst. De grootte toont hoe vaak ernaar wordt verwezen.",
      out: "Van hier naar", in: "Hierheen van", quotes: "Waar het staat", given: "Waar de verwijzingen vanuit dit knooppunt staan",
      zoom: "In- en uitzoomen", closer: "Inzoomen", further: "Uitzoomen", whole: "Alles in beeld",
      nothing: "Niets gevonden.", sure: "zekerheid", rule: "regel", official: "officieel",
      summary: (nodes, edges) => `${nodes} ${nodes === 1 ? "knooppunt" : "knooppunten"}, ${edges} ${edges === 1 ? "verband" : "verbanden"}`,
      times: (n) => n === 1 ? "1 vermelding" : `${n} vermeldingen`,
      count: (shown, all) => shown < all ? `${shown} van ${all} gevonden` : `${all} gevonden`,
    },
    en: {
      search: "Search", key: "Kinds", kinds: "Kinds of nodes, on or off", all: "all on", none: "all off",
      list: "All nodes", back: "← All nodes", picture: "Network of references; the list beside it names the same nodes",
      hint: "Click a node or choose one from the list. Size shows how often it is referred to.",
      out: "From here to", in: "To here from", quotes: "Where it says so", given: "Where the references from this node are",
      zoom: "Zoom", closer: "Zoom in", further: "Zoom out", whole: "Show everything",
      nothing: "Nothing found.", sure: "certainty", rule: "rule", official: "official",
      summary: (nodes, edges) => `${nodes} ${nodes === 1 ? "node" : "nodes"}, ${edges} ${edges === 1 ? "relation" : "relations"}`,
      times: (n) => n === 1 ? "1 mention" : `${n} mentions`,
      count: (shown, all) => shown < all ? `${shown} of ${all} found` : `${all} found`,
    },
  };
  const HITS = 30;
  const PATHS = {
    dot: "M8 1a7 7 0 1 0 0 14a7 7 0 1 0 0-14z", square: "M1.5 1.5h13v13h-13z", diamond: "M8 0l8 8l-8 8l-8-8z",
    triangle: "M8 1l8 14h-16z", triangleDown: "M8 15l8-14h-16z", hexagon: "M4 1h8l4 7l-4 7h-8l-4-7z",
    star: "M8 0l2.3 5.3l5.7.5l-4.3 3.8l1.3 5.6l-5-3l-5 3l1.3-5.6l-4.3-3.8l5.7-.5z",
  };

  // ---- what the page holds

  const at = (id) => document.getElementById(id);
  const read = (id) => JSON.parse(at(id).textContent);
  const nodes = read("data-nodes"), edges = read("data-edges");
  const kinds = new Map(read("data-kinds").map((kind) => [kind.kind, kind]));
  const byName = new Map(nodes.flatMap((node) => [[node.label, node], [node.iri, node]]));
  edges.forEach((edge, id) => { edge.id = id; });
  const out = nodes.map(() => []), into = nodes.map(() => []);
  for (const edge of edges) { out[edge.from].push(edge); into[edge.to].push(edge); }
  const ranked = [...nodes].sort((a, b) => b.weight - a.weight || a.label.localeCompare(b.label, "nl"));

  let language = document.documentElement.lang;
  let selected = null, hovered = null, moved = false, grown = 1;
  const off = new Set();
  const say = (key) => TEXTS[language][key];
  const shown = (node) => !off.has(node.kind);

  // ---- elements; text only ever goes in as text

  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes ?? {})) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }
  function glyph(kind) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    svg.setAttribute("viewBox", "0 0 16 16");
    svg.setAttribute("aria-hidden", "true");
    svg.setAttribute("class", kind.family);
    path.setAttribute("d", PATHS[kind.shape]);
    svg.append(path);
    return svg;
  }
  function pick(node, number) {
    const button = make("button", { type: "button", class: "pick", "data-node": node.id },
      glyph(kinds.get(node.kind)), make("span", {}, node.label));
    if (number) button.append(make("span", { class: "number" }, String(number)));
    button.addEventListener("click", () => select(node, true));
    return button;
  }
  function address(text) {
    let url = null;
    try { url = new URL(text); } catch { /* not an address: shown as text */ }
    if (!url || !["http:", "https:"].includes(url.protocol)) return make("span", {}, text);
    return make("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" }, text.replace(/^https?:\/\//i, "").replace(/\/$/, ""));
  }

  // ---- the drawing

  // On a screen that is higher than wide the picture lies on its side.
  const stage = at("stage"), upright = stage.clientHeight > stage.clientWidth;
  const pairs = new Map();
  for (const edge of edges) {
    const pair = `${Math.min(edge.from, edge.to)} ${Math.max(edge.from, edge.to)}`;
    edge.turn = pairs.get(pair) ?? 0;
    pairs.set(pair, edge.turn + 1);
    edge.pair = pair;
  }
  function bend(edge) {
    if (pairs.get(edge.pair) === 1 || edge.from === edge.to) return false;
    const clockwise = (edge.turn % 2 === 0) === (edge.from < edge.to);
    return { enabled: true, type: clockwise ? "curvedCW" : "curvedCCW", roundness: 0.12 + 0.1 * Math.floor(edge.turn / 2) };
  }
  // Only what is listed here reaches the drawing script: numbers, our shapes, our colours.
  const points = new vis.DataSet(nodes.map((node) => ({
    id: node.id, x: upright ? node.y : node.x, y: upright ? node.x : node.y, size: node.size, shape: node.shape,
  })));
  const lines = new vis.DataSet(edges.map((edge) => ({ id: edge.id, from: edge.from, to: edge.to, smooth: bend(edge) })));
  const network = new vis.Network(stage, { nodes: points, edges: lines }, JSON.parse(read("data-options")));
  const canvas = stage.querySelector("canvas");
  canvas.setAttribute("role", "img");
  canvas.parentElement.tabIndex = -1; // the lists are the way in for the keyboard

  let colours = {}, family = "sans-serif";
  function look() {
    const style = getComputedStyle(document.documentElement);
    for (const name of ["paper", "ink", "soft", "accent", "edge", "papers", "parts", "law", "people", "outside", "other"])
      colours[name] = style.getPropertyValue(`--${name}`).trim();
    family = style.fontFamily;
  }
  const near = () => selected && new Set([selected.id, ...out[selected.id].map((e) => e.to), ...into[selected.id].map((e) => e.from)]);
  const touches = (edge) => selected && (edge.from === selected.id || edge.to === selected.id);

  function paint() {
    const close = near();
    points.update(nodes.map((node) => {
      const fill = colours[kinds.get(node.kind).family], chosen = node === selected;
      const colour = { background: fill, border: chosen ? colours.ink : colours.paper };
      return {
        id: node.id, hidden: !shown(node), size: node.size * grown, opacity: close && !close.has(node.id) ? 0.13 : 1, borderWidth: chosen ? 3 : 1,
        color: { ...colour, hover: colour, highlight: colour },
      };
    }));
    const clear = Math.min(Math.max(400 / edges.length, 0.3), 0.75);
    lines.update(edges.map((edge) => {
      const colour = touches(edge) ? colours.soft : colours.edge;
      return {
        id: edge.id, hidden: !shown(nodes[edge.from]) || !shown(nodes[edge.to]), width: (touches(edge) ? 1.6 : 1) * grown, arrows: { to: { scaleFactor: 0.45 * grown } },
        color: { color: colour, hover: colour, highlight: colour, opacity: touches(edge) ? 1 : selected ? 0.1 : clear },
      };
    }));
    settle();
  }

  // ---- labels: always the same size on the screen, never on top of one another

  let labels = [], settled = "";
  function settle() { settled = ""; network.redraw(); }

  class Room { // which rectangles of the picture are taken, in a grid so that asking is quick
    cells = new Map();
    * keys(box) {
      for (let x = Math.floor(box.left / 64); x <= Math.floor(box.right / 64); x += 1)
        for (let y = Math.floor(box.top / 64); y <= Math.floor(box.bottom / 64); y += 1) yield `${x} ${y}`;
    }
    free(box) {
      for (const key of this.keys(box))
        for (const other of this.cells.get(key) ?? [])
          if (box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom) return false;
      return true;
    }
    take(box) {
      for (const key of this.keys(box)) {
        if (!this.cells.has(key)) this.cells.set(key, []);
        this.cells.get(key).push(box);
      }
    }
  }
  const box = (x, y, width, height) => ({ left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 });
  const font = (node) => `${node === selected || node.kind === "paper" ? "700 " : ""}13px ${family}`;
  const widths = new Map();
  function width(context, style, text) {
    const key = `${style} ${text}`;
    if (!widths.has(key)) { context.font = style; widths.set(key, context.measureText(text).width); }
    return widths.get(key);
  }

  function arrange(context, scale) {
    const discs = new Room(), texts = new Room(), close = near(), places = network.getPositions(), placed = [];
    const origin = network.canvasToDOM({ x: 0, y: 0 });
    const within = moved ? () => true : (place) => place.left + origin.x > 4 && place.right + origin.x < stage.clientWidth - 4
      && place.top + origin.y > 2 && place.bottom + origin.y < stage.clientHeight - 2;
    if (!moved) {
      const { offsetLeft: x, offsetTop: y, offsetWidth: wide, offsetHeight: high } = at("zoom");
      texts.take(box(x + wide / 2 - origin.x, y + high / 2 - origin.y, wide + 8, high + 8));
    }
    const visible = ranked.filter(shown);
    for (const node of visible) {
      if (close && !close.has(node.id)) continue; // a label may lie on what has faded
      const side = 2 * node.size * grown * scale;
      discs.take(box(places[node.id].x * scale, places[node.id].y * scale, side, side));
    }
    const first = (node) => (node === selected ? 2 : 0) + (node.kind === "paper" ? 1 : 0);
    const fits = (place) => texts.free(place) && within(place);
    let bold = Math.max(4, Math.sqrt(visible.length) / 3); // the first few may cover other nodes, never other labels
    for (const node of visible.sort((a, b) => first(b) - first(a))) {
      if (close && !close.has(node.id)) continue;
      const style = font(node), wide = Math.max(0, ...node.lines.map((line) => width(context, style, line))) + 6;
      const high = 15 * node.lines.length + 2, gap = node.size * grown * scale + 3;
      const x = places[node.id].x * scale, y = places[node.id].y * scale;
      const tries = [
        box(x, y + gap + high / 2, wide, high), box(x, y - gap - high / 2, wide, high),
        box(x + gap + wide / 2, y, wide, high), box(x - gap - wide / 2, y, wide, high),
        ...[[0.4, 1], [-0.4, 1], [0.4, -1], [-0.4, -1]].map(([aside, below]) => box(x + aside * wide, y + below * (gap + high / 2), wide, high)),
      ];
      bold -= 1;
      const place = tries.find((attempt) => discs.free(attempt) && fits(attempt)) ?? (bold >= 0 ? tries.find(fits) : null);
      if (!place) continue;
      texts.take(place);
      placed.push({ node, ground: false, lines: node.lines, style, place, colour: colours.ink });
    }
    const style = `italic 11.5px ${family}`;
    for (const edge of edges) {
      if (!shown(nodes[edge.from]) || !shown(nodes[edge.to]) || edge.from === edge.to) continue;
      if (selected ? !touches(edge) : scale < 1.3) continue;
      const a = places[edge.from], b = places[edge.to], text = edge[language], wide = Math.min(width(context, style, text), 170) + 4;
      if (!selected && Math.hypot(a.x - b.x, a.y - b.y) * scale < wide + 50) continue;
      const kind = network.body.edges[edge.id].edgeType; // knows the bend; there is no public way to ask
      for (const part of [0.5, 0.42, 0.58, 0.34, 0.66]) {
        const middle = kind.getPoint(part), place = box(middle.x * scale, middle.y * scale, wide, 14);
        if (!discs.free(place) || !texts.free(place)) continue;
        texts.take(place);
        placed.push({ ground: true, lines: [text], style, place, colour: colours.soft });
        break;
      }
    }
    return placed;
  }

  // The label of a node under the pointer that has none: on a ground of its own, the others stay where they are.
  function tag(context, scale) {
    const place = network.getPosition(hovered.id), style = font(hovered), high = 15 * hovered.lines.length;
    const wide = Math.max(...hovered.lines.map((line) => width(context, style, line))) + 8;
    const y = place.y * scale + hovered.size * grown * scale + 3 + high / 2;
    return { ground: true, lines: hovered.lines, style, colour: colours.ink, place: box(place.x * scale, y, wide, high) };
  }

  network.on("afterDrawing", (context) => {
    const scale = network.getScale(), ratio = context.getTransform().a / scale, origin = network.canvasToDOM({ x: 0, y: 0 });
    const state = `${scale} ${selected?.id} ${language}`;
    if (state !== settled) { labels = arrange(context, scale); settled = state; }
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = 4;
    context.strokeStyle = colours.paper;
    const beneath = hovered && !labels.some((label) => label.node === hovered) ? [tag(context, scale)] : [];
    for (const { lines: texts, style, place, colour, ground } of [...labels, ...beneath]) {
      const x = (place.left + place.right) / 2 + origin.x, top = place.top + origin.y;
      if (x < -200 || x > stage.clientWidth + 200 || top < -60 || top > stage.clientHeight + 20) continue;
      const high = (place.bottom - place.top) / texts.length;
      context.font = style;
      if (ground) {
        context.fillStyle = colours.paper;
        context.fillRect(place.left + origin.x, top, place.right - place.left, place.bottom - place.top);
      } else texts.forEach((text, line) => context.strokeText(text, x, top + high * (line + 0.5), 190));
      context.fillStyle = colour;
      texts.forEach((text, line) => context.fillText(text, x, top + high * (line + 0.5), 190));
    }
    context.restore();
  });

  // Nodes and lines shrink more slowly than the distances between them.
  function grow(scale) {
    const wanted = Math.max(0.7 / scale, 1) ** 0.7;
    if (Math.abs(wanted - grown) > 0.02) { grown = wanted; paint(); }
  }
  let growing = 0;
  function growLater() {
    clearTimeout(growing);
    growing = setTimeout(() => grow(network.getScale()), 120);
  }
  function whole(animation) {
    const places = Object.values(network.getPositions(nodes.filter(shown).map((node) => node.id)));
    if (!places.length) return;
    const xs = places.map((place) => place.x), ys = places.map((place) => place.y);
    const left = Math.min(...xs), right = Math.max(...xs), top = Math.min(...ys), bottom = Math.max(...ys);
    const room = { x: Math.max(stage.clientWidth - 2 * Math.min(80, stage.clientWidth / 8) /* for labels */, 50), y: Math.max(stage.clientHeight - 110, 50) };
    const scale = Math.min(room.x / (right - left + 1), room.y / (bottom - top + 1), 1.25);
    moved = false;
    network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 + 12 / scale }, scale, animation });
    grow(scale);
  }
  const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches ? false : { duration: 350, easingFunction: "easeInOutQuad" };
  function zoom(factor) {
    moved = true;
    network.moveTo({ scale: network.getScale() * factor, animation: calm() });
  }

  // ---- choosing a node

  function select(node, go) {
    selected = node;
    if (node && off.delete(node.kind)) legend();
    at("found").hidden = true;
    card();
    paint();
    if (node && go) {
      network.moveTo({ position: network.getPosition(node.id), scale: Math.max(network.getScale(), 0.8), animation: calm() });
      moved = true;
      at("card").querySelector("h2").focus({ preventScroll: true });
    }
    if (node) at("card").querySelector("h2").scrollIntoView({ block: "nearest" });
  }

  function relations(heading, list, end) {
    const verbs = new Map();
    for (const edge of list) {
      if (!verbs.has(edge[language])) verbs.set(edge[language], new Set());
      verbs.get(edge[language]).add(nodes[edge[end]]);
    }
    if (!verbs.size) return [];
    const groups = [...verbs].sort(([a], [b]) => a.localeCompare(b, language)).flatMap(([verb, others]) => [
      make("p", { class: "verb" }, end === "to" ? `${verb} →` : `→ ${verb}`),
      make("ul", {}, ...[...others].sort((a, b) => b.weight - a.weight || a.id - b.id).map((node) => make("li", {}, pick(node)))),
    ]);
    return [make("h3", {}, say(heading)), ...groups];
  }
  function quotes(list) {
    const seen = new Map(list.flatMap((edge) => edge.evidence).map((e) => [JSON.stringify([e.document, e.section, e.quote]), e]));
    return [...seen.values()].map((evidence) => {
      const source = byName.get(evidence.document), where = make("p", { class: "where" });
      if (source && source !== selected) {
        const button = make("button", { type: "button" }, source.label);
        button.addEventListener("click", () => select(source, true));
        where.append(button);
      } else where.append(source?.label ?? evidence.document);
      const how = [];
      if (evidence.section) how.push(evidence.section);
      if (evidence.rule) how.push(`${say("rule")} ${evidence.rule}`);
      if (evidence.confidence !== null) how.push(`${say("sure")} ${Math.round(evidence.confidence * 100)}%`);
      const item = make("div", { class: "quote" }, make("blockquote", {}, evidence.quote), where);
      if (how.length) item.append(make("p", { class: "meta" }, how.join(" · ")));
      return item;
    });
  }
  function card() {
    at("list").hidden = selected !== null;
    at("card").hidden = selected === null;
    if (!selected) { at("card").replaceChildren(); return; }
    const kind = kinds.get(selected.kind), back = make("button", { type: "button", class: "back", id: "back" }, say("back"));
    back.addEventListener("click", () => { const last = selected; select(null); at("nodes").querySelector(`[data-node="${last.id}"]`)?.focus(); });
    const about = [make("p", { class: "kind" }, glyph(kind), kind[language]), make("h2", { tabindex: "-1" }, selected.label)];
    if (selected.weight) about.push(make("p", { class: "meta" }, TEXTS[language].times(selected.weight)));
    if (selected.address) about.push(make("p", { id: "address" }, make("span", { class: "meta" }, `${say("official")}: `), address(selected.address)));
    if (selected.iri !== selected.address && selected.iri !== selected.label) about.push(make("p", { class: "meta" }, selected.iri));
    const leading = quotes(into[selected.id]), given = quotes(out[selected.id]);
    if (leading.length) about.push(make("h3", {}, say("quotes")), ...leading);
    about.push(...relations("out", out[selected.id], "to"), ...relations("in", into[selected.id], "from"));
    if (given.length) about.push(make("details", {}, make("summary", {}, say("given")), ...given));
    at("card").replaceChildren(back, ...about);
    document.querySelector("aside").scrollTop = 0;
  }

  // ---- kinds, list and search

  function legend() {
    const counts = new Map();
    for (const node of nodes) counts.set(node.kind, (counts.get(node.kind) ?? 0) + 1);
    const focused = document.activeElement?.dataset?.kind;
    at("legend").replaceChildren(...[...kinds.values()].map((kind) => {
      const input = make("input", { type: "checkbox", "data-kind": kind.kind });
      input.checked = !off.has(kind.kind);
      input.addEventListener("change", () => { input.checked ? off.delete(kind.kind) : off.add(kind.kind); filter(); });
      const label = make("label", {}, input, glyph(kind), make("span", {}, kind[language]), make("span", { class: "number" }, String(counts.get(kind.kind))));
      if (kind.kind === focused) queueMicrotask(() => input.focus());
      return make("li", {}, label);
    }));
    list();
  }
  function filter() {
    if (selected && !shown(selected)) { selected = null; card(); }
    legend();
    paint();
  }
  function list() {
    at("nodes").replaceChildren(...ranked.filter(shown).map((node) => make("li", {}, pick(node, node.weight))));
    const seen = edges.filter((edge) => shown(nodes[edge.from]) && shown(nodes[edge.to])).length;
    at("summary").textContent = TEXTS[language].summary(nodes.filter(shown).length, seen);
  }

  // Letters that no decomposition takes apart.
  const PLAIN = { ı: "i", ø: "o", đ: "d", ł: "l", ß: "ss", æ: "ae", œ: "oe", þ: "th" };
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[ıøđłßæœþ]/g, (letter) => PLAIN[letter]);
  const folded = nodes.map((node) => fold(`${node.label}\n${node.iri}\n${node.address ?? ""}`));
  function hits(query) {
    const words = fold(query).split(/\s+/).filter(Boolean);
    const value = (node) => folded[node.id].startsWith(words[0]) ? 0 : fold(node.label).includes(words[0]) ? 1 : 2;
    return ranked.filter((node) => words.every((word) => folded[node.id].includes(word))).sort((a, b) => value(a) - value(b));
  }
  function search() {
    const query = at("search").value.trim(), found = query ? hits(query) : [];
    at("found").hidden = !query;
    at("count").textContent = found.length ? TEXTS[language].count(Math.min(found.length, HITS), found.length) : say("nothing");
    at("hits").replaceChildren(...found.slice(0, HITS).map((node) => make("li", {}, pick(node))));
    return found;
  }

  // ---- language, keyboard, start

  function speak(wanted) {
    language = wanted;
    document.documentElement.lang = language;
    for (const element of document.querySelectorAll("[data-text]")) element.textContent = say(element.dataset.text);
    for (const button of at("language").children) button.setAttribute("aria-pressed", String(button.dataset.language === language));
    for (const id of ["closer", "further", "whole"]) { at(id).title = say(id); at(id).setAttribute("aria-label", say(id)); }
    at("zoom").setAttribute("aria-label", say("zoom"));
    canvas.setAttribute("aria-label", say("picture"));
    legend();
    card();
    if (!at("found").hidden) search();
    settle();
  }

  for (const button of at("language").children) button.addEventListener("click", () => speak(button.dataset.language));
  at("all").addEventListener("click", () => { off.clear(); filter(); });
  at("none").addEventListener("click", () => { for (const kind of kinds.keys()) off.add(kind); filter(); });
  at("closer").addEventListener("click", () => zoom(1.4));
  at("further").addEventListener("click", () => zoom(1 / 1.4));
  at("whole").addEventListener("click", () => whole(calm()));
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
  network.on("click", ({ nodes: [id] }) => select(id === undefined ? null : nodes[id]));
  network.on("hoverNode", ({ node }) => { hovered = nodes[node]; canvas.style.cursor = "pointer"; network.redraw(); });
  network.on("blurNode", () => { hovered = null; canvas.style.cursor = ""; network.redraw(); });
  network.on("dragging", ({ nodes: [id] }) => { moved = true; if (id !== undefined) settled = ""; });
  network.on("zoom", () => { moved = true; growLater(); });
  network.on("animationFinished", growLater);
  network.on("resize", () => { if (!moved) whole(false); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { look(); paint(); });

  if (matchMedia("(max-width: 800px)").matches) at("key").open = false;
  look();
  speak(language);
  paint();
  whole(false);
  // For tests and for whoever opens the console: where things are, without a way to change them.
  window.kamergraaf = Object.freeze({
    where: (iri) => { const place = network.canvasToDOM(network.getPosition(byName.get(iri).id)), frame = stage.getBoundingClientRect(); return { x: place.x + frame.x, y: place.y + frame.y }; },
    labels: () => labels.map(({ lines: texts, place, node }) => ({ text: texts.join(" "), isNode: Boolean(node), ...place })),
    drawn: () => nodes.filter((node) => !points.get(node.id).hidden).map((node) => node.iri),
    scale: () => network.getScale(),
  });
  document.body.dataset.ready = "true";
})();
