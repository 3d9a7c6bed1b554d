// ---- mouse, wheel, fingers and keys on our own drawing

const STILL = 4; // pixels up to which a press is a click
function hand(stage, drawing) {
  const down = new Map();
  let travelled = 0, spread = 0;
  const spot = (event) => { const frame = stage.getBoundingClientRect(); return { x: event.clientX - frame.left, y: event.clientY - frame.top }; };
  const apart = () => { const [a, b] = [...down.values()]; return Math.hypot(a.x - b.x, a.y - b.y); };

  stage.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    down.set(event.pointerId, spot(event));
    stage.setPointerCapture(event.pointerId);
    if (down.size === 1) travelled = 0;
    if (down.size === 2) { spread = apart(); travelled = Infinity; }
  });
  stage.addEventListener("pointermove", (event) => {
    const now = spot(event), before = down.get(event.pointerId);
    if (!before) { drawing.hover(drawing.hit(now.x, now.y)); return; }
    down.set(event.pointerId, now);
    travelled += Math.hypot(now.x - before.x, now.y - before.y);
    if (travelled < STILL) return;
    drawing.pan((now.x - before.x) / down.size, (now.y - before.y) / down.size);
    if (down.size !== 2) return;
    const [a, b] = [...down.values()], wide = apart();
    drawing.scaleAt(wide / spread, (a.x + b.x) / 2, (a.y + b.y) / 2);
    spread = wide;
  });
  stage.addEventListener("pointerup", (event) => {
    if (!down.delete(event.pointerId) || travelled >= STILL) return;
    const { x, y } = spot(event);
    drawing.seen(drawing.hit(x, y), { x, y });
  });
  stage.addEventListener("pointercancel", (event) => down.delete(event.pointerId));
  stage.addEventListener("pointerleave", () => drawing.hover(null));
  stage.addEventListener("wheel", (event) => {
    event.preventDefault();
    const { x, y } = spot(event);
    drawing.scaleAt(Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.0015)), x, y);
  }, { passive: false });

  // Arrows walk to the neighbour that lies that way; where nothing is chosen they move the picture.
  const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  function walk([wayX, wayY]) {
    const here = drawing.place(selected);
    const ranked = [...near()].map((id) => nodes[id]).filter((node) => node !== selected && shown(node)).map((node) => {
      const there = drawing.place(node), dx = there.x - here.x, dy = there.y - here.y, ahead = dx * wayX + dy * wayY;
      return { node, ahead, cost: Math.hypot(dx, dy) * (2 - ahead / (Math.hypot(dx, dy) || 1)) };
    });
    const best = ranked.filter(({ ahead }) => ahead > 0).sort((a, b) => a.cost - b.cost)[0];
    if (best) drawing.walked(best.node);
  }
  stage.tabIndex = 0;
  stage.addEventListener("keydown", (event) => {
    const way = WAYS[event.key];
    if (way) selected ? walk(way) : drawing.pan(-60 * way[0], -60 * way[1]);
    else if (event.key === "+" || event.key === "=") drawing.zoom(1.4);
    else if (event.key === "-") drawing.zoom(1 / 1.4);
    else if (event.key === "0") drawing.whole(true);
    else return;
    event.preventDefault();
  });
}
