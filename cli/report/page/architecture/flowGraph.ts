/** How a thing is drawn: what holds data, what works, what is asked from outside, who stands outside. */
export type FlowShape = "store" | "work" | "queue" | "door" | "image" | "clock" | "person";

/** A thing that data passes through. */
export interface FlowNode {
  readonly id: string;
  readonly shape: FlowShape;
  /** What it is, for example `S3 bucket`. */
  readonly kind: string;
  readonly name: string;
  /** Outermost component that it belongs to, as prices name it; empty for who stands outside. */
  readonly component: string;
  /** What more there is to say, for example the prefixes of a bucket. */
  readonly detail: string;
}

/** Data, or a call, that goes from one thing to another. */
export interface Flow {
  readonly from: string;
  readonly to: string;
  readonly label: string;
}

/** Things and what flows between them. */
export interface FlowGraph {
  readonly nodes: readonly FlowNode[];
  readonly flows: readonly Flow[];
}

/** The parts of a graph that nothing flows between, the largest first. */
export function separateFlows({ nodes, flows }: FlowGraph): readonly FlowGraph[] {
  const groups = new Map(nodes.map(({ id }) => [id, new Set([id])]));
  for (const { from, to } of flows) {
    const [a, b] = [groups.get(from), groups.get(to)];
    if (a === undefined || b === undefined || a === b) continue;
    for (const id of b) {
      a.add(id);
      groups.set(id, a);
    }
  }
  return [...new Set(groups.values())]
    .map((ids) => ({
      nodes: nodes.filter(({ id }) => ids.has(id)),
      flows: flows.filter(({ from, to }) => ids.has(from) && ids.has(to)),
    }))
    .sort((a, b) => b.nodes.length - a.nodes.length);
}
