import { deepEqual, equal, ok } from "node:assert/strict";
import path from "node:path";
import * as z from "zod";
import { captureGraph } from "../../cli/graph/captureGraph";
import type { GraphResource, ResourceGraph } from "../../contracts/graph";
import { REPOSITORY } from "../cli/local/handmadePlane";

const PROGRAM = path.join(REPOSITORY, "examples/image-training");
const Definition = z.object({
  Steps: z.array(z.object({ Name: z.string(), Arguments: z.record(z.string(), z.unknown()) })),
});

describe("examples/image-training: a fleet that trains on what an access point derived", function () {
  this.timeout(60_000);
  let graph: ResourceGraph;

  before(async () => {
    graph = await captureGraph({ program: PROGRAM, stack: "local", mode: "preview" });
  });

  const find = (name: string): GraphResource => {
    const found = graph.resources.find((resource) => resource.name === name);
    ok(found, name);
    return found;
  };

  it("has a definition that a preview knows whole, though bucket and ARNs are unknown", () => {
    const { pipelineDefinition } = find("classifier-pipeline").inputs;
    equal(typeof pipelineDefinition, "string");
    const [train, ...others] = Definition.parse(JSON.parse(String(pipelineDefinition))).Steps;
    deepEqual([train?.Name, others], ["Train", []]);
    deepEqual(train?.Arguments["ResourceConfig"], {
      InstanceType: "ml.g5.xlarge",
      InstanceCount: 1,
      VolumeSizeInGB: 30,
    });
    equal(train?.Arguments["EnableManagedSpotTraining"], true);
  });

  it("starts when the derived set is complete, which the access point's own outputs tell", () => {
    const { dependencies } = find("classifier-start-function");
    const urns = ["images-bucket", "images-derived"].map((name) => find(name).urn);
    deepEqual(
      urns.filter((urn) => !dependencies.includes(urn)),
      [],
    );
  });
});
