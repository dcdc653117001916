import { type LabelledArrow, labelPlaces, type Point } from "./arrowLabels";
import type { Drawing } from "./chart";
import { fitted, wrapped } from "./fittedText";
import type { FlowChart } from "./flowChart";
import { FLOW_SIGNS } from "./flowSigns";
import { layeredLayout } from "./layeredLayout";
import { type Markup, markup } from "./markup";

const BOX = { width: 160, height: 66 } as const;
/** Room between two layers, for arrows and their words; and between two boxes of a layer. */
const BETWEEN = { layers: 60, boxes: 16 } as const;
const EDGE = 6;
/** Distance between two lines of text, most lines of a box, and most of them for its name. */
const LINE = 14;
const LINES = { box: 4, name: 2 } as const;

/** Width of the drawing of so many layers. */
function widthOf(layers: number): number {
  return layers * BOX.width + (layers - 1) * BETWEEN.layers + 2 * EDGE;
}

/** Draws what flows from the left to the right, in layers; for wide pages. Returns its own width with it. */
export function flowDiagram({ boxes, arrows }: FlowChart, prefix: string): Drawing & { readonly width: number } {
  const place = new Map(boxes.map(({ id }, i) => [id, i]));
  const edges = arrows.map(({ from, to }) => ({ from: place.get(from) ?? 0, to: place.get(to) ?? 0 }));
  const layout = layeredLayout(
    boxes.map(() => BOX.height),
    edges,
    BETWEEN.boxes,
  );
  const left = (layer: number): number => EDGE + layer * (BOX.width + BETWEEN.layers);
  const at = (i: number) => layout.nodes[i] ?? { layer: 0, centre: 0 };
  const y = (centre: number): number => Math.round(centre + EDGE);
  const routes = arrows.map(({ from: source, label }, i): LabelledArrow => {
    const [from, to] = [at(edges[i]?.from ?? 0), at(edges[i]?.to ?? 0)];
    const back = to.layer <= from.layer;
    const start = { x: left(from.layer) + (back ? 0 : BOX.width), y: y(from.centre) };
    const end = { x: left(to.layer) + (back ? BOX.width : -2), y: y(to.centre) };
    const through = (layout.edges[i] ?? []).flatMap(({ layer, centre }) => {
      const [enter, leave] = [left(layer), left(layer) + BOX.width];
      return (back ? [leave, enter] : [enter, leave]).map((x) => ({ x, y: y(centre) }));
    });
    return { source, label, points: [start, ...through, end] };
  });
  const corners = boxes.map((_, i) => ({ x: left(at(i).layer), y: y(at(i).centre) - BOX.height / 2 }));
  const lines = routes.map(
    ({ points }) => markup`<path class="arrow" d="${curve(points)}" marker-end="url(#${prefix}-head)"/>`,
  );
  const labels = labelPlaces(
    routes,
    corners.map((corner) => ({ ...corner, ...BOX })),
  ).map(
    ({ label, x, y: base }) => markup`<text class="label" x="${x}" y="${base}" text-anchor="middle">${label}</text>`,
  );
  const drawn = boxes.map((box, i) => {
    const { x, y: top } = corners[i] ?? { x: 0, y: 0 };
    return flowBox(box, x, top, BOX.width, BOX.height);
  });
  return {
    width: widthOf(layout.layers),
    height: Math.ceil(layout.extent + 2 * EDGE),
    content: markup`${arrowHead(prefix)}${lines}${labels}${drawn}`,
  };
}

/** One thing: a box with a sign, what it is, its name, and what more there is; the latter two on two lines where one is too short. */
export function flowBox(
  { shape, kind, name, detail }: FlowChart["boxes"][number],
  x: number,
  y: number,
  width: number,
  height: number,
): Markup {
  const room = width - 44;
  const names = wrapped(name, room, LINES.name, { size: 11.5, bold: true });
  const details = detail === "" ? [] : wrapped(detail, room, LINES.box - 1 - names.length, { size: 10.5 });
  const lines = [
    { text: fitted(kind, room, { size: 10.5 }), type: "kind" },
    ...names.map((text) => ({ text, type: "name" })),
    ...details.map((text) => ({ text, type: "kind" })),
  ];
  const top = height / 2 - (lines.length * LINE) / 2 + LINE - 3.5;
  const title = [kind, name, detail].filter((text) => text !== "").join(": ");
  return markup`<g class="box ${shape}" transform="translate(${x} ${y})"><title>${title}</title><rect width="${width}" height="${height}" rx="${shape === "person" ? height / 2 : 7}"/><g class="sign" transform="translate(12 ${height / 2 - 9})">${FLOW_SIGNS[shape]}</g>${lines.map(({ text, type }, i) => markup`<text class="${type}" x="38" y="${top + i * LINE}">${text}</text>`)}</g>`;
}

/** The head of every arrow of a drawing. */
export function arrowHead(prefix: string): Markup {
  return markup`<defs><marker id="${prefix}-head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto-start-reverse"><path class="head" d="M0 0.5L8 4L0 7.5z"/></marker></defs>`;
}

/** A line through points that leaves and enters each of them horizontally. */
function curve(points: readonly Point[]): string {
  return points
    .map(({ x, y }, i) => {
      const before = points[i - 1];
      if (before === undefined) return `M${x} ${y}`;
      const middle = (before.x + x) / 2;
      return `C${middle} ${before.y} ${middle} ${y} ${x} ${y}`;
    })
    .join("");
}
