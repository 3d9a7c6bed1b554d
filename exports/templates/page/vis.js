// ---- the drawing by vis-network, which pyvis carries: up to some thousands of nodes

const QUICKLY = 150; // nodes
function byVis(stage, seen) {
  const upright = stage.clientHeight > stage.clientWidth; // on a screen that is higher than wide the picture lies on its side
  const { x, y } = held.nodes, edges = from.map((_, edge) => edge), pairs = new Map(), turns = [];
  const pair = (edge) => `${Math.min(from[edge], to[edge])} ${Math.max(from[edge], to[edge])}`;
  for (const edge of edges) {
    turns.push(pairs.get(pair(edge)) ?? 0);
    pairs.set(pair(edge), turns[edge] + 1);
  }
  function bend(edge) {
    if (pairs.get(pair(edge)) === 1 || from[edge] === to[edge]) return false;
    const clockwise = (turns[edge] % 2 === 0) === (from[edge] < to[edge]);
    return { enabled: true, type: clockwise ? "curvedCW" : "curvedCCW", roundness: 0.12 + 0.1 * Math.floor(turns[edge] / 2) };
  }
  // Only what is listed here reaches the drawing script: numbers, our shapes, our colours.
  const points = new vis.DataSet(nodes.map((node) => ({
    id: node.id, x: upright ? y[node.id] : x[node.id], y: upright ? x[node.id] : y[node.id], size: node.size, shape: kinds.get(node.kind).shape,
  })));
  const ties = new vis.DataSet(edges.map((edge) => ({ id: edge, from: from[edge], to: to[edge], smooth: bend(edge) })));
  const network = new vis.Network(stage, { nodes: points, edges: ties }, JSON.parse(JSON.parse(at("data-options").textContent)));
  const canvas = stage.querySelector("canvas");
  canvas.parentElement.tabIndex = -1; // the lists are the way in for the keyboard
  let moved = false, grown = 1, growing = 0, labels = [], settled = "", hovered = null;

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
    ties.update(edges.map((edge) => {
      const colour = touches(edge) ? colours.soft : colours.edge;
      return {
        id: edge, hidden: !linked(edge), width: (touches(edge) ? 1.6 : 1) * grown, arrows: { to: { scaleFactor: 0.45 * grown } },
        color: { color: colour, hover: colour, highlight: colour, opacity: touches(edge) ? 1 : selected ? 0.1 : clear },
      };
    }));
    settled = "";
    network.redraw();
  }

  const scaled = (place, scale) => ({ x: place.x * scale, y: place.y * scale });
  function named(context, scale) {
    const close = near(), places = network.getPositions(), origin = network.canvasToDOM({ x: 0, y: 0 });
    const inside = (place) => place.left + origin.x > 4 && place.right + origin.x < stage.clientWidth - 4
      && place.top + origin.y > 2 && place.bottom + origin.y < stage.clientHeight - 2;
    return arrange(context, {
      // A label may lie on what has faded. While the wheel turns only the first are placed, so that the picture follows.
      candidates: nodes.filter((node) => shown(node) && (!close || close.has(node.id))).slice(0, growing ? QUICKLY : nodes.length),
      place: (node) => scaled(places[node.id], scale), radius: (node) => node.size * grown * scale, most: Infinity,
      taken: moved ? [] : [covered(origin)], fits: moved ? () => true : inside,
      ties: edges.filter((edge) => linked(edge) && from[edge] !== to[edge] && (selected ? touches(edge) : scale >= 1.3)),
      point: (edge, part) => scaled(network.body.edges[edge].edgeType.getPoint(part), scale), // there is no public way to ask for the bend
    });
  }
  network.on("afterDrawing", (context) => {
    const scale = network.getScale(), ratio = context.getTransform().a / scale, origin = network.canvasToDOM({ x: 0, y: 0 });
    const state = `${scale} ${selected?.id} ${language}`;
    if (state !== settled) { labels = named(context, scale); settled = state; }
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const beneath = hovered && !labels.some((label) => label.node === hovered)
      ? [tag(context, hovered, scaled(network.getPosition(hovered.id), scale), hovered.size * grown * scale)] : [];
    letter(context, [...labels, ...beneath], origin);
    context.restore();
  });

  // Nodes and lines shrink more slowly than the distances between them.
  function grow(scale) {
    const wanted = growth(scale);
    if (Math.abs(wanted - grown) > 0.02) { grown = wanted; paint(); }
  }
  function growLater() {
    clearTimeout(growing);
    growing = setTimeout(() => { growing = 0; settled = ""; grow(network.getScale()); network.redraw(); }, 120);
  }
  const eased = (animated) => animated && !calm() ? { duration: 350, easingFunction: "easeInOutQuad" } : false;
  function whole(animated) {
    const view = fitted(Object.values(network.getPositions(nodes.filter(shown).map((node) => node.id))), ({ x, y }) => [x, y], stage);
    if (!view) return;
    moved = false;
    network.moveTo({ position: { x: view.x, y: view.y + 12 / view.scale }, scale: view.scale, animation: eased(animated) });
    grow(view.scale);
  }
  network.on("click", ({ nodes: [id] }) => seen(id === undefined ? null : nodes[id]));
  network.on("hoverNode", ({ node }) => { hovered = nodes[node]; canvas.style.cursor = "pointer"; network.redraw(); });
  network.on("blurNode", () => { hovered = null; canvas.style.cursor = ""; network.redraw(); });
  network.on("dragging", ({ nodes: [id] }) => { moved = true; if (id !== undefined) settled = ""; });
  network.on("zoom", () => { moved = true; growLater(); });
  network.on("animationFinished", growLater);
  network.on("resize", () => { if (!moved) whole(false); });
  return {
    canvas, paint, whole, labels: () => labels, scale: () => network.getScale(),
    zoom: (factor) => { moved = true; network.moveTo({ scale: network.getScale() * factor, animation: eased(true) }); },
    go: (node) => { moved = true; network.moveTo({ position: network.getPosition(node.id), scale: Math.max(network.getScale(), 0.8), animation: eased(true) }); },
    place: (node) => network.canvasToDOM(network.getPosition(node.id)),
  };
}
