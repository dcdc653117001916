import { PipelineParameter } from "../contracts/fleetLayout";

/** A value of the definition that is known only when a run starts. */
export interface PipelineVariable {
  readonly Get: string;
}

/** A value of the definition: known, or put together from what is known when a run starts. */
export type PipelineText =
  | string
  | PipelineVariable
  | { readonly "Std:Join": { readonly On: ""; readonly Values: readonly (string | PipelineVariable)[] } };

/** What a fleet's pipeline is made from; all of it is known at preview. */
export interface FleetPipelineSubject {
  readonly fleet: string;
  readonly split: boolean;
  /** Names of the further channels, in the order of their parameters. */
  readonly channels: readonly string[];
  readonly shardChannels: boolean;
  readonly instanceType: string;
  readonly instanceCount: number;
  readonly processingInstanceType: string;
  readonly volumeSizeGb: number;
  readonly spot: boolean;
  readonly maxRuntimeSeconds: number;
  readonly maxWaitSeconds: number;
  readonly hasKey: boolean;
  /** How many subnets and security groups there are; undefined outside a VPC. */
  readonly vpc: { readonly subnets: number; readonly securityGroups: number } | undefined;
  readonly networkIsolation: boolean;
  readonly retainVersions: number;
  readonly modelOptions: string;
  readonly modelModule: string | undefined;
  readonly hyperparameters: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

/** Names of the parameters that there are several of. Numbered: names of channels may have characters that names of parameters may not. */
export const numberedParameter = {
  channelUri: (index: number) => `ChannelUri${index}`,
  subnetId: (index: number) => `SubnetId${index}`,
  securityGroupId: (index: number) => `SecurityGroupId${index}`,
};

/** A parameter's value. */
export function parameter(name: string): PipelineVariable {
  return { Get: `Parameters.${name}` };
}

/** Id of the execution, which is the version that it makes. */
export const EXECUTION: PipelineVariable = { Get: "Execution.PipelineExecutionId" };

/** Texts and variables one after another. */
export function joined(...values: readonly (string | PipelineVariable)[]): PipelineText {
  return { "Std:Join": { On: "", Values: values } };
}

/** Every parameter of the pipeline. None may be left out when a run starts, and none given that is not here. */
export function parameterNames({ split, channels, hasKey, vpc }: FleetPipelineSubject): readonly string[] {
  const numbered = (count: number, nameOf: (index: number) => string) =>
    Array.from({ length: count }, (_, i) => nameOf(i));
  return [
    PipelineParameter.RoleArn,
    PipelineParameter.ImageUri,
    ...(split ? [PipelineParameter.DataUri] : []),
    PipelineParameter.FleetUri,
    ...(hasKey ? [PipelineParameter.KmsKeyArn] : []),
    ...numbered(channels.length, numberedParameter.channelUri),
    ...numbered(vpc?.subnets ?? 0, numberedParameter.subnetId),
    ...numbered(vpc?.securityGroups ?? 0, numberedParameter.securityGroupId),
  ];
}
