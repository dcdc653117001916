import { existsSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import type { ResourceGraph } from "../../contracts/graph";
import { EXCEPTIONS_FILE } from "../check/exceptions/exceptionsFile";
import type { RunPackOptions } from "../check/runPack";
import { repositoryOf } from "../graph/sourceLocation";
import { chooseStack } from "./chooseStack";
import type { GraphSource } from "./graphSource";

/** A graph, and what a check needs to know of where it comes from. */
export interface CheckedGraph {
  readonly graph: ResourceGraph;
  /** Configuration of the stack, where it is known. */
  readonly stackConfig?: RunPackOptions["stackConfig"];
  /** Path of the project file in its repository, with forward slashes. */
  readonly projectFile: string;
  /** Exceptions file beside the project file, where there is one. */
  readonly exceptions?: string;
}

/**
 * Reads the graph that a command is about. Only what the source needs is loaded: a state or preview needs neither the
 * SDK's protocol nor the program.
 * @throws CannotRunError whatever keeps the source from being read
 */
export async function readGraph(source: GraphSource): Promise<CheckedGraph> {
  if (source.kind === "state") {
    const { readState } = await import("../check/source/readState.js");
    return { graph: readState(source.file, "."), ...projectOf(".") };
  }
  if (source.kind === "preview") {
    const { readPreview } = await import("../check/source/readPreview.js");
    return { graph: readPreview(source.file, "."), ...projectOf(".") };
  }
  const { readProject } = await import("../graph/project.js");
  const { captureGraph } = await import("../graph/captureGraph.js");
  const { readStackConfig } = await import("../graph/stackConfig.js");
  const project = readProject(source.folder);
  const stack = chooseStack(project, source.stack);
  const graph = await captureGraph({ program: source.folder, stack, mode: "preview" });
  return { graph, stackConfig: readStackConfig(project, graph.stack), ...projectOf(project.root) };
}

function projectOf(folder: string): Pick<CheckedGraph, "projectFile" | "exceptions"> {
  const root = resolve(folder);
  const exceptions = join(root, EXCEPTIONS_FILE);
  return {
    projectFile: relative(repositoryOf(root), join(root, "Pulumi.yaml")).split(sep).join("/"),
    ...(existsSync(exceptions) && { exceptions }),
  };
}
