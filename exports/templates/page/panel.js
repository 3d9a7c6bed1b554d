// ---- the card of the node that was chosen

const QUOTES = 200, OTHERS = 200; // shown at once; who wants all asks the graph
function select(node, go) {
  selected = node;
  if (node && off.delete(node.kind)) { sift(); legend(); }
  at("found").hidden = true;
  card();
  drawing.paint();
  if (node && go) {
    drawing.go(node);
    at("card").querySelector("h2").focus({ preventScroll: true });
  }
  if (node) at("card").querySelector("h2").scrollIntoView({ block: "nearest" });
}

function relations(heading, list, ends, end) {
  const verbs = new Map();
  for (const edge of list) {
    if (!verbs.has(verb(edge))) verbs.set(verb(edge), new Set());
    verbs.get(verb(edge)).add(nodes[ends[edge]]);
  }
  if (!verbs.size) return [];
  const groups = [...verbs].sort(([a], [b]) => a.localeCompare(b, language)).flatMap(([name, others]) => {
    const items = [...others].sort((a, b) => a.id - b.id).slice(0, OTHERS).map((node) => make("li", {}, pick(node)));
    if (others.size > OTHERS) items.push(make("li", { class: "meta" }, TEXTS[language].others(others.size - OTHERS)));
    return [make("p", { class: "verb" }, end === "to" ? `${name} →` : `→ ${name}`), make("ul", {}, ...items)];
  });
  return [make("h3", {}, say(heading)), ...groups];
}
function quoted(list) {
  const seen = new Map([...list].flatMap((edge) => evidence(edge)).map((e) => [JSON.stringify([e.document, e.section, e.quote]), e]));
  const items = [...seen.values()].slice(0, QUOTES).map((item) => {
    const source = byName(item.document), where = make("p", { class: "where" });
    if (source && source !== selected) {
      const button = make("button", { type: "button" }, source.label);
      button.addEventListener("click", () => select(source, true));
      where.append(button);
    } else where.append(source?.label ?? item.document);
    const how = [];
    if (item.section) how.push(item.section);
    if (item.rule) how.push(`${say("rule")} ${item.rule}`);
    if (item.confidence !== null) how.push(`${say("sure")} ${Math.round(item.confidence * 100)}%`);
    const element = make("div", { class: "quote" }, make("blockquote", {}, item.quote), where);
    if (how.length) element.append(make("p", { class: "meta" }, how.join(" · ")));
    return element;
  });
  const missing = [...list].reduce((sum, edge) => sum + left(edge), Math.max(seen.size - QUOTES, 0));
  if (missing) items.push(make("p", { class: "meta left" }, TEXTS[language].left(missing)));
  return items;
}
function card() {
  at("list").hidden = selected !== null;
  at("card").hidden = selected === null;
  if (!selected) { at("card").replaceChildren(); return; }
  const kind = kinds.get(selected.kind), back = make("button", { type: "button", class: "back", id: "back" }, say("back"));
  back.addEventListener("click", () => { const last = selected; select(null); at("nodes").querySelector(`[data-node="${last.id}"]`)?.focus(); });
  const about = [make("p", { class: "kind" }, glyph(kind), kind[language]), make("h2", { tabindex: "-1" }, selected.label)];
  const facts = [selected.date, selected.weight ? TEXTS[language].times(selected.weight) : null].filter(Boolean);
  if (facts.length) about.push(make("p", { class: "meta" }, facts.join(" · ")));
  if (selected.address) about.push(make("p", { id: "address" }, make("span", { class: "meta" }, `${say("official")}: `), address(selected.address)));
  if (selected.iri !== selected.address && selected.iri !== selected.label) about.push(make("p", { class: "meta" }, selected.iri));
  const leading = quoted(into(selected)), given = quoted(out(selected));
  if (leading.length) about.push(make("h3", {}, say("quotes")), ...leading);
  about.push(...relations("out", out(selected), to, "to"), ...relations("in", into(selected), from, "from"));
  if (given.length) about.push(make("details", {}, make("summary", {}, say("given")), ...given));
  at("card").replaceChildren(back, ...about);
  document.querySelector("aside").scrollTop = 0;
}
