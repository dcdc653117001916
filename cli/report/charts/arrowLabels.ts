import { groupedBy } from "../groupedBy";
import { textWidth } from "./fittedText";

/** A place in a drawing, in pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A part of a drawing. */
export interface Area extends Point {
  readonly width: number;
  readonly height: number;
}

/** An arrow that leaves a source and leads through points, each of which it meets horizontally. */
export interface LabelledArrow {
  readonly source: string;
  readonly label: string;
  readonly points: readonly Point[];
}

/** A word beside its arrow: the middle of its line of text. */
export interface ArrowLabel extends Point {
  readonly label: string;
}

/** Size of the letters; above the line of text, and below it; distance from the arrow. */
const TEXT = { size: 10.5, above: 9, below: 3, lift: 4 } as const;

/** Where on a stretch of an arrow a word may stand, the best first; and where one that several arrows have together. */
const ALONG = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8];
const AT_SOURCE = [0.4, 0.3, 0.5];

/** What a place costs that is on a box or a word, or that another arrow passes, beside its rank among the places. */
const COST = { taken: 1000, passed: 4 } as const;

/** Points of each stretch that are looked at. */
const STEPS = 40;

/**
 * Places the words of arrows so that they stand beside their own arrow, and not on boxes or on one another where that can be
 * helped. Arrows from one source that say the same have one word, between them where they part.
 */
export function labelPlaces(arrows: readonly LabelledArrow[], boxes: readonly Area[]): readonly ArrowLabel[] {
  const bundles = groupedBy(arrows, ({ source, label }) => JSON.stringify([source, label]));
  const drawn = new Map(arrows.map((arrow) => [arrow, traced(arrow)]));
  const taken = [...boxes];
  // Those with the fewest places to choose from come first.
  return bundles
    .map(([, bundle]) => ({ bundle, places: placesOf(bundle) }))
    .sort((a, b) => a.places.length - b.places.length)
    .flatMap(({ bundle, places }) => {
      const label = bundle[0]?.label ?? "";
      const others = arrows.filter((arrow) => !bundle.includes(arrow)).flatMap((arrow) => drawn.get(arrow) ?? []);
      const costs = places.map((place, rank) => {
        const area = areaOf(label, place);
        const [hits, passing] = [taken.filter((one) => overlaps(one, area)), others.filter((one) => holds(area, one))];
        return { place, area, cost: rank + COST.taken * hits.length + COST.passed * passing.length };
      });
      const [best] = costs.sort((a, b) => a.cost - b.cost);
      if (best === undefined) return [];
      taken.push(best.area);
      return [{ label, ...best.place }];
    });
}

/** Where the word of a bundle may stand, the best first. */
function placesOf(bundle: readonly LabelledArrow[]): readonly Point[] {
  const [single, ...more] = bundle;
  if (single === undefined) return [];
  if (more.length === 0)
    return ALONG.flatMap((share) => pairs(single.points).map((stretch) => lifted(pointAt(stretch, share))));
  return AT_SOURCE.map((share) => lifted(middleOf(bundle.map(({ points }) => pointAt(points, share)))));
}

function middleOf(points: readonly Point[]): Point {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  return { x: mean(points.map(({ x }) => x)), y: mean(points.map(({ y }) => y)) };
}

function lifted({ x, y }: Point): Point {
  return { x: Math.round(x), y: Math.round(y - TEXT.lift) };
}

/** The points of an arrow as it is drawn. */
function traced({ points }: LabelledArrow): readonly Point[] {
  return pairs(points).flatMap((stretch) => Array.from({ length: STEPS + 1 }, (_, i) => pointAt(stretch, i / STEPS)));
}

function pairs(points: readonly Point[]): readonly (readonly Point[])[] {
  return points.slice(1).map((point, i) => [points[i] ?? point, point]);
}

/** A point of a curve that leaves its first end and enters its second one horizontally. */
function pointAt([from = { x: 0, y: 0 }, to = from]: readonly Point[], share: number): Point {
  const rest = 1 - share;
  const inner = 3 * rest * share;
  return {
    x: rest ** 3 * from.x + inner * ((from.x + to.x) / 2) + share ** 3 * to.x,
    y: rest ** 2 * (rest + 3 * share) * from.y + share ** 2 * (share + 3 * rest) * to.y,
  };
}

/** The part of a drawing that a word takes. */
function areaOf(label: string, { x, y }: Point): Area {
  const width = textWidth(label, { size: TEXT.size });
  return { x: x - width / 2, y: y - TEXT.above, width, height: TEXT.above + TEXT.below };
}

function overlaps(a: Area, b: Area): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function holds(area: Area, { x, y }: Point): boolean {
  return x > area.x && x < area.x + area.width && y > area.y && y < area.y + area.height;
}
