import type { Drawing } from "./chart";
import type { FlowChart } from "./flowChart";
import { arrowHead, flowBox } from "./flowDiagram";
import { markup } from "./markup";

const ROW = { height: 60, gap: 10 } as const;
/** Distance between two lines beside the boxes, and from the last of them to the boxes. */
const TRACK = { apart: 9, boxes: 16 } as const;
const CORNER = 5;

/** One arrow beside the boxes: from a row to another, on a track. */
export interface Track {
  readonly from: number;
  readonly to: number;
  /** 0 is the nearest to the boxes. */
  readonly track: number;
}

/** Draws what flows down one column of boxes, with arrows beside it; for pages too narrow for layers. */
export function trackDiagram(chart: FlowChart, width: number, prefix: string): Drawing {
  const boxes = inOrder(chart);
  const row = new Map(boxes.map(({ id }, i) => [id, i]));
  const tracks = tracksOf(chart.arrows.map(({ from, to }) => ({ from: row.get(from) ?? 0, to: row.get(to) ?? 0 })));
  const count = Math.max(0, ...tracks.map(({ track }) => track + 1));
  const left = count * TRACK.apart + TRACK.boxes;
  const top = (at: number): number => 2 + at * (ROW.height + ROW.gap);
  const lines = tracks.map(({ from, to, track }) => {
    const x = left - TRACK.boxes - track * TRACK.apart;
    const down = to > from;
    const [start, end] = [top(from) + ROW.height * (down ? 0.66 : 0.34), top(to) + ROW.height * (down ? 0.34 : 0.66)];
    const turn = down ? CORNER : -CORNER;
    return markup`<path class="arrow" d="M${left} ${start}H${x + CORNER}Q${x} ${start} ${x} ${start + turn}V${end - turn}Q${x} ${end} ${x + CORNER} ${end}H${left - 2}" marker-end="url(#${prefix}-head)"/>`;
  });
  return {
    height: top(boxes.length) - ROW.gap + 4,
    content: markup`${arrowHead(prefix)}${lines}${boxes.map((box, i) => flowBox(box, left, top(i), width - left - 2, ROW.height))}`,
  };
}

/** Gives every arrow a track on which it meets no other; the shortest are nearest to the boxes. */
export function tracksOf(arrows: readonly Omit<Track, "track">[]): readonly Track[] {
  const taken: (readonly [number, number])[][] = [];
  const length = ({ from, to }: Omit<Track, "track">): number => Math.abs(to - from);
  const tracks = new Map<Omit<Track, "track">, number>();
  for (const arrow of [...arrows].sort((a, b) => length(a) - length(b))) {
    const [low, high] = [Math.min(arrow.from, arrow.to), Math.max(arrow.from, arrow.to)];
    const free = taken.findIndex((spans) => spans.every(([from, to]) => high <= from || low >= to));
    const track = free < 0 ? taken.length : free;
    taken[track] = [...(taken[track] ?? []), [low, high]];
    tracks.set(arrow, track);
  }
  return arrows.map((arrow) => ({ ...arrow, track: tracks.get(arrow) ?? 0 }));
}

type Box = FlowChart["boxes"][number];

/** Boxes so that what flows goes down as far as it can: each after what leads to it, and near to it. */
function inOrder({ boxes, arrows }: FlowChart): readonly Box[] {
  const sources = (id: string): readonly Box[] =>
    boxes.filter((box) => box.id !== id && arrows.some(({ from, to }) => from === box.id && to === id));
  const behind = new Map(boxes.map(({ id }) => [id, ancestors(id, sources).size]));
  const size = ({ id }: Box): number => behind.get(id) ?? 0;
  const placed = new Set<Box>();
  const met = new Set<string>();
  const visit = (box: Box): void => {
    // In a cycle a box is met again before it is placed.
    if (met.has(box.id)) return;
    met.add(box.id);
    // What has much behind it comes first, so that what has little stands beside the box that it leads to.
    for (const source of [...sources(box.id)].sort((a, b) => size(b) - size(a))) visit(source);
    placed.add(box);
  };
  const ends = boxes.filter(({ id }) => !arrows.some(({ from, to }) => from === id && to !== id));
  for (const box of [...ends].sort((a, b) => size(a) - size(b))) visit(box);
  for (const box of boxes) visit(box);
  return [...placed];
}

/** Everything that leads to a box, over others too. */
function ancestors(
  id: string,
  sources: (id: string) => readonly Box[],
  found = new Set<string>(),
): ReadonlySet<string> {
  for (const source of sources(id)) {
    if (found.has(source.id)) continue;
    found.add(source.id);
    ancestors(source.id, sources, found);
  }
  return found;
}
