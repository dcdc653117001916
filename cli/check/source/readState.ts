import * as z from "zod";
import type { ResourceGraph } from "../../../contracts/graph";
import { readEngineFile } from "./engineFile";
import { engineGraph } from "./engineGraph";
import { EngineResource, graphResource } from "./engineResource";
import { engineRoot } from "./engineRoot";

const COMMAND = "pulumi stack export";

const State = z.object({
  version: z.literal(3, "version 3, which every Pulumi CLI since 1.0 writes"),
  deployment: z.object({ resources: z.array(EngineResource).nullish() }),
});

/**
 * Reads an exported stack: what the cloud was last told. Secrets are unknown unless they were exported in clear.
 * @param project folder of the project, which source positions start from
 * @throws CannotRunError `BadState`
 */
export function readState(file: string, project: string): ResourceGraph {
  const { deployment } = readEngineFile(file, "--state", COMMAND, State, "BadState");
  const root = engineRoot(project);
  // What is marked for deletion is on its way out: its successor is in the file too.
  const resources = (deployment.resources ?? []).filter((resource) => !resource.delete);
  return engineGraph(
    resources.map((resource) => graphResource(resource, root)),
    "resolved",
    "BadState",
  );
}
