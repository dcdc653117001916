import { type GraphValue, isGraphObject, isUnknown, reveal, Secret } from "../../contracts/graph";
import { FAMILIES_PUBLISHED } from "../../contracts/instanceFamilyData";
import { acceleratedType, type TypeVerdict } from "./acceleratedType";
import { acceleratedSighting, type Sighting, unknownSighting } from "./acceleratorSighting";

/** Reads one value: what it says of accelerators. */
export type Reading = (value: GraphValue, path: string, secret: boolean) => readonly Sighting[];

/**
 * Names of properties that can ask for an accelerator, in lower case, and how each says so. The name alone decides, in
 * every package and API: `instanceType`, `InstanceType` and `instance_type` never mean something else.
 */
export const READINGS: ReadonlyMap<string, Reading> = new Map<string, Reading>([
  ...each(instanceTypes, [
    "instancetype",
    "instancetypes",
    "allowedinstancetypes",
    "targetinstancetypes",
    "supportedrealtimeinferenceinstancetypes",
    "supportedtransforminstancetypes",
    "masterinstancetype",
    "slaveinstancetype",
    "instancefamily",
  ]),
  ...each(present, [
    "acceleratortype",
    "acceleratortypes",
    "acceleratornames",
    "acceleratormanufacturers",
    "inferenceaccelerators",
    "inferenceacceleratoroverrides",
    "elasticinferenceaccelerators",
    "elasticgpuspecifications",
    "capacityblockofferingid",
  ]),
  ...each(atLeastOne, ["acceleratorcount", "acceleratortotalmemorymib", "numberofacceleratordevicesrequired"]),
  ["resourcerequirements", requirements],
  ...each(devicePlugins, ["limits", "requests"]),
  ["hostpath", deviceFile],
  ...each(environmentType, ["type", "environmenttype", "environmenttypeoverride"]),
  ["workertype", glueWorker],
]);

function each(reading: Reading, names: readonly string[]): readonly (readonly [string, Reading])[] {
  return names.map((name) => [name, reading]);
}

/** One type or a list of them; in a template also an expression, of which every branch may be chosen. */
function instanceTypes(value: GraphValue, path: string, secret: boolean): readonly Sighting[] {
  if (value instanceof Secret) return instanceTypes(value.value, path, true);
  if (isUnknown(value)) return [unknownSighting(path)];
  if (value === null) return [];
  if (typeof value === "string")
    return isExpression(value) ? [byExpression(path)] : named(acceleratedType(value), path, secret);
  if (Array.isArray(value)) {
    return value.flatMap((element: GraphValue, index) => instanceTypes(element, `${path}[${index}]`, secret));
  }
  const branches = isGraphObject(value)
    ? texts(value)
        .filter((text) => text.includes("."))
        .map(acceleratedType)
    : [];
  const families = branches.flatMap((branch) => branch.families);
  return families.length > 0 ? [acceleratedSighting(path, families, secret)] : [byExpression(path)];
}

function named({ accelerated, families }: TypeVerdict, path: string, secret: boolean): readonly Sighting[] {
  if (accelerated === "no") return [];
  if (accelerated === "yes") return [acceleratedSighting(path, families, secret)];
  return [
    unknownSighting(path, `of a family that is not in the data of ${FAMILIES_PUBLISHED}, so it may be accelerated`),
  ];
}

