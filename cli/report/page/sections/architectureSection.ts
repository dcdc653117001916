import type { GraphResource, ResourceGraph } from "../../../../contracts/graph";
import { type ChartText, singleChart } from "../../charts/chart";
import type { FlowChart } from "../../charts/flowChart";
import { flowDiagram } from "../../charts/flowDiagram";
import { type Markup, markup } from "../../charts/markup";
import { trackDiagram } from "../../charts/trackDiagram";
import { counted } from "../../counted";
import { groupedBy } from "../../groupedBy";
import { billByComponent, money } from "../../priceWords";
import { dataFlows } from "../architecture/dataFlows";
import { type FlowGraph, type FlowNode, separateFlows } from "../architecture/flowGraph";
import { FLOW_KINDS } from "../architecture/flowKinds";
import { outermostComponent } from "../architecture/outermostComponent";
import { dataTable, folded } from "../dataTable";
import type { RunReport } from "../runReport";
import { nothing, type PageSection } from "../section";

/** Width of the drawing for narrow pages, in pixels. */
const NARROW = 328;

/** Widest drawing whose letters are still read where it has the whole page, in pixels; wider ones are drawn in one column. */
const WIDEST = 1380;

/** Boxes of one drawing beyond which it is no picture any more. */
const MOST_BOXES = 60;

/** What the stack is made of, and how data flows through it. */
export function architectureSection({ exhibits }: RunReport): PageSection {
  const { graph, price } = exhibits;
  const monthly = new Map<string, number>();
  for (const { resource, monthly: cost } of price?.result.items ?? []) {
    monthly.set(resource.urn, (monthly.get(resource.urn) ?? 0) + cost.expected.toNumber());
  }
  const flows = dataFlows(graph, (resource) => outermostComponent(resource, graph));
  const own = ownResources(graph);
  return {
    id: "architecture",
    title: "Architecture",
    lead: `How data flows through the ${counted(own.length, "resource")} of the stack, read from what joins them and from what their roles may read, write and start.`,
    content:
      flows.nodes.length === 0
        ? nothing(
            "The stack has nothing that data flows through: no bucket, function, queue, pipeline, endpoint or address.",
          )
        : [
            separateFlows(flows).map((part, i) => pictureOf(part, i, monthly)),
            components(graph, price?.result),
            folded(
              "What flows, as a table",
              dataTable({
                caption: "What flows from where to where",
                heads: ["from", "what", "to"],
                rows: flows.flows.map(({ from, to, label }) => [nameOf(from, flows), label, nameOf(to, flows)]),
              }),
            ),
            markup`<p class="note">Not drawn: ${notDrawn(own)}.</p>`,
          ],
  };
}

function pictureOf(part: FlowGraph, at: number, monthly: ReadonlyMap<string, number>): Markup {
  if (part.nodes.length > MOST_BOXES)
    return nothing(
      `${part.nodes.length} things that data flows between are too many for a picture; the table has them.`,
    );
  const chart: FlowChart = {
    boxes: part.nodes.map((node) => ({ ...node, detail: node.detail || costOf(node, monthly) })),
    arrows: part.flows,
  };
  const components = [...new Set(part.nodes.map(({ component }) => component).filter((name) => name !== ""))];
  const title = components.join(", ");
  const text: ChartText = {
    id: `flow-${at}`,
    title: `Data flow: ${title}`,
    description: part.flows
      .map(({ from, to, label }) => `${nameOf(from, part)} – ${label} – ${nameOf(to, part)}`)
      .join("; "),
  };
  const wide = flowDiagram(chart, `flow-${at}-wide`);
  const narrow = singleChart({ ...text, id: `${text.id}-narrow` }, NARROW, (width, prefix) =>
    trackDiagram(chart, width, prefix),
  );
  const drawn =
    wide.width > WIDEST
      ? markup`<div class="column">${narrow}</div>`
      : markup`<div class="wide">${singleChart({ ...text, id: `${text.id}-wide` }, wide.width, () => wide)}</div><div class="column narrow">${narrow}</div>`;
  return markup`<figure class="flow"><figcaption>${title}</figcaption>${drawn}</figure>
`;
}

/** What a box costs, for those that cost something. Of a bucket in two parts, the cost of both is at each. */
function costOf({ id }: FlowNode, monthly: ReadonlyMap<string, number>): string {
  const usd = monthly.get(id) ?? 0;
  return usd < 0.005 ? "" : `$${usd.toFixed(2)} a month`;
}

function components(
  graph: ResourceGraph,
  result: NonNullable<RunReport["exhibits"]["price"]>["result"] | undefined,
): Markup {
  const bills = result ? billByComponent(result) : [];
  const own = ownResources(graph).filter(({ custom }) => custom);
  const groups = groupedBy(own, (one) => outermostComponent(one, graph));
  return dataTable({
    caption: "Components of the stack",
    heads: ["component", "what it has", "#resources", "#expected a month"],
    rows: groups.map(([component, resources]) => {
      const bill = bills.find((one) => one.component === component);
      return [component, kinds(resources), resources.length, bill ? money(bill.monthly.expected) : "–"];
    }),
  });
}

function kinds(resources: readonly GraphResource[]): string {
  const groups = groupedBy(
    resources.flatMap(({ type }) => FLOW_KINDS[type]?.kind ?? []),
    (kind) => kind,
  );
  return groups.map(([kind, all]) => (all.length === 1 ? kind : `${all.length} × ${kind}`)).join(", ") || "–";
}

function notDrawn(own: readonly GraphResource[]): string {
  const rest = own.filter(({ custom, type }) => custom && FLOW_KINDS[type] === undefined);
  if (rest.length === 0) return "nothing";
  const counts = groupedBy(rest, ({ type }) => type.split(":").at(-1) ?? type)
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([name, all]) => `${all.length} ${name}`);
  return `${counted(rest.length, "resource")} that hold these together (${counts.join(", ")})`;
}

function ownResources({ resources }: ResourceGraph): readonly GraphResource[] {
  return resources.filter(
    ({ type, external }) => !external && type !== "pulumi:pulumi:Stack" && !type.startsWith("pulumi:providers:"),
  );
}

function nameOf(id: string, { nodes }: FlowGraph): string {
  const node = nodes.find((one) => one.id === id);
  return node === undefined ? id : `${node.name}${node.detail === "" ? "" : ` (${node.detail})`}`;
}
