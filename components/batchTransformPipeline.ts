import { EXECUTION, joined, parameter } from "./fleetParameters";
import { RETRY_POLICIES } from "./fleetSteps";
import { hasLocalStorage } from "./instanceTypes";

/** Name of the one step. */
export const TRANSFORM_STEP = "Transform";

/** Parameters of the pipeline, none with a default. */
export const TransformParameter = {
  ModelName: "ModelName",
  InputUri: "InputUri",
  OutputUri: "OutputUri",
  KmsKeyArn: "KmsKeyArn",
} as const;

/** What the pipeline is made from; all of it is known at preview. */
export interface TransformSubject {
  readonly splitType: string;
  readonly assembleWith: string;
  readonly batchStrategy: string | undefined;
  readonly gzip: boolean;
  readonly contentType: string | undefined;
  readonly accept: string | undefined;
  readonly inputFilter: string | undefined;
  readonly outputFilter: string | undefined;
  readonly joinInput: boolean;
  readonly maxConcurrentTransforms: number;
  readonly maxPayloadMb: number;
  readonly invocationTimeoutSeconds: number;
  readonly invocationRetries: number;
  readonly instanceType: string;
  readonly instanceCount: number;
  readonly hasKey: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/** Names of the pipeline's parameters: none may be left out when a run starts, and none given that is not here. */
export function transformParameters({ hasKey }: Pick<TransformSubject, "hasKey">): readonly string[] {
  const { ModelName, InputUri, OutputUri, KmsKeyArn } = TransformParameter;
  return [ModelName, InputUri, OutputUri, ...(hasKey ? [KmsKeyArn] : [])];
}

/**
 * The definition of the pipeline as JSON: one step, whose arguments are CreateTransformJob's
 * (aws-sagemaker-mlops.github.io/sagemaker-model-building-pipeline-definition-JSON-schema). The model's name and the addresses are parameters: one
 * unknown in a JSON text makes all of it unknown, and then no preview could show what an edit changes.
 */
export function transformPipelineDefinition(subject: TransformSubject): string {
  return JSON.stringify({
    Version: "2020-12-01",
    Metadata: {},
    Parameters: transformParameters(subject).map((Name) => ({ Name, Type: "String" })),
    Steps: [
      {
        Name: TRANSFORM_STEP,
        Type: "Transform",
        Arguments: transformArguments(subject),
        RetryPolicies: RETRY_POLICIES,
      },
    ],
  });
}

function transformArguments(subject: TransformSubject): Readonly<Record<string, unknown>> {
  const { splitType, assembleWith, batchStrategy, contentType, accept, hasKey, instanceType } = subject;
  const key = parameter(TransformParameter.KmsKeyArn);
  return {
    ModelName: parameter(TransformParameter.ModelName),
    MaxConcurrentTransforms: subject.maxConcurrentTransforms,
    MaxPayloadInMB: subject.maxPayloadMb,
    ...(batchStrategy !== undefined && { BatchStrategy: batchStrategy }),
    ModelClientConfig: {
      InvocationsTimeoutInSeconds: subject.invocationTimeoutSeconds,
      InvocationsMaxRetries: subject.invocationRetries,
    },
    TransformInput: {
      DataSource: { S3DataSource: { S3DataType: "S3Prefix", S3Uri: parameter(TransformParameter.InputUri) } },
      ...(contentType !== undefined && { ContentType: contentType }),
      CompressionType: subject.gzip ? "Gzip" : "None",
      SplitType: splitType,
    },
    TransformOutput: {
      S3OutputPath: joined(parameter(TransformParameter.OutputUri), EXECUTION, "/"),
      ...(accept !== undefined && { Accept: accept }),
      AssembleWith: assembleWith,
      ...(hasKey && { KmsKeyId: key }),
    },
    TransformResources: {
      InstanceType: instanceType,
      InstanceCount: subject.instanceCount,
      // Storage of its own is encrypted by the instance; SageMaker refuses a key for it.
      ...(hasKey && !hasLocalStorage(instanceType) && { VolumeKmsKeyId: key }),
    },
    ...dataProcessing(subject),
    Tags: Object.entries(subject.tags).map(([Key, Value]) => ({ Key, Value })),
  };
}

/** docs.aws.amazon.com/sagemaker/latest/dg/batch-transform-data-processing.html */
function dataProcessing({ inputFilter, outputFilter, joinInput }: TransformSubject): object {
  if (inputFilter === undefined && outputFilter === undefined && !joinInput) return {};
  return {
    DataProcessing: {
      ...(inputFilter !== undefined && { InputFilter: inputFilter }),
      ...(outputFilter !== undefined && { OutputFilter: outputFilter }),
      JoinSource: joinInput ? "Input" : "None",
    },
  };
}
