/** What a resource that can ask for an accelerator is for. Each is one rule's subject. */
export type AcceleratorUse =
  | "endpoint"
  | "transform"
  | "processing"
  | "notebook"
  | "studio"
  | "ec2"
  | "autoScaling"
  | "cluster"
  | "container"
  | "emr"
  | "glue"
  | "build"
  | "function"
  | "pipeline"
  | "stateMachine"
  | "schedule"
  | "template";

/** Places in resources of one kind. The last name of a path says how the value is read (`READINGS`). */
export interface Places {
  readonly use: AcceleratorUse;
  /** Type tokens of `@pulumi/aws`. */
  readonly types: readonly string[];
  /** The same as CloudFormation names it: in templates, in Cloud Control, and in providers made from its schemas. */
  readonly cloudFormation: readonly string[];
  /** Paths as `@pulumi/aws` spells them; `[*]` is each element of a list. */
  readonly paths: readonly string[];
}

const REQUIREMENTS = [
  "acceleratorCount",
  "acceleratorManufacturers",
  "acceleratorNames",
  "acceleratorTotalMemoryMib",
  "acceleratorTotalMemoryMiB",
  "acceleratorTypes",
  "allowedInstanceTypes",
];

/** An object that names an instance type, or describes the types that may be chosen. */
function launchable(prefix: string): readonly string[] {
  return [`${prefix}instanceType`, ...REQUIREMENTS.map((name) => `${prefix}instanceRequirements.${name}`)];
}

function settings(prefix: string, apps: readonly string[]): readonly string[] {
  return apps.map((app) => `${prefix}.${app}AppSettings.defaultResourceSpec.instanceType`);
}

const SPACE_APPS = ["codeEditor", "jupyterLab", "jupyterServer", "kernelGateway"];
const USER_APPS = [...SPACE_APPS, "rSession", "tensorBoard"];
const CLUSTER_CONFIG = "jobResources.clusterConfig.instanceType";
const TRANSFORM_JOB =
  "validationSpecification.validationProfiles[*].transformJobDefinition.transformResources.instanceType";
const VARIANT = ["instanceType", "acceleratorType", "instancePools[*].instanceType"];
const INFERENCE = ["inferenceSpecification", "additionalInferenceSpecifications[*]"];
const COMPONENT = "computeResourceRequirements.numberOfAcceleratorDevicesRequired";
const SPOT_DATA = "spotFleetRequestConfigData";

