import type { GraphValue } from "../../contracts/graph";
import type { Identity, LocalCloud, Registration, ResourceKind } from "./resourceKind";

/** Services whose ARNs name no Region. */
const GLOBAL_SERVICES = new Set(["iam", "cloudfront", "route53"]);

/**
 * The id and outputs that the provider would answer with, but the same at every run: the given name, or else the
 * resource's own.
 */
export function identify(registration: Registration, cloud: LocalCloud, kind: ResourceKind | undefined): Identity {
  const { id, outputs } = kind?.identify?.(registration, cloud) ?? generic(registration, cloud);
  return { id, outputs: { ...registration.inputs, ...outputs } };
}

/** Physical name of a resource: the first of the given inputs that is set, or the resource's own name. */
export function physicalName(registration: Registration, ...properties: readonly string[]): string {
  const given = properties.map((property) => registration.inputs[property]).find(isText);
  return given ?? registration.name;
}

function isText(value: GraphValue | undefined): value is string {
  return typeof value === "string" && value !== "";
}

function generic(registration: Registration, cloud: LocalCloud): Identity {
  const id = physicalName(registration, "name");
  const [, module = "", token = ""] = registration.type.split(":");
  const service = module.split("/")[0] ?? "";
  const region = GLOBAL_SERVICES.has(service) ? "" : cloud.region;
  const arn = `arn:${cloud.partition}:${service}:${region}:${cloud.accountId}:${token.toLowerCase()}/${id}`;
  return { id, outputs: { arn, name: id } };
}
