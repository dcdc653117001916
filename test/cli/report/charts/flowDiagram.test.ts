import assert from "node:assert/strict";
import * as fc from "fast-check";
import { textWidth } from "../../../../cli/report/charts/fittedText";
import type { FlowChart } from "../../../../cli/report/charts/flowChart";
import { flowBox, flowDiagram } from "../../../../cli/report/charts/flowDiagram";
import { layeredLayout } from "../../../../cli/report/charts/layeredLayout";
import { trackDiagram, tracksOf } from "../../../../cli/report/charts/trackDiagram";

/** Any directed graph, cycles and lone nodes too. */
const GRAPH = fc.integer({ min: 2, max: 9 }).chain((count) =>
  fc.record({
    count: fc.constant(count),
    edges: fc.uniqueArray(
      fc.record({ from: fc.nat(count - 1), to: fc.nat(count - 1) }).filter(({ from, to }) => from !== to),
      { maxLength: 14, selector: ({ from, to }) => `${from} ${to}` },
    ),
  }),
);

const CHART: FlowChart = {
  boxes: ["bucket", "queue", "function", "derived"].map((name) => ({
    id: name,
    shape: "store",
    kind: "S3 bucket",
    name,
    detail: "",
  })),
  arrows: [
    { from: "bucket", to: "queue", label: "changes" },
    { from: "queue", to: "function", label: "batches" },
    { from: "bucket", to: "function", label: "reads" },
    { from: "function", to: "derived", label: "writes" },
  ],
};

