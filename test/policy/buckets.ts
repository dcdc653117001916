import type { GraphObject, GraphResource, GraphValue } from "../../contracts/graph";
import { declared } from "./declared";

/** A bucket that says nothing of itself. */
export function bucket(inputs: GraphObject = {}): GraphResource {
  return declared("aws:s3/bucket:Bucket", "bucket", inputs);
}

/** What configures that bucket: by its name when one is given, and otherwise as a dependency. */
function configurer(type: string, inputs: GraphObject, name: string | undefined): GraphResource {
  const on = name === undefined ? [bucket().urn] : [];
  return declared(type, "configurer", { ...inputs, bucket: name ?? null }, { propertyDependencies: { bucket: on } });
}

/** Lifecycle rules of that bucket. */
export function lifecycle(rules: GraphValue, name?: string): GraphResource {
  return configurer("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", { rules }, name);
}

/** Whether that bucket keeps versions. */
export function versioning(status: GraphValue, name?: string): GraphResource {
  const type = "aws:s3/bucketVersioning:BucketVersioning";
  return configurer(type, { versioningConfiguration: { status } }, name);
}
