import { GraphInputs } from "../graphInputs";
import { physicalName } from "../identify";
import { LocalPlaneError } from "../localPlaneError";
import type { ResourceKind } from "../resourceKind";
import { LocalPipeline } from "../sagemaker/localPipeline";
import { SageMakerError } from "../sagemaker/sagemakerError";
import { createSageMakerHandler, SAGEMAKER_TARGET } from "../sagemaker/sagemakerHandler";

/** A pipeline of SageMaker: its steps are processes of this machine, from StartPipelineExecution on. */
export const kind: ResourceKind = {
  types: ["aws:sagemaker/pipeline:Pipeline"],

  identify(registration, { partition, region, accountId }) {
    const pipelineName = physicalName(registration, "pipelineName");
    const arn = `arn:${partition}:sagemaker:${region}:${accountId}:pipeline/${pipelineName.toLowerCase()}`;
    return { id: pipelineName, outputs: { pipelineName, arn } };
  },

  async start(resource, plane) {
    const inputs = GraphInputs.of(resource);
    const { arn, pipelineName: name } = GraphInputs.ofOutputs(resource).pick("arn", "pipelineName");
    try {
      const pipeline = new LocalPipeline({
        plane,
        name,
        arn,
        definition: inputs.requiredText("pipelineDefinition"),
        roleArn: inputs.text("roleArn"),
        displayName: inputs.text("pipelineDisplayName"),
        description: inputs.text("pipelineDescription"),
      });
      // By ARN alone: a function may have the same name.
      plane.register(pipeline, arn);
      plane.protocol(SAGEMAKER_TARGET, createSageMakerHandler(plane));
    } catch (cause) {
      if (!(cause instanceof SageMakerError)) throw cause;
      throw new LocalPlaneError("UnusableInput", `${resource.name}: ${cause.message}`, { cause });
    }
  },
};
