// ---- our own drawing, on a plain canvas: it needs no graphics card, and its cost while moving does not grow with the graph
//
// The picture is painted into a canvas that is larger than the view. While the hand moves, that one image is moved and scaled;
// when the hand rests, or if painting was quick, all is painted anew.

const MARGIN = 200, QUICK = 14, REST = 140; // pixels around the view; milliseconds of painting; milliseconds after the last movement
const STROKES = 400, TINY = 2, LABELS = 90; // lines painted at once; pixels of radius below which a node is a square; labels at most
const COVER = 0.3, DUST = 0.06; // share of the picture that nodes may cover; pixels for each unit of the size of a node, at least
const FEW = 1500; // edges in view up to which they have arrows and bends
const SHAPES = Object.fromEntries(Object.entries(PATHS).map(([shape, path]) => [shape, new Path2D(path)]));

function byCanvas(stage, seen) {
  const canvas = make("canvas"), context = canvas.getContext("2d", { alpha: false });
  const sheet = document.createElement("canvas"), ink = sheet.getContext("2d", { alpha: false, willReadFrequently: true });
  stage.append(canvas);
  const upright = stage.clientHeight > stage.clientWidth; // on a screen that is higher than wide the picture lies on its side
  const x = Float32Array.from(upright ? held.nodes.y : held.nodes.x), y = Float32Array.from(upright ? held.nodes.x : held.nodes.y);
  // Those that matter most are drawn last, over the others.
  const groups = held.kinds.map((kind, sort) => [kinds.get(kind.kind), nodes.map((node) => node.id).filter((id) => sorts[id] === sort).reverse()]);
  // Between two nodes with several edges each bends another way.
  const turn = new Map(), pairs = new Map();
  if (from.length < 20_000) from.forEach((one, edge) => {
    const pair = `${Math.min(one, to[edge])} ${Math.max(one, to[edge])}`;
    pairs.set(pair, [...(pairs.get(pair) ?? []), edge]);
  });
  for (const same of pairs.values()) if (same.length > 1) same.forEach((edge, index) =>
    turn.set(edge, (0.12 + 0.1 * Math.floor(index / 2)) * ((index % 2 === 0) === (from[edge] < to[edge]) ? 1 : -1)));

  const view = { x: 0, y: 0, scale: 1 }; // a place (px, py) stands at (px * scale + x, py * scale + y) on the stage
  let painted = { ...view }, labels = [], hovered = null, moved = false, resting = 0, cost = 0, ratio = 1, wide = 0, high = 0;

  let grown = 1; // pixels for each unit of the size of a node, at the scale of the view
  const radius = (node) => extent(node.id);
  const extent = (id) => Math.max(sizes[id] * grown, sizes[id] * DUST);
  // However small the picture, its nodes cover no more than a part of it.
  const room = bounds(nodes, (node) => [x[node.id], y[node.id]]);
  const most = room ? Math.sqrt(COVER * (room.right - room.left + 50) * (room.bottom - room.top + 50) / sizes.reduce((sum, size) => sum + Math.PI * size * size, 0)) : 1;
  const place = (node) => ({ x: x[node.id] * view.scale, y: y[node.id] * view.scale });
  const inView = (px, py, room) => px > -MARGIN - room && px < wide + MARGIN + room && py > -MARGIN - room && py < high + MARGIN + room;

  // The middle of the bend of an edge, in pixels from the origin.
  function bend(edge) {
    const ax = x[from[edge]] * view.scale, ay = y[from[edge]] * view.scale, bx = x[to[edge]] * view.scale, by = y[to[edge]] * view.scale;
    const round = turn.get(edge) ?? 0;
    return { x: (ax + bx) / 2 - (by - ay) * round, y: (ay + by) / 2 + (bx - ax) * round };
  }
  function point(edge, part) {
    const a = place(nodes[from[edge]]), b = place(nodes[to[edge]]), m = bend(edge), rest = 1 - part;
    return { x: rest * rest * a.x + 2 * rest * part * m.x + part * part * b.x, y: rest * rest * a.y + 2 * rest * part * m.y + part * part * b.y };
  }

  // ---- painting all of it

  function edgesInView() {
    const found = [];
    for (let edge = 0; edge < from.length; edge += 1) {
      const one = from[edge], other = to[edge];
      if (!visible[one] || !visible[other] || one === other) continue;
      const ax = x[one] * view.scale + view.x, ay = y[one] * view.scale + view.y, bx = x[other] * view.scale + view.x, by = y[other] * view.scale + view.y;
      if (Math.abs(ax - bx) + Math.abs(ay - by) < 1) continue; // nothing to see
      if (Math.max(ax, bx) < -MARGIN || Math.min(ax, bx) > wide + MARGIN || Math.max(ay, by) < -MARGIN || Math.min(ay, by) > high + MARGIN) continue;
      found.push(edge);
    }
    return found;
  }
  function strokes(edges, fine) {
    for (let start = 0; start < edges.length; start += STROKES) {
      ink.beginPath();
      for (const edge of edges.slice(start, start + STROKES)) {
        const one = from[edge], other = to[edge], bx = x[other] * view.scale, by = y[other] * view.scale;
        ink.moveTo(x[one] * view.scale, y[one] * view.scale);
        if (fine && turn.has(edge)) { const m = bend(edge); ink.quadraticCurveTo(m.x, m.y, bx, by); } else ink.lineTo(bx, by);
      }
      ink.stroke();
    }
    if (fine && !held.bothWays) for (const edge of edges) arrow(edge);
  }
  function arrow(edge) {
    const node = nodes[to[edge]], b = place(node), m = turn.has(edge) ? bend(edge) : place(nodes[from[edge]]);
    const length = Math.hypot(b.x - m.x, b.y - m.y), gap = radius(node) + 2, size = 4 + 3 * Math.min(view.scale, 1);
    if (length < gap + size) return;
    const ux = (b.x - m.x) / length, uy = (b.y - m.y) / length, tx = b.x - ux * gap, ty = b.y - uy * gap;
    ink.beginPath();
    ink.moveTo(tx, ty);
    ink.lineTo(tx - size * ux - size * uy * 0.45, ty - size * uy + size * ux * 0.45);
    ink.lineTo(tx - size * ux + size * uy * 0.45, ty - size * uy - size * ux * 0.45);
    ink.fill();
  }
  function discs(keep) {
    for (const [kind, members] of groups) {
      if (off.has(kind.kind)) continue;
      ink.fillStyle = colours[kind.family];
      for (const id of members) {
        if (!visible[id] || (keep && keep.has(id) !== keep.wanted)) continue;
        const size = extent(id), px = x[id] * view.scale, py = y[id] * view.scale;
        if (!inView(px + view.x, py + view.y, size)) continue;
        if (size < TINY) ink.fillRect(px - size, py - size, 2 * size, 2 * size);
        else disc(kind, nodes[id], px, py, size);
      }
    }
  }
  function disc(kind, node, px, py, size) {
    ink.save();
    ink.translate(px - size, py - size);
    ink.scale(size / 8, size / 8);
    ink.strokeStyle = node === selected ? colours.ink : colours.paper;
    ink.lineWidth = (node === selected ? 3 : 1) * 8 / size;
    ink.stroke(SHAPES[kind.shape]);
    ink.fill(SHAPES[kind.shape]);
    ink.restore();
  }
  function paint() {
    const start = performance.now();
    clearTimeout(resting);
    grown = Math.min(growth(view.scale), Math.max(most, 1)) * view.scale;
    ink.setTransform(1, 0, 0, 1, 0, 0);
    ink.fillStyle = colours.paper;
    ink.fillRect(0, 0, sheet.width, sheet.height);
    ink.setTransform(ratio, 0, 0, ratio, (MARGIN + view.x) * ratio, (MARGIN + view.y) * ratio);
    const edges = edgesInView(), fine = edges.length <= FEW, close = near();
    ink.strokeStyle = ink.fillStyle = colours.edge;
    ink.lineWidth = fine ? 1 : 0.6;
    ink.globalAlpha = close ? 0.1 : Math.min(Math.max(400 / edges.length, fine ? 0.3 : 0.06), 0.75);
    strokes(close ? edges.filter((edge) => !touches(edge)) : edges, fine);
    if (close) {
      ink.globalAlpha = 0.13;
      discs({ has: (id) => close.has(id), wanted: false });
      ink.globalAlpha = 1;
      ink.strokeStyle = ink.fillStyle = colours.soft;
      ink.lineWidth = 1.6;
      strokes(edges.filter(touches), true);
      discs({ has: (id) => close.has(id), wanted: true });
    } else {
      ink.globalAlpha = 1;
      discs(null);
    }
    labels = named(edges, close);
    letter(ink, labels, { x: 0, y: 0 });
    painted = { ...view };
    cost = performance.now() - start;
    show();
  }
  function named(edges, close) {
    const candidates = [], inside = moved ? 0 : 4;
    for (const node of nodes) {
      if (candidates.length >= 12 * LABELS) break;
      if (visible[node.id] && (!close || close.has(node.id)) && inView(x[node.id] * view.scale + view.x, y[node.id] * view.scale + view.y, 0)) candidates.push(node);
    }
    const fits = (place) => place.left + view.x > inside && place.right + view.x < wide - inside && place.top + view.y > 2 && place.bottom + view.y < high - 2;
    return arrange(ink, {
      candidates, place, radius, point, most: LABELS, taken: moved ? [] : [covered(view)], fits: moved ? () => true : fits,
      ties: edges.filter((edge) => close ? touches(edge) : view.scale >= 1.3 && edges.length <= FEW),
    });
  }

  // ---- showing it, also while it moves

  function show() {
    const zoom = view.scale / painted.scale;
    const left = view.x - (MARGIN + painted.x) * zoom, top = view.y - (MARGIN + painted.y) * zoom;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = colours.paper;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.drawImage(sheet, left, top, sheet.width / ratio * zoom, sheet.height / ratio * zoom);
    if (hovered && !labels.some((label) => label.node === hovered)) letter(context, [tag(context, hovered, place(hovered), radius(hovered))], view);
  }
  let asked = 0;
  function move() {
    moved = true;
    clearTimeout(resting);
    if (cost >= QUICK) resting = setTimeout(paint, REST);
    if (!asked) asked = requestAnimationFrame(() => { asked = 0; cost < QUICK ? paint() : show(); });
  }
  function measure() {
    ratio = Math.min(window.devicePixelRatio || 1, nodes.length > 20_000 ? 1 : 2);
    wide = stage.clientWidth; high = stage.clientHeight;
    canvas.width = wide * ratio; canvas.height = high * ratio;
    sheet.width = (wide + 2 * MARGIN) * ratio; sheet.height = (high + 2 * MARGIN) * ratio;
  }
  function glide(goal) {
    const start = { ...view }, began = performance.now();
    const step = () => {
      const part = calm() ? 1 : Math.min((performance.now() - began) / 350, 1), eased = part * part * (3 - 2 * part);
      for (const key of ["x", "y"]) view[key] = start[key] + (goal[key] - start[key]) * eased;
      view.scale = start.scale * (goal.scale / start.scale) ** eased;
      if (part < 1) { show(); requestAnimationFrame(step); } else paint();
    };
    step();
  }
  const centred = (px, py, scale) => ({ x: wide / 2 - px * scale, y: high / 2 - py * scale, scale });
  function whole(animated) {
    const goal = fitted(nodes.filter(shown), (node) => [x[node.id], y[node.id]], stage);
    moved = false;
    if (!goal) return;
    const target = centred(goal.x, goal.y, goal.scale);
    target.y -= 12;
    if (animated) return glide(target);
    return Object.assign(view, target);
  }
  function scaleAt(factor, px, py) {
    const scale = Math.min(Math.max(view.scale * factor, 0.001), 8);
    view.x = px - (px - view.x) * scale / view.scale;
    view.y = py - (py - view.y) * scale / view.scale;
    view.scale = scale;
  }
  function hit(px, py) {
    let best = null, least = Infinity;
    for (let id = 0; id < nodes.length; id += 1) {
      const dx = Math.abs(x[id] * view.scale + view.x - px), dy = Math.abs(y[id] * view.scale + view.y - py);
      if (!visible[id] || dx + dy > 80) continue;
      const away = Math.hypot(dx, dy) - extent(id);
      if (away < Math.min(least, 5)) { least = away; best = nodes[id]; }
    }
    return best;
  }
  // The edge that passes a place on the stage, for who clicks beside the nodes.
  function crossed(px, py) {
    for (const edge of edgesInView())
      for (let part = 0.02; part < 1; part += 0.04) {
        const { x: ex, y: ey } = point(edge, part);
        if (Math.hypot(ex + view.x - px, ey + view.y - py) < 7) return edge;
      }
    return null;
  }
  // Nodes come from where they stood on the stage before; `origin` gives that place, or nothing for one that was not there.
  function arrive(origin) {
    const goals = nodes.map((node) => [x[node.id], y[node.id]]), began = performance.now();
    const starts = nodes.map((node) => { const spot = origin(node); return spot ? [(spot.x - view.x) / view.scale, (spot.y - view.y) / view.scale] : goals[node.id]; });
    const step = () => {
      const part = calm() ? 1 : Math.min((performance.now() - began) / 450, 1), eased = part * part * (3 - 2 * part);
      goals.forEach(([gx, gy], id) => { const [sx, sy] = starts[id]; x[id] = sx + (gx - sx) * eased; y[id] = sy + (gy - sy) * eased; });
      paint();
      if (part < 1) requestAnimationFrame(step);
    };
    step();
  }
  const drawing = {
    canvas, paint, whole, labels: () => labels, scale: () => view.scale,
    zoom: (factor) => { moved = true; const goal = { ...view }; scaleAt(factor, wide / 2, high / 2); const wanted = { ...view }; Object.assign(view, goal); glide(wanted); },
    go: (node) => { moved = true; glide(centred(x[node.id], y[node.id], Math.max(view.scale, 0.8))); },
    place: (node) => ({ x: x[node.id] * view.scale + view.x, y: y[node.id] * view.scale + view.y }),
    pan: (dx, dy) => { view.x += dx; view.y += dy; move(); },
    scaleAt: (factor, px, py) => { scaleAt(factor, px, py); move(); },
    hover: (node) => { if (node !== hovered) { hovered = node; canvas.style.cursor = node ? "pointer" : ""; show(); } },
    hit, seen, crossed, arrive,
    walked: (node) => {
      const there = drawing.place(node);
      seen(node);
      if (there.x < 0 || there.x > wide || there.y < 0 || there.y > high) drawing.go(node);
    },
  };
  hand(stage, drawing);
  measure();
  new ResizeObserver(() => {
    if (stage.clientWidth === wide && stage.clientHeight === high) return;
    measure();
    if (!moved) whole(false);
    paint();
  }).observe(stage);
  return drawing;
}
