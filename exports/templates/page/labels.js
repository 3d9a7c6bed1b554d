// ---- labels: always the same size on the screen, never on top of one another

const WIDTH = innerWidth < 600 ? 16 : 22; // characters in a line, fewer on a telephone, where wide labels find no room
const LINES = 3, LONGEST = 200; // lines, characters considered
class Room { // which rectangles of the picture are taken, in a grid so that asking is quick
  cells = new Map();
  * keys(box) {
    for (let x = Math.floor(box.left / 64); x <= Math.floor(box.right / 64); x += 1)
      for (let y = Math.floor(box.top / 64); y <= Math.floor(box.bottom / 64); y += 1) yield x * 65536 + y;
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

function wrapped(text) {
  const lines = [""];
  for (const word of text.slice(0, LONGEST).split(/\s+/).filter(Boolean)) {
    let gap = " ";
    for (let piece of word.length > WIDTH ? word.split(/(?<=\p{L}-)(?=\p{L})/u) : [word]) {
      const line = lines[lines.length - 1];
      if (!line) lines[lines.length - 1] = piece;
      else if (line.length + gap.length + piece.length <= WIDTH) lines[lines.length - 1] = line + gap + piece;
      else lines.push(piece);
      for (gap = ""; lines[lines.length - 1].length > WIDTH;) {
        piece = lines.pop();
        lines.push(piece.slice(0, WIDTH), piece.slice(WIDTH));
      }
    }
  }
  if (lines.length > LINES || text.length > LONGEST) {
    lines.length = Math.min(lines.length, LINES);
    const last = lines.pop();
    lines.push(`${last.length + 2 > WIDTH ? last.slice(0, WIDTH - 2).trimEnd() : last} …`);
  }
  return lines;
}
const folds = new Map();
function lines(node) {
  if (!folds.has(node.id)) folds.set(node.id, wrapped(node.label));
  return folds.get(node.id);
}

let colours = {}, family = "sans-serif";
function look() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ["paper", "ink", "soft", "accent", "edge", "papers", "parts", "law", "people", "outside", "other"])
    colours[name] = style.getPropertyValue(`--${name}`).trim();
  family = style.fontFamily;
}
const bold = (node) => node === selected || node.kind === "paper";
const font = (node) => `${bold(node) ? "700 " : ""}13px ${family}`;
const widths = new Map();
function width(context, style, text) {
  const key = `${style} ${text}`;
  if (!widths.has(key)) { context.font = style; widths.set(key, context.measureText(text).width); }
  return widths.get(key);
}

// `told` says where things are on the screen: `candidates` (nodes, the most important first), `place` and `radius` of a node,
// `taken` (boxes without labels), `fits` (whether a box may be used), `most` (labels), `ties` (edges to be named), `point` on an edge.
function arrange(context, told) {
  const discs = new Room(), texts = new Room(), placed = [];
  for (const taken of told.taken) texts.take(taken);
  for (const node of told.candidates) {
    const { x, y } = told.place(node), side = 2 * told.radius(node);
    discs.take(box(x, y, side, side));
  }
  const fits = (place) => texts.free(place) && told.fits(place);
  let firm = Math.max(4, Math.sqrt(told.candidates.length) / 3); // the first few may cover other nodes, never other labels
  const first = (node) => (node === selected ? 2 : 0) + (node.kind === "paper" ? 1 : 0);
  for (const node of [...told.candidates].sort((a, b) => first(b) - first(a) || a.id - b.id)) {
    if (placed.length >= told.most) break;
    const style = font(node), text = lines(node), wide = Math.max(0, ...text.map((line) => width(context, style, line))) + 6;
    const high = 15 * text.length + 2, gap = told.radius(node) + 3, { x, y } = told.place(node);
    const tries = [
      box(x, y + gap + high / 2, wide, high), box(x, y - gap - high / 2, wide, high),
      box(x + gap + wide / 2, y, wide, high), box(x - gap - wide / 2, y, wide, high),
      ...[0.2, 0.4].flatMap((aside) => [[aside, 1], [-aside, 1], [aside, -1], [-aside, -1]])
        .map(([aside, below]) => box(x + aside * wide, y + below * (gap + high / 2), wide, high)),
      ...[[1, 1], [1, -1], [-1, 1], [-1, -1]].map(([aside, below]) => box(x + aside * (gap + wide / 2), y + below * high / 2, wide, high)),
    ];
    firm -= 1;
    const place = tries.find((attempt) => discs.free(attempt) && fits(attempt)) ?? (firm >= 0 ? tries.find(fits) : null);
    if (!place) continue;
    texts.take(place);
    placed.push({ node, ground: false, lines: text, style, place, colour: colours.ink });
  }
  const style = `italic 11.5px ${family}`;
  for (const edge of told.ties) {
    const text = verb(edge), wide = Math.min(width(context, style, text), 170) + 4;
    const a = told.place(nodes[from[edge]]), b = told.place(nodes[to[edge]]);
    if (!touches(edge) && Math.hypot(a.x - b.x, a.y - b.y) < wide + 50) continue;
    for (const part of [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74]) {
      const { x, y } = told.point(edge, part), place = box(x, y, wide, 14);
      if (!discs.free(place) || !texts.free(place)) continue;
      texts.take(place);
      placed.push({ ground: true, lines: [text], style, place, colour: colours.soft });
      break;
    }
  }
  return placed;
}

// The label of a node under the pointer that has none: on a ground of its own, the others stay where they are.
function tag(context, node, { x, y }, radius) {
  const style = font(node), text = lines(node), high = 15 * text.length;
  const wide = Math.max(...text.map((line) => width(context, style, line))) + 8;
  return { ground: true, lines: text, style, colour: colours.ink, place: box(x, y + radius + 3 + high / 2, wide, high) };
}

function letter(context, labels, origin) {
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 4;
  context.strokeStyle = colours.paper;
  for (const { lines: texts, style, place, colour, ground } of labels) {
    const x = (place.left + place.right) / 2 + origin.x, top = place.top + origin.y;
    const high = (place.bottom - place.top) / texts.length;
    context.font = style;
    if (ground) {
      context.fillStyle = colours.paper;
      context.fillRect(place.left + origin.x, top, place.right - place.left, place.bottom - place.top);
    } else texts.forEach((text, line) => context.strokeText(text, x, top + high * (line + 0.5), 190));
    context.fillStyle = colour;
    texts.forEach((text, line) => context.fillText(text, x, top + high * (line + 0.5), 190));
  }
}
