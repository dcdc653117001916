import assert from "node:assert/strict";
import { dataFlows } from "../../../../../cli/report/page/architecture/dataFlows";
import { type FlowGraph, separateFlows } from "../../../../../cli/report/page/architecture/flowGraph";
import { outermostComponent } from "../../../../../cli/report/page/architecture/outermostComponent";
import type { ResourceGraph } from "../../../../../contracts/graph";
import { graphOf, type HandmadeResource } from "../../../pricing/pricedGraph";
import { graphWithGrants, resourcesOf } from "../handmadeReport";

function flowsOf(graph: ResourceGraph): { readonly flows: readonly string[]; readonly all: FlowGraph } {
  const all = dataFlows(graph, (resource) => outermostComponent(resource, graph));
  const nameOf = (id: string): string => {
    const node = all.nodes.find((one) => one.id === id);
    return node === undefined ? `${id}?` : `${node.name}${node.detail === "" ? "" : `[${node.detail}]`}`;
  };
  return { all, flows: all.flows.map(({ from, to, label }) => `${nameOf(from)} ${label} ${nameOf(to)}`).sort() };
}

const bare = (resources: readonly HandmadeResource[]) => flowsOf(graphOf(resources)).flows;

describe("data flows of a graph", () => {
  it("are read from what joins resources, and from what their roles may do; what is denied flows nowhere", () => {
    assert.deepEqual(flowsOf(graphWithGrants("it")).flows, [
      "it-bucket changes it-queue",
      "it-bucket reads it-function",
      "it-derived[it/] reads readers and callers",
      "it-endpoint answers readers and callers",
      "it-function answers it-url",
      "it-function writes it-derived[it/]",
      "it-queue batches it-function",
      "it-url answers readers and callers",
      "uploads uploads it-bucket",
    ]);
  });

  it("without ARNs only what joins resources is known", () => {
    assert.deepEqual(bare(resourcesOf("it")), [
      "it-bucket changes it-queue",
      "it-endpoint answers readers and callers",
      "it-function answers it-url",
      "it-queue batches it-function",
      "it-url answers readers and callers",
    ]);
  });

  it("a policy that is no document grants nothing, and breaks nothing", () => {
    const graph = graphWithGrants("it");
    for (const policy of ["", "{", "[]", '{"Statement":{}}', '{"Statement":[{"Effect":"Allow"}]}']) {
      const resources = graph.resources.map((one) => (one.name === "it-policy" ? { ...one, inputs: { policy } } : one));
      const { flows } = flowsOf({ ...graph, resources });
      assert.ok(!flows.some((flow) => flow.includes("writes")) && flows.includes("it-bucket changes it-queue"), policy);
    }
  });

  it("a bucket that is read in one place and written in another is two things: what is given, and what is made", () => {
    const statement = (Action: string, prefix: string) => ({ Effect: "Allow", Action, Resource: `arn:b/${prefix}*` });
    const policy = JSON.stringify({
      Statement: [
        statement("s3:GetObject", "data/"),
        statement("s3:PutObject", "models/"),
        statement("s3:GetObject", "models/old/"),
      ],
    });
    const graph = graphOf([
      { type: "aws:s3/bucket:Bucket", name: "bucket" },
      { type: "aws:iam/role:Role", name: "role" },
      { type: "aws:iam/rolePolicy:RolePolicy", name: "policy", inputs: { policy }, on: { role: ["role"] } },
      { type: "aws:sagemaker/pipeline:Pipeline", name: "pipeline", on: { roleArn: ["role"] } },
    ]);
    const resources = graph.resources.map((one) =>
      one.name === "bucket" ? { ...one, outputs: { arn: "arn:b" } } : one,
    );
    assert.deepEqual(flowsOf({ ...graph, resources }).flows, [
      "bucket[data/] reads pipeline",
      "bucket[models/] reads readers and callers",
      "pipeline writes bucket[models/]",
      "uploads uploads bucket[data/]",
    ]);
  });

  it("schedules, dead letters and APIs lead where they lead", () => {
    const fn = { type: "aws:lambda/function:Function", name: "fn" };
    assert.deepEqual(
      bare([
        fn,
        { type: "aws:scheduler/schedule:Schedule", name: "nightly", on: { target: ["fn"] } },
        { type: "aws:sqs/queue:Queue", name: "dead" },
        { type: "aws:sqs/queue:Queue", name: "queue", on: { redrivePolicy: ["dead"] } },
        { type: "aws:apigatewayv2/api:Api", name: "api" },
        {
          type: "aws:apigatewayv2/integration:Integration",
          name: "in",
          on: { apiId: ["api"], integrationUri: ["fn"] },
        },
      ]),
      ["api answers readers and callers", "fn answers api", "nightly starts fn", "queue failures dead"],
    );
  });

  it("what nothing flows between is apart, the largest part first; every node is in exactly one", () => {
    const { all } = flowsOf(graphOf([...resourcesOf("a"), { type: "aws:s3/bucket:Bucket", name: "alone" }]));
    const parts = separateFlows(all);
    assert.equal(parts.at(-1)?.nodes[0]?.name, "alone");
    assert.deepEqual(
      parts.map(({ nodes }) => nodes.length),
      [...parts.map(({ nodes }) => nodes.length)].sort((a, b) => b - a),
    );
    assert.equal(parts.flatMap(({ nodes }) => nodes).length, all.nodes.length);
    assert.equal(parts.flatMap(({ flows }) => flows).length, all.flows.length);
  });

  it("a program without anything that data flows through has an empty picture", () => {
    assert.deepEqual(flowsOf(graphOf([{ type: "aws:iam/role:Role", name: "role" }])).all, { nodes: [], flows: [] });
  });
});
