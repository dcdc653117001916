import type { GraphObject, GraphResource } from "../../contracts/graph";
import { declared } from "./declared";

/** An endpoint configuration of one variant on instances; tests change one thing at a time. */
export function configuration(variant: GraphObject = {}, change: GraphObject = {}): GraphResource {
  const productionVariants = [
    { variantName: "all", modelName: "model", instanceType: "ml.m5.xlarge", initialInstanceCount: 1, ...variant },
  ];
  const inputs = { kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/1", productionVariants, ...change };
  return declared("aws:sagemaker/endpointConfiguration:EndpointConfiguration", "config", inputs);
}

/** An endpoint of a configuration. */
export function endpoint(config: GraphResource, change: GraphObject = {}): GraphResource {
  const on = { dependencies: [config.urn], propertyDependencies: { endpointConfigName: [config.urn] } };
  return declared(
    "aws:sagemaker/endpoint:Endpoint",
    "endpoint",
    { name: "shop", endpointConfigName: "c", ...change },
    on,
  );
}

/** What scales a variant of the endpoint `shop`. */
export function scalingTarget(change: GraphObject = {}): GraphResource {
  return declared("aws:appautoscaling/target:Target", "target", {
    serviceNamespace: "sagemaker",
    scalableDimension: "sagemaker:variant:DesiredInstanceCount",
    resourceId: "endpoint/shop/variant/all",
    minCapacity: 1,
    maxCapacity: 4,
    ...change,
  });
}
