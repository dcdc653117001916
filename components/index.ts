export { Delivery } from "../contracts/delivery";
export { Framework } from "../contracts/frameworkImages";
export type { ModuleResult, ModuleTransform } from "../contracts/moduleTransformation";
export { Channels, Fit, Format, Icc, OnBadImage, Orientation } from "../contracts/transformation";
export { AsyncEndpoint } from "./asyncEndpoint";
export type { AsyncEndpointArgs } from "./asyncEndpointArgs";
export { BatchTransform } from "./batchTransform";
export { AssembleWith, BatchStrategy, type BatchTransformArgs, SplitType } from "./batchTransformArgs";
export { ClassifierApi } from "./classifierApi";
export {
  ApiAuthorization,
  ApiFront,
  type ClassifierApiArgs,
  type ClassifierInputArgs,
  type ClassifierLimitArgs,
  type ClassifierStreamArgs,
  StreamResults,
} from "./classifierApiArgs";
export { ContainerImage } from "./containerImage";
export type { ContainerImageArgs } from "./containerImageArgs";
export type { HostedContainerArgs } from "./containersArgs";
export type { CostAllocationArgs } from "./costAllocation";
export type { EndpointAlarmArgs, EndpointArgs, EndpointVpcArgs, InstancesArgs, ServedArgs } from "./endpointArgs";
export type { VpcArgs } from "./functionNetwork";
export { InferencePipelineEndpoint } from "./inferencePipelineEndpoint";
export type { InferencePipelineEndpointArgs, PipelineContainerArgs } from "./inferencePipelineEndpointArgs";
export { imagePlatform } from "./instanceTypes";
export type { ModelSourceArgs } from "./modelSourceArgs";
export { MultiContainerEndpoint } from "./multiContainerEndpoint";
export type { MultiContainerEndpointArgs } from "./multiContainerEndpointArgs";
export { MultiModelEndpoint } from "./multiModelEndpoint";
export type { ModelCacheAlarmArgs, MultiModelEndpointArgs } from "./multiModelEndpointArgs";
export { NormalizingAccessPoint } from "./normalizingAccessPoint";
export type { AlarmThresholdArgs, NormalizingAccessPointArgs, TransformationArgs } from "./normalizingAccessPointArgs";
export { PooledModel } from "./pooledModel";
export type { PooledModelArgs } from "./pooledModelArgs";
export { RealTimeEndpoint } from "./realTimeEndpoint";
export type { RealTimeEndpointArgs, RealTimeVariantArgs, ShadowVariantArgs } from "./realTimeEndpointArgs";
export type { SavingsPlanArgs } from "./savingsPlanArgs";
export { SavingsPlanCoverage } from "./savingsPlanCoverage";
export type { SavingsPlanCoverageArgs } from "./savingsPlanCoverageArgs";
export type { SavingsPlanPurchaseArgs } from "./savingsPlanPurchase";
export { ServerlessEndpoint } from "./serverlessEndpoint";
export type { ServerlessEndpointArgs } from "./serverlessEndpointArgs";
export type { SteadyUsage } from "./steadyUsage";
export { type TenantInvokePolicyArgs, tenantInvokePolicy } from "./tenantInvokePolicy";
export { TrainingFleet } from "./trainingFleet";
export type { FleetCompletenessArgs, FleetVpcArgs, TrainingFleetArgs } from "./trainingFleetArgs";