/** Every place outside documents in which an accelerator can be asked for, training jobs apart: they may have one. */
export const ACCELERATOR_PLACES: readonly Places[] = [
  row("endpoint", "sagemaker/endpointConfiguration:EndpointConfiguration", "SageMaker::EndpointConfig", [
    ...VARIANT.map((name) => `productionVariants[*].${name}`),
    ...VARIANT.map((name) => `shadowProductionVariants[*].${name}`),
  ]),
  row("endpoint", "sagemaker/algorithm:Algorithm", "SageMaker::Algorithm", [
    "inferenceSpecification.supportedRealtimeInferenceInstanceTypes",
  ]),
  row(
    "endpoint",
    "",
    "SageMaker::ModelPackage",
    INFERENCE.map((at) => `${at}.supportedRealtimeInferenceInstanceTypes`),
  ),
  row("endpoint", "", "SageMaker::InferenceComponent", [
    `specification.${COMPONENT}`,
    `specifications[*].${COMPONENT}`,
    "specifications[*].instanceType",
  ]),
  row("endpoint", "", "SageMaker::InferenceExperiment", [
    "modelVariants[*].infrastructureConfig.realTimeInferenceConfig.instanceType",
  ]),
  row("transform", "sagemaker/algorithm:Algorithm", "SageMaker::Algorithm", [
    "inferenceSpecification.supportedTransformInstanceTypes",
    TRANSFORM_JOB,
  ]),
  row("transform", "", "SageMaker::ModelPackage", [
    ...INFERENCE.map((at) => `${at}.supportedTransformInstanceTypes`),
    TRANSFORM_JOB,
  ]),
  row("transform", "", "SageMaker::TransformJob", ["transformResources.instanceType"]),
  row(
    "processing",
    "sagemaker/dataQualityJobDefinition:DataQualityJobDefinition",
    "SageMaker::DataQualityJobDefinition",
    [CLUSTER_CONFIG],
  ),
  row("processing", "", "SageMaker::ModelBiasJobDefinition", [CLUSTER_CONFIG]),
  row("processing", "", "SageMaker::ModelExplainabilityJobDefinition", [CLUSTER_CONFIG]),
  row("processing", "", "SageMaker::ModelQualityJobDefinition", [CLUSTER_CONFIG]),
  row("processing", "", "SageMaker::ProcessingJob", ["processingResources.clusterConfig.instanceType"]),
  row("processing", "sagemaker/monitoringSchedule:MonitoringSchedule", "SageMaker::MonitoringSchedule", [
    "monitoringScheduleConfig.monitoringJobDefinition.monitoringResources.clusterConfig.instanceType",
  ]),
  // Rules of Debugger run beside the training, as processing jobs of their own.
  row("processing", "sagemaker/trainingJob:TrainingJob", "SageMaker::TrainingJob", [
    "debugRuleConfigurations[*].instanceType",
    "profilerRuleConfigurations[*].instanceType",
  ]),
  row("notebook", "sagemaker/notebookInstance:NotebookInstance", "SageMaker::NotebookInstance", [
    "instanceType",
    "acceleratorTypes",
  ]),
  row("studio", "sagemaker/app:App", "SageMaker::App", ["resourceSpec.instanceType"]),
  row("studio", "sagemaker/domain:Domain", "SageMaker::Domain", [
    ...settings("defaultUserSettings", USER_APPS),
    ...settings("defaultSpaceSettings", SPACE_APPS),
    "domainSettings.rStudioServerProDomainSettings.defaultResourceSpec.instanceType",
  ]),
  row("studio", "sagemaker/userProfile:UserProfile", "SageMaker::UserProfile", settings("userSettings", USER_APPS)),
  row("studio", "sagemaker/space:Space", "SageMaker::Space", settings("spaceSettings", SPACE_APPS)),

  row("ec2", "ec2/instance:Instance", "EC2::Instance", [
    "instanceType",
    "elasticInferenceAccelerators",
    "elasticGpuSpecifications",
  ]),
  row("ec2", "ec2/launchTemplate:LaunchTemplate", "EC2::LaunchTemplate", [
    ...launchable(""),
    ...launchable("launchTemplateData."),
    "launchTemplateData.elasticInferenceAccelerators",
    "launchTemplateData.elasticGpuSpecifications",
  ]),
  row("ec2", "ec2/launchConfiguration:LaunchConfiguration", "AutoScaling::LaunchConfiguration", ["instanceType"]),
  row("ec2", "ec2/fleet:Fleet", "EC2::EC2Fleet", [
    ...launchable("launchTemplateConfigs[*].overrides[*]."),
    "fleetInstanceSets[*].instanceType",
  ]),
  row("ec2", "ec2/spotFleetRequest:SpotFleetRequest", "EC2::SpotFleet", [
    "launchSpecifications[*].instanceType",
    ...launchable("launchTemplateConfigs[*].overrides[*]."),
    ...launchable(`${SPOT_DATA}.launchSpecifications[*].`),
    ...launchable(`${SPOT_DATA}.launchTemplateConfigs[*].overrides[*].`),
  ]),
  row("ec2", "ec2/spotInstanceRequest:SpotInstanceRequest", "", ["instanceType"]),
  row("ec2", "ec2/dedicatedHost:DedicatedHost", "EC2::Host", ["instanceType", "instanceFamily"]),
  row("ec2", "ec2/capacityReservation:CapacityReservation", "EC2::CapacityReservation", ["instanceType"]),
  row("ec2", "", "EC2::CapacityReservationFleet", ["instanceTypeSpecifications[*].instanceType"]),
  // Capacity Blocks are sold for accelerated types only (docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-capacity-blocks.html).
  row("ec2", "ec2/capacityBlockReservation:CapacityBlockReservation", "", ["capacityBlockOfferingId"]),
  row(
    "ec2",
    "imagebuilder/infrastructureConfiguration:InfrastructureConfiguration",
    "ImageBuilder::InfrastructureConfiguration",
    ["instanceTypes"],
  ),
  row("autoScaling", "autoscaling/group:Group", "AutoScaling::AutoScalingGroup", [
    ...launchable("mixedInstancesPolicy.launchTemplate.overrides[*]."),
  ]),
  row("cluster", "batch/computeEnvironment:ComputeEnvironment", "Batch::ComputeEnvironment", [
    "computeResources.instanceTypes",
    "computeResources.launchTemplate.overrides[*].targetInstanceTypes",
    "computeResources.managedInstancesProvider.instanceLaunchTemplate.instanceRequirements.allowedInstanceTypes",
  ]),
  row("cluster", "ecs/capacityProvider:CapacityProvider", "ECS::CapacityProvider", [
    ...launchable("managedInstancesProvider.instanceLaunchTemplate."),
  ]),
  row("cluster", "eks/nodeGroup:NodeGroup", "EKS::Nodegroup", ["instanceTypes"]),
  // Components that their provider takes apart at deployment: nothing else of them is known before.
  component("eks:index:ManagedNodeGroup", ["instanceTypes"]),
  component("eks:index:NodeGroup", ["instanceType"]),
  component("eks:index:NodeGroupV2", ["instanceType"]),
  component("eks:index:Cluster", ["instanceType", "nodeGroupOptions.instanceType"]),
  row("cluster", "", "SageMaker::Cluster", [
    "instanceGroups[*].instanceType",
    "instanceGroups[*].instanceRequirements.instanceTypes",
    "restrictedInstanceGroups[*].instanceType",
  ]),
  row("container", "batch/jobDefinition:JobDefinition", "Batch::JobDefinition", [
    ...["containers", "initContainers"].flatMap((list) =>
      ["limits", "requests"].map((name) => `eksProperties.podProperties.${list}[*].resources.${name}`),
    ),
    "containerProperties.resourceRequirements",
    "containerProperties.instanceType",
    "containerProperties.linuxParameters.devices[*].hostPath",
    "ecsProperties.taskProperties[*].containers[*].resourceRequirements",
    "nodeProperties.nodeRangeProperties[*].container.instanceType",
    "nodeProperties.nodeRangeProperties[*].container.resourceRequirements",
    "nodeProperties.nodeRangeProperties[*].instanceTypes",
    "nodeProperties.nodeRangeProperties[*].ecsProperties.taskProperties[*].containers[*].resourceRequirements",
  ]),
  row("container", "ecs/taskDefinition:TaskDefinition", "ECS::TaskDefinition", [
    "containerDefinitions[*].resourceRequirements",
    "containerDefinitions[*].linuxParameters.devices[*].hostPath",
    "inferenceAccelerators",
  ]),
  row("container", "ecs/daemonTaskDefinition:DaemonTaskDefinition", "", [
    "containerDefinitions[*].linuxParameters.devices[*].hostPath",
  ]),
  row("container", "pipes/pipe:Pipe", "Pipes::Pipe", [
    "targetParameters.batchJobParameters.containerOverrides.instanceType",
    "targetParameters.batchJobParameters.containerOverrides.resourceRequirements",
    "targetParameters.ecsTaskParameters.overrides.containerOverrides[*].resourceRequirements",
    "targetParameters.ecsTaskParameters.overrides.inferenceAcceleratorOverrides",
  ]),
  row("emr", "emr/cluster:Cluster", "EMR::Cluster", [
    ...["master", "core"].flatMap((role) => [
      `${role}InstanceGroup.instanceType`,
      `${role}InstanceFleet.instanceTypeConfigs[*].instanceType`,
    ]),
  ]),
  row("emr", "emr/instanceGroup:InstanceGroup", "EMR::InstanceGroupConfig", ["instanceType"]),
  row("emr", "emr/instanceFleet:InstanceFleet", "EMR::InstanceFleetConfig", ["instanceTypeConfigs[*].instanceType"]),
  row("glue", "glue/job:Job", "Glue::Job", ["workerType"]),
  row("glue", "glue/devEndpoint:DevEndpoint", "Glue::DevEndpoint", ["workerType"]),
  row("glue", "glue/mltransform:MLTransform", "Glue::MLTransform", ["workerType"]),
  row("build", "codebuild/project:Project", "CodeBuild::Project", ["environment.type"]),
  row("build", "codebuild/fleet:Fleet", "CodeBuild::Fleet", ["environmentType", "computeConfiguration.instanceType"]),
  row("function", "lambda/capacityProvider:CapacityProvider", "Lambda::CapacityProvider", [
    "instanceRequirements[*].allowedInstanceTypes",
  ]),
];

/** A component of another provider whose nodes are a cluster's. */
function component(type: string, paths: readonly string[]): Places {
  return { use: "cluster", types: [type], cloudFormation: [], paths };
}

function row(use: AcceleratorUse, type: string, cloudFormation: string, paths: readonly string[]): Places {
  return {
    use,
    types: type === "" ? [] : [`aws:${type}`],
    cloudFormation: cloudFormation === "" ? [] : [`AWS::${cloudFormation}`],
    paths,
  };
}