describe("flow diagrams", () => {
  it("layers never have two things on one another, and edges lead to later layers unless they close a cycle", () => {
    fc.assert(
      fc.property(GRAPH, ({ count, edges }) => {
        const { nodes, layers, extent } = layeredLayout(new Array(count).fill(40), edges, 10);
        assert.equal(nodes.length, count);
        for (const [i, one] of nodes.entries()) {
          assert.ok(one.layer >= 0 && one.layer < layers && one.centre >= 19.9 && one.centre <= extent - 19.9);
          for (const other of nodes.slice(i + 1)) {
            if (other.layer === one.layer) assert.ok(Math.abs(one.centre - other.centre) >= 49.9);
          }
        }
        const back = edges.filter(({ from, to }) => (nodes[from]?.layer ?? 0) >= (nodes[to]?.layer ?? 0));
        const acyclic = edges.every(({ from, to }) => from < to);
        if (acyclic) assert.deepEqual(back, []);
      }),
    );
  });

  it("a long edge passes every layer between its ends", () => {
    const { nodes, edges } = layeredLayout(
      [40, 40, 40],
      [
        { from: 0, to: 1 },
        { from: 1, to: 2 },
        { from: 0, to: 2 },
      ],
      10,
    );
    assert.deepEqual(
      nodes.map(({ layer }) => layer),
      [0, 1, 2],
    );
    assert.deepEqual(
      edges.map((path) => path.map(({ layer }) => layer)),
      [[], [], [1]],
    );
    const [passing] = edges[2] ?? [];
    assert.ok(passing && Math.abs(passing.centre - (nodes[1]?.centre ?? 0)) >= 20);
  });

  it("arrows beside one another never share a stretch of a track", () => {
    const arrow = fc.record({ from: fc.nat(9), to: fc.nat(9) }).filter(({ from, to }) => from !== to);
    fc.assert(
      fc.property(fc.array(arrow, { maxLength: 12 }), (arrows) => {
        const tracks = tracksOf(arrows);
        for (const [i, one] of tracks.entries()) {
          for (const other of tracks.slice(i + 1)) {
            if (one.track !== other.track) continue;
            const [a, b] = [one, other].map(({ from, to }) => [Math.min(from, to), Math.max(from, to)] as const);
            assert.ok(a && b && (a[1] <= b[0] || b[1] <= a[0]));
          }
        }
      }),
    );
  });

  it("both drawings have every box with its whole name, and every arrow with a head", () => {
    for (const { content } of [flowDiagram(CHART, "wide"), trackDiagram(CHART, 328, "narrow")]) {
      const svg = String(content);
      for (const { name } of CHART.boxes) assert.match(svg, new RegExp(`<title>S3 bucket: ${name}</title>`));
      assert.equal(svg.match(/class="arrow"/g)?.length, CHART.arrows.length);
      assert.equal(svg.match(/marker-end="url\(#\w+-head\)"/g)?.length, CHART.arrows.length);
      assert.doesNotMatch(svg, /NaN|undefined/);
    }
  });

  it("the narrow drawing has what leads to a box above it, and stays within its width", () => {
    const svg = String(trackDiagram({ ...CHART, boxes: CHART.boxes.toReversed() }, 328, "it").content);
    const order = [...svg.matchAll(/<title>S3 bucket: (\w+)/g)].map((match) => match[1]);
    assert.deepEqual(order, ["bucket", "queue", "function", "derived"]);
    const right = [...svg.matchAll(/translate\((\d+) \d+\)"><title>[^<]*<\/title><rect width="(\d+)"/g)].map(
      (match) => Number(match[1]) + Number(match[2]),
    );
    assert.equal(right.length, 4);
    for (const end of right) assert.ok(end <= 328);
  });

  it("a long name is on two lines, parted where it has a seam", () => {
    const [box] = CHART.boxes;
    assert.ok(box);
    const svg = String(
      flowDiagram({ boxes: [{ ...box, name: "forecast-hosting-repository" }], arrows: [] }, "it").content,
    );
    assert.match(svg, /class="name"[^>]*>forecast-hosting-<\/text><text class="name"[^>]*>repository</);
  });

  it("a box has all of its lines within it, however long its name and what more there is", () => {
    const [box] = CHART.boxes;
    assert.ok(box);
    const long = { ...box, kind: "k".repeat(60), name: "name-".repeat(20), detail: "prefix/ ".repeat(20) };
    for (const height of [60, 66]) {
      const svg = String(flowBox(long, 0, 0, 160, height));
      const lines = [...svg.matchAll(/<text class="\w+" x="38" y="([\d.]+)">([^<]+)</g)];
      assert.equal(lines.length, 4);
      for (const [i, [, y, text = ""]] of lines.entries()) {
        assert.ok(Number(y) >= 12 && Number(y) <= height - 3, y);
        assert.equal(i === 1, !text.endsWith("…"), text);
        assert.ok(38 + textWidth(text, i === 0 || i === 3 ? { size: 10.5 } : { size: 11.5, bold: true }) <= 156, text);
      }
    }
    const details = String(flowBox({ ...long, name: "short" }, 0, 0, 160, 66)).match(/>prefix\/ [^<]*<\/text>/g);
    assert.equal(details?.length, 2);
  });

  it("says of arrows from one box what they are once, and of every other what it is", () => {
    const words = (arrows: FlowChart["arrows"]): readonly (string | undefined)[] =>
      [...String(flowDiagram({ ...CHART, arrows }, "it").content).matchAll(/class="label"[^>]*>(\w+)</g)].map(
        (match) => match[1],
      );
    assert.deepEqual(words(CHART.arrows).toSorted(), ["batches", "changes", "reads", "writes"]);
    assert.deepEqual(words(CHART.arrows.map((one) => ({ ...one, label: "reads" }))), ["reads", "reads", "reads"]);
  });

  it("an arrow leads from the right of its box to the left of the other, or back from left to right", () => {
    const back = { from: "derived", to: "bucket", label: "again" };
    const svg = String(flowDiagram({ ...CHART, arrows: [...CHART.arrows, back] }, "it").content);
    const corners = [...svg.matchAll(/class="box \w+" transform="translate\((\d+) ([\d.]+)\)"/g)].map(
      ([, x, y]) => [Number(x), Number(y)] as const,
    );
    const paths = [...svg.matchAll(/class="arrow" d="M(\d+) (\d+)[^"]* (\d+) (\d+)" /g)].map((match) =>
      match.slice(1).map(Number),
    );
    const places = new Map(CHART.boxes.map(({ id }, i) => [id, corners[i] ?? [0, 0]] as const));
    for (const [i, { from, to }] of [...CHART.arrows, back].entries()) {
      const [[x1, y1], [x2, y2]] = [places.get(from) ?? [0, 0], places.get(to) ?? [0, 0]];
      const ends = x1 < x2 ? [x1 + 160, y1 + 33, x2 - 2, y2 + 33] : [x1, y1 + 33, x2 + 160, y2 + 33];
      assert.deepEqual(paths[i], ends, `${from} ${to}`);
    }
    // What leads back passes the layers between from right to left.
    const through = /class="arrow" d="M(\d+) \d+(.*)" /.exec(svg.slice(svg.lastIndexOf('class="arrow"')));
    const passed = [...(through?.[2] ?? "").matchAll(/(\d+) \d+(?=C|$)/g)].map(([, x]) => Number(x));
    assert.ok(passed.length > 2 && passed.every((x, at) => x < (passed[at - 1] ?? Number(through?.[1]))), `${passed}`);
  });

  it("arrows beside the boxes begin and end at the boxes they join, and turn within the drawing", () => {
    const svg = String(trackDiagram(CHART, 328, "it").content);
    const rows = new Map(
      [...svg.matchAll(/translate\((\d+) (\d+)\)"><title>S3 bucket: (\w+)/g)].map(([, x, y, name]) => [
        name,
        { left: Number(x), top: Number(y) },
      ]),
    );
    const lines = [...svg.matchAll(/d="M(\d+) ([\d.]+)H(\d+)Q[^"]* ([\d.]+)H(\d+)"/g)].map((match) =>
      match.slice(1).map(Number),
    );
    assert.equal(lines.length, CHART.arrows.length);
    for (const [i, [x = 0, start = 0, turn = 0, end = 0, last = 0]] of lines.entries()) {
      const [from, to] = [rows.get(CHART.arrows[i]?.from), rows.get(CHART.arrows[i]?.to)];
      assert.ok(from && to && start > from.top && start < from.top + 60 && end > to.top && end < to.top + 60);
      assert.deepEqual([x, last], [from.left, to.left - 2]);
      assert.ok(turn > 5 && turn < x && from.left < 60, `${turn} ${x}`);
    }
  });
});