/** JSONata of Step Functions, dynamic references of CloudFormation. */
export function isExpression(value: GraphValue): boolean {
  return typeof value === "string" && /^\s*\{[%{]|\$\{/.test(value);
}

/** That a place cannot be told, since an expression decides when it runs. */
export function byExpression(path: string): Sighting {
  return unknownSighting(path, "decided by an expression when it runs");
}

/** Every text in an expression, for example both branches of `Fn::If`. */
function texts(value: GraphValue): readonly string[] {
  const known = reveal(value);
  if (typeof known === "string") return [known];
  return typeof known === "object" && known !== null && !isUnknown(known) ? Object.values(known).flatMap(texts) : [];
}

function present(value: GraphValue, path: string): readonly Sighting[] {
  const known = reveal(value);
  if (isUnknown(known)) return [unknownSighting(path)];
  const none = known === null || known === undefined || known === "" || (Array.isArray(known) && known.length === 0);
  return none ? [] : [{ status: "fail", path, what: "asks for an accelerator" }];
}

/** A number, or the least of a range. Without a least one, an accelerator is allowed but not asked for. */
function atLeastOne(value: GraphValue, path: string): readonly Sighting[] {
  const known = reveal(value);
  const least = isGraphObject(known) ? reveal(known["min"] ?? known["Min"]) : known;
  return asksFor(least, path);
}

/** Quantities as Batch and ECS (`"1"`), EC2 (1) and Kubernetes (`"1"`) spell them. */
function asksFor(quantity: GraphValue | undefined, path: string): readonly Sighting[] {
  if (isUnknown(quantity)) return [unknownSighting(path)];
  if (typeof quantity === "object" && quantity !== null) return [byExpression(path)];
  if (quantity === undefined || quantity === null || Number(quantity) === 0) return [];
  return [{ status: "fail", path, what: "asks for an accelerator" }];
}

/** Resource requirements of Batch and ECS: `{ type: GPU, value: "1" }`. */
function requirements(value: GraphValue, path: string): readonly Sighting[] {
  const known = reveal(value);
  if (isUnknown(known)) return [unknownSighting(path)];
  if (!Array.isArray(known)) return isGraphObject(known) ? requirement(known, path) : [];
  return known.flatMap((element: GraphValue, index) => requirement(reveal(element), `${path}[${index}]`));
}

function requirement(value: GraphValue | undefined, path: string): readonly Sighting[] {
  if (isUnknown(value)) return [unknownSighting(path)];
  if (!isGraphObject(value)) return [];
  const type = reveal(value["type"] ?? value["Type"]);
  if (isUnknown(type)) return [unknownSighting(`${path}.${"type" in value ? "type" : "Type"}`)];
  return type === "GPU" || type === "InferenceAccelerator"
    ? [{ status: "fail", path, what: "asks for an accelerator" }]
    : [];
}

/** Names under which Kubernetes' device plugins count accelerators. */
const DEVICE_PLUGIN = /^(nvidia\.com\/|amd\.com\/gpu|aws\.amazon\.com\/neuron|habana\.ai\/|xilinx\.com\/fpga)/;

function devicePlugins(value: GraphValue, path: string): readonly Sighting[] {
  const known = reveal(value);
  if (isUnknown(known)) return [unknownSighting(path)];
  if (!isGraphObject(known)) return [];
  return Object.entries(known).flatMap(([name, quantity]) =>
    DEVICE_PLUGIN.test(name) ? asksFor(reveal(quantity), `${path}["${name}"]`) : [],
  );
}

/** A device that a container is given: Inferentia and Trainium have no other sign in a task definition. */
function deviceFile(value: GraphValue, path: string): readonly Sighting[] {
  const known = reveal(value);
  const device = typeof known === "string" && /^\/dev\/(neuron|nvidia|accel|fpga)/.test(known);
  return device ? [{ status: "fail", path, what: "gives a container an accelerator" }] : [];
}

/** Environments of CodeBuild; other services have a `type` too, none of which is named so. */
function environmentType(value: GraphValue, path: string): readonly Sighting[] {
  const known = reveal(value);
  if (isUnknown(known)) return [unknownSighting(path)];
  const gpu = typeof known === "string" && /_GPU_CONTAINER$/.test(known);
  return gpu ? [{ status: "fail", path, what: "a build environment with GPUs" }] : [];
}

/** Workers of Glue: all that AWS documents are CPU (docs.aws.amazon.com/glue/latest/dg/worker-types.html). */
const CPU_WORKER = /^(Standard|G\.\d+X|R\.\d+X|Z\.2X)$/;

function glueWorker(value: GraphValue, path: string): readonly Sighting[] {
  const known = reveal(value);
  if (isUnknown(known) || isGraphObject(known)) return [unknownSighting(path)];
  if (typeof known !== "string" || CPU_WORKER.test(known)) return [];
  return [
    unknownSighting(path, "a worker type that AWS did not document when this was written, so it may be accelerated"),
  ];
}
