import type { HostedContainerArgs } from "./containersArgs";
import type { EndpointArgs } from "./endpointArgs";

/** Arguments of a MultiContainerEndpoint. */
export interface MultiContainerEndpointArgs extends EndpointArgs {
  /**
   * Containers, 2 to 15: callers name one by `TargetContainerHostname`. All share the instances' memory, and each image must have the
   * label `com.amazonaws.sagemaker.capabilities.accept-bind-to-port=true`.
   */
  containers: HostedContainerArgs[];
}
