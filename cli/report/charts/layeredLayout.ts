/** An arrow between two nodes, by their places in the list. */
export interface LayoutEdge {
  readonly from: number;
  readonly to: number;
}

/** Where things are: for each node its layer and its place across; for each edge the places across in the layers that it passes. */
export interface LayeredLayout {
  readonly layers: number;
  /** Height of the tallest layer. */
  readonly extent: number;
  readonly nodes: readonly { readonly layer: number; readonly centre: number }[];
  /** Points that an edge passes between its ends, layer by layer from its source's on. */
  readonly edges: readonly (readonly { readonly layer: number; readonly centre: number }[])[];
}

/** A node, or the place where a long edge passes a layer. */
interface Slot {
  readonly layer: number;
  readonly size: number;
  readonly before: Slot[];
  readonly after: Slot[];
  centre: number;
}

const SWEEPS = 12;

/**
 * Lays out a directed graph in layers, so that edges lead from one layer to a later one, are short and cross little (the
 * method of Sugiyama, Tagawa and Toda). An edge that closes a cycle leads back.
 * @param sizes extent of each node across the layers
 * @param gap least distance between two things in a layer
 */
export function layeredLayout(sizes: readonly number[], edges: readonly LayoutEdge[], gap: number): LayeredLayout {
  const forward = withoutCycles(sizes.length, edges);
  const layerOf = layersOf(sizes.length, forward);
  const slots = sizes.map((size, i): Slot => ({ layer: layerOf[i] ?? 0, size, before: [], after: [], centre: 0 }));
  const layers: Slot[][] = Array.from({ length: Math.max(0, ...layerOf) + 1 }, () => []);
  for (const slot of slots) layers[slot.layer]?.push(slot);
  const passes = forward.map(({ from, to }) => {
    const path: Slot[] = [];
    const [start, end] = [slots[from], slots[to]];
    if (start === undefined || end === undefined) return path;
    let last = start;
    for (let layer = start.layer + 1; layer <= end.layer; layer++) {
      const next: Slot = layer === end.layer ? end : { layer, size: 0, before: [], after: [], centre: 0 };
      if (next !== end) {
        layers[layer]?.push(next);
        path.push(next);
      }
      last.after.push(next);
      next.before.push(last);
      last = next;
    }
    return path;
  });
  for (const layer of layers) spread(layer, gap);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const down = sweep % 2 === 0;
    for (const layer of down ? layers : layers.toReversed()) arrange(layer, down, gap, sweep < SWEEPS / 2);
  }
  const all = layers.flat();
  const top = Math.min(0, ...all.map(({ centre, size }) => centre - size / 2));
  const place = ({ layer, centre }: Slot) => ({ layer, centre: centre - top });
  return {
    layers: layers.length,
    extent: Math.max(0, ...all.map(({ centre, size }) => centre + size / 2)) - top,
    nodes: slots.map(place),
    edges: passes.map((path, i) => {
      const reversed = forward[i]?.from !== edges[i]?.from;
      return (reversed ? path.toReversed() : path).map(place);
    }),
  };
}

/** The edges with those that close a cycle turned around. */
function withoutCycles(count: number, edges: readonly LayoutEdge[]): readonly LayoutEdge[] {
  const state = new Map<number, "open" | "done">();
  const turned = new Set<LayoutEdge>();
  const visit = (node: number): void => {
    state.set(node, "open");
    for (const edge of edges) {
      if (edge.from !== node) continue;
      if (state.get(edge.to) === "open") turned.add(edge);
      else if (state.get(edge.to) === undefined) visit(edge.to);
    }
    state.set(node, "done");
  };
  for (let node = 0; node < count; node++) if (!state.has(node)) visit(node);
  return edges.map((edge) => (turned.has(edge) ? { from: edge.to, to: edge.from } : edge));
}

/** Each node as early as its sources allow; one without sources just before the first that it leads to. */
function layersOf(count: number, edges: readonly LayoutEdge[]): readonly number[] {
  const layers = new Array<number>(count).fill(0);
  for (let round = 0; round < count; round++) {
    for (const { from, to } of edges) layers[to] = Math.max(layers[to] ?? 0, (layers[from] ?? 0) + 1);
  }
  return layers.map((layer, node) => {
    const next = edges.filter(({ from }) => from === node).map(({ to }) => layers[to] ?? 0);
    const isSource = !edges.some(({ to }) => to === node);
    return isSource && next.length > 0 ? Math.min(...next) - 1 : layer;
  });
}

/** Puts things one after another, from the middle outwards. */
function spread(layer: readonly Slot[], gap: number): void {
  let at = -(layer.reduce((sum, { size }) => sum + size + gap, 0) - gap) / 2;
  for (const slot of layer) {
    slot.centre = at + slot.size / 2;
    at += slot.size + gap;
  }
}

/** Moves things to the middle of what they are joined with, without letting them touch. */
function arrange(layer: Slot[], down: boolean, gap: number, reorder: boolean): void {
  const wanted = new Map(
    layer.map((slot) => {
      const neighbours = down ? slot.before : slot.after;
      const sum = neighbours.reduce((total, { centre }) => total + centre, 0);
      return [slot, neighbours.length > 0 ? sum / neighbours.length : slot.centre] as const;
    }),
  );
  const wish = (slot: Slot): number => wanted.get(slot) ?? slot.centre;
  if (reorder) layer.sort((a, b) => wish(a) - wish(b));
  let end = -Infinity;
  for (const slot of layer) {
    slot.centre = Math.max(wish(slot), end + gap + slot.size / 2);
    end = slot.centre + slot.size / 2;
  }
  const drift = layer.reduce((sum, slot) => sum + slot.centre - wish(slot), 0) / (layer.length || 1);
  for (const slot of layer) slot.centre -= drift;
}
