import type * as pulumi from "@pulumi/pulumi";
import type { HostedContainerArgs } from "./containersArgs";
import type { EndpointArgs } from "./endpointArgs";

/** One step of an inference pipeline. */
export interface PipelineContainerArgs extends HostedContainerArgs {
  /** Whether this container answers with the model that `TargetModel` names below `modelPrefixUrl`; of one container at most. Defaults to false. */
  multiModel?: boolean;
  /** `s3://` address that `TargetModel` is joined to, ending with `/`; only with `multiModel`, instead of `modelDataUrl`. Defaults to none. */
  modelPrefixUrl?: pulumi.Input<string>;
}

/** Arguments of an InferencePipelineEndpoint. */
export interface InferencePipelineEndpointArgs extends EndpointArgs {
  /**
   * Containers, 2 to 15, in the order in which a request passes through them: each is asked what the one before answered. All share the
   * instances' memory, and each image must have the label `com.amazonaws.sagemaker.capabilities.accept-bind-to-port=true`.
   */
  containers: PipelineContainerArgs[];
}
