import * as z from "zod";
import { CannotRunError } from "../../../contracts/cannotRunError";
import type { ResourceGraph } from "../../../contracts/graph";
import { readEngineFile } from "./engineFile";
import { engineGraph } from "./engineGraph";
import { EngineResource, graphResource } from "./engineResource";
import { engineRoot } from "./engineRoot";

const COMMAND = "pulumi preview --json --show-sames";

/** Operations after which a resource is gone (pulumi `sdk/go/common/apitype/history.go`, OpType). */
const GONE: ReadonlySet<string> = new Set([
  "delete",
  "delete-replaced",
  "read-discard",
  "discard-replaced",
  "remove-pending-replace",
]);

const Preview = z.object({
  steps: z.array(z.object({ op: z.string(), urn: z.string(), newState: EngineResource.nullish() })),
  changeSummary: z.record(z.string(), z.number()).nullish(),
});

/**
 * Reads a preview: what the cloud would be told. What it does not know yet is unknown, and so is every secret.
 * @param project folder of the project, which source positions start from
 * @throws CannotRunError `BadPreview`, or `PreviewIncomplete` when unchanged resources were left out of it
 */
export function readPreview(file: string, project: string): ResourceGraph {
  const { steps, changeSummary } = readEngineFile(file, "--preview", COMMAND, Preview, "BadPreview");
  const unchanged = steps.filter(({ op }) => op === "same").length;
  const left = (changeSummary?.["same"] ?? 0) - unchanged;
  if (left > 0) {
    throw new CannotRunError(
      "PreviewIncomplete",
      `--preview ${file} leaves out ${left} unchanged resources, which rules need to see; make it with \`${COMMAND}\``,
    );
  }
  const root = engineRoot(project);
  const resources = steps.flatMap(({ op, newState }) =>
    newState && !GONE.has(op) ? [graphResource(newState, root)] : [],
  );
  return engineGraph(resources, "preview", "BadPreview");
}
