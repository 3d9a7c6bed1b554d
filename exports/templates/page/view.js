// ---- what both drawings go by

let selected = null;
const marked = new Set(); // edges that stand out, besides those of the selected node
const touches = (edge) => marked.has(edge) || (selected !== null && (from[edge] === selected.id || to[edge] === selected.id));
const near = () => marked.size ? new Set([...marked].flatMap((edge) => [from[edge], to[edge]])) : selected && new Set([selected.id, ...[...out(selected)].map((edge) => to[edge]), ...[...into(selected)].map((edge) => from[edge])]);
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
// Nodes and lines shrink more slowly than the distances between them.
const growth = (scale) => Math.max(0.7 / scale, 1) ** 0.7;

function bounds(places, spot) {
  let left = Infinity, right = -Infinity, top = Infinity, bottom = -Infinity;
  for (const place of places) {
    const [x, y] = spot(place);
    left = Math.min(left, x); right = Math.max(right, x); top = Math.min(top, y); bottom = Math.max(bottom, y);
  }
  return left > right ? null : { left, right, top, bottom };
}
// The middle and the scale at which all places are in view; the sides are kept free for labels.
function fitted(places, spot, stage) {
  const all = bounds(places, spot);
  if (!all) return null;
  const wide = Math.max(stage.clientWidth - 2 * Math.min(80, stage.clientWidth / 8), 50), high = Math.max(stage.clientHeight - 110, 50);
  const scale = Math.min(wide / (all.right - all.left + 1), high / (all.bottom - all.top + 1), 1.25);
  return { x: (all.left + all.right) / 2, y: (all.top + all.bottom) / 2, scale };
}
// The box that the buttons cover, seen from where the drawing has its origin.
function covered(origin) {
  const { offsetLeft: x, offsetTop: y, offsetWidth: wide, offsetHeight: high } = at("zoom");
  return box(x + wide / 2 - origin.x, y + high / 2 - origin.y, wide + 8, high + 8);
}
