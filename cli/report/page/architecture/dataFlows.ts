import type { GraphResource, ResourceGraph } from "../../../../contracts/graph";
import { bucketStages } from "./bucketStages";
import type { Flow, FlowGraph, FlowNode } from "./flowGraph";
import { ACTION_FLOWS, FLOW_KINDS, LINK_KINDS, PART_OF, STANDS_FOR } from "./flowKinds";
import { type Grant, grants } from "./grants";

/** Type of what is split by its keys. */
const BUCKET = "S3 bucket";

/**
 * How data flows through a stack, read from its resources: what joins them (notifications, triggers, addresses), and what
 * their roles let them read, write and start. Buckets are split into what they are given and what the stack writes into
 * them, so that what is read is told from what is made of it. Needs a graph with ARNs for the latter; without, only the
 * former is drawn.
 * @param componentOf name of the component that a resource belongs to
 */
export function dataFlows(graph: ResourceGraph, componentOf: (resource: GraphResource) => string): FlowGraph {
  const drawn = graph.resources.filter(({ type, external }) => Object.hasOwn(FLOW_KINDS, type) && !external);
  const all = grants(graph).flatMap((grant) => {
    const [actors, targets] = [standing(grant.actor, graph), standing(grant.target, graph)];
    return actors.flatMap((actor) => targets.map((target): Grant => ({ ...grant, actor, target })));
  });
  const nodes: FlowNode[] = [];
  const flows: Flow[] = [];
  const flow = (from: string, to: string, label: string): void => {
    if (from !== to && !flows.some((one) => one.from === from && one.to === to)) flows.push({ from, to, label });
  };
  const outside = (component: string, which: "gives" | "asks"): string => {
    const id = `${which} ${component}`;
    const [kind, name] = which === "gives" ? ["from outside", "uploads"] : ["outside", "readers and callers"];
    if (!nodes.some((node) => node.id === id))
      nodes.push({ id, shape: "person", kind, name, component: "", detail: "" });
    return id;
  };
  for (const resource of drawn) {
    const { shape, kind, asked } = FLOW_KINDS[resource.type] ?? { shape: "work", kind: resource.type };
    const node = { shape, kind, name: resource.name, component: componentOf(resource), detail: "" };
    if (kind !== BUCKET) {
      nodes.push({ ...node, id: resource.urn });
      if (asked) flow(resource.urn, outside(node.component, "asks"), "answers");
      continue;
    }
    for (const { id, detail, given, unread } of bucketStages(resource.urn, all)) {
      nodes.push({ ...node, id, detail });
      if (given) flow(outside(node.component, "gives"), id, "uploads");
      if (unread) flow(id, outside(node.component, "asks"), "reads");
    }
  }
  const placeOf = ({ urn, type }: GraphResource, prefix = ""): string => {
    const stages = FLOW_KINDS[type]?.kind === BUCKET ? bucketStages(urn, all) : [];
    return stages.find(({ holds }) => holds(prefix))?.id ?? urn;
  };
  const isDrawn = ({ urn }: GraphResource): boolean => drawn.some((one) => one.urn === urn);
  for (const { type, from, to, label } of LINK_KINDS) {
    for (const link of graph.resources.filter((one) => one.type === type)) {
      const ends = (end: typeof from): readonly GraphResource[] =>
        (end === "itself" ? [link] : named(link, end, graph)).filter(isDrawn);
      for (const source of ends(from)) for (const target of ends(to)) flow(placeOf(source), placeOf(target), label);
    }
  }
  for (const { actor, action, target, prefix } of all) {
    if (!isDrawn(actor) || !isDrawn(target)) continue;
    const { towards, label } = ACTION_FLOWS[action] ?? { towards: "resource", label: action };
    const resource = placeOf(target, prefix);
    const writesItself = all.some((other) => {
      return (
        other.actor === actor &&
        other.target === target &&
        other.action === "s3:PutObject" &&
        prefix.startsWith(other.prefix)
      );
    });
    if (towards === "resource") flow(actor.urn, resource, label);
    // What it writes itself, it reads again as its own notes.
    else if (!(action === "s3:GetObject" && writesItself)) flow(resource, actor.urn, label);
  }
  return { nodes, flows };
}

/** What a property of a resource names, of what is drawn. */
function named(link: GraphResource, properties: readonly string[], graph: ResourceGraph): readonly GraphResource[] {
  const urns = properties.flatMap((property) => link.propertyDependencies[property] ?? []);
  const direct = graph.resources.filter(({ urn }) => urns.includes(urn));
  const whole = direct.filter(({ type }) => STANDS_FOR[type] === undefined);
  // An access point beside what it leads to would be drawn as its bucket: the link is with the others.
  return (whole.length > 0 ? whole : direct).flatMap((one) => standing(one, graph));
}

/** The drawn resources that one stands for, or is part of; itself otherwise. */
function standing(resource: GraphResource, graph: ResourceGraph): readonly GraphResource[] {
  const property = STANDS_FOR[resource.type];
  if (property !== undefined) {
    const urns = resource.propertyDependencies[property] ?? [];
    return graph.resources.filter(({ urn }) => urns.includes(urn)).flatMap((one) => standing(one, graph));
  }
  const whole = PART_OF[resource.type];
  if (whole === undefined) return [resource];
  return graph.resources
    .filter(({ type, propertyDependencies }) => {
      return type === whole.type && propertyDependencies[whole.property]?.includes(resource.urn);
    })
    .flatMap((one) => standing(one, graph));
}
