import { createHash } from "node:crypto";
import { physicalName } from "../identify";
import type { Identity, LocalCloud, Registration } from "../resourceKind";

/** What SageMaker names a thing of hosting in its ARN. */
export type HostingResource = "model" | "endpoint-config" | "endpoint";

/** ARN of a model, a configuration or an endpoint; SageMaker writes names in lower case there. */
export function hostingArn({ partition, region, accountId }: LocalCloud, kind: HostingResource, name: string): string {
  return `arn:${partition}:sagemaker:${region}:${accountId}:${kind}/${name.toLowerCase()}`;
}

/** Name, id and ARN as the provider gives them; to a prefix it adds what is unique to the resource. */
export function hostingIdentity(registration: Registration, cloud: LocalCloud, kind: HostingResource): Identity {
  const prefix = registration.inputs["namePrefix"];
  const unique = createHash("sha256").update(registration.urn).digest("hex").slice(0, 12);
  const given = typeof prefix === "string" && registration.inputs["name"] === undefined;
  const name = given ? `${prefix}${unique}` : physicalName(registration, "name");
  return { id: name, outputs: { name, arn: hostingArn(cloud, kind, name) } };
}
