import type { GraphValue } from "../../contracts/graph";
import { scan, scanBesideTraining } from "./acceleratorScan";
import type { Sighting } from "./acceleratorSighting";

/** An accelerator that a document asks for, and whether a tag may allow it. */
export interface DocumentSighting extends Sighting {
  /** Where the tags of what starts stand; absent where the work's role is in its type, so that no tag allows it. */
  readonly tagged?: GraphValue;
}

/** An API call as Step Functions and Scheduler name it, for example `arn:aws:states:::sagemaker:createTransformJob.sync`. */
const CALL = /^arn:[\w-]+:(?:states|scheduler):::(?:aws-sdk:)?([\w-]+):(\w+)/;

/** Services whose calls carry no role: what they start may train. */
const WITHOUT_ROLE: readonly string[] = [
  "ec2",
  "autoscaling",
  "batch",
  "ecs",
  "eks",
  "elasticmapreduce",
  "emr",
  "emr-containers",
  "emrcontainers",
];

/** Services whose calls say what they start. */
const WITH_ROLE: readonly string[] = ["sagemaker", "glue", "codebuild"];

/** Calls that only ask or end something: an instance type in them is what they look for. */
const STARTS_NOTHING = /^(describe|list|get|batchGet|search|delete|deregister|stop|terminate)(?=[A-Z])/i;

/** Accelerators in a call of an AWS API; none when it is no such call, or one that starts no instances. */
export function callAccelerators(
  resource: string,
  parameters: GraphValue,
  path: string,
  secret: boolean,
): readonly DocumentSighting[] {
  const [, service = "", action = ""] = CALL.exec(resource) ?? [];
  const name = service.toLowerCase();
  if (STARTS_NOTHING.test(action)) return [];
  if (name === "sagemaker" && /^createTrainingJob$/i.test(action)) return scanBesideTraining(parameters, path, secret);
  if (name === "sagemaker" && /^createHyperParameterTuningJob$/i.test(action)) return [];
  const keepsInstances = name === "lambda" && /CapacityProvider$/i.test(action);
  if (keepsInstances || WITH_ROLE.includes(name)) return scan(parameters, path, secret);
  return WITHOUT_ROLE.includes(name) ? byTag(scan(parameters, path, secret), parameters) : [];
}

/** Sightings that a tag may allow: one at the work itself, or one at the resource that holds the document. */
export function byTag(sightings: readonly Sighting[], tagged: GraphValue): readonly DocumentSighting[] {
  return sightings.map((sighting) => ({ ...sighting, tagged }));
}
