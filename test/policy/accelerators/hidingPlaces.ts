/**
 * Every place in `@pulumi/aws` 7.48 where an instance type or an accelerator can be asked for, read from the provider's
 * types and not from the rules: rule, type token, the same in CloudFormation, and paths.
 */
export interface HidingPlaces {
  readonly rule: string;
  readonly type: string;
  /** Absent where CloudFormation has no such resource, or another shape of it. */
  readonly cloudFormation?: string;
  readonly paths: readonly string[];
}

const spec = (root: string, apps: string): string[] =>
  apps.split(" ").map((app) => `${root}.${app}AppSettings.defaultResourceSpec.instanceType`);

const required = (root: string): string[] => [
  `${root}acceleratorCount`,
  `${root}acceleratorManufacturers`,
  `${root}acceleratorNames`,
  `${root}acceleratorTotalMemoryMib`,
  `${root}acceleratorTypes`,
  `${root}allowedInstanceTypes`,
];

const FOUR = "codeEditor jupyterLab jupyterServer kernelGateway";

export const HIDING_PLACES: readonly HidingPlaces[] = [
  {
    rule: "accelerator-endpoint",
    type: "aws:sagemaker/endpointConfiguration:EndpointConfiguration",
    cloudFormation: "AWS::SageMaker::EndpointConfig",
    paths: [
      "productionVariants[*].instanceType",
      "productionVariants[*].acceleratorType",
      "shadowProductionVariants[*].instanceType",
      "shadowProductionVariants[*].acceleratorType",
    ],
  },
  {
    rule: "accelerator-endpoint",
    type: "aws:sagemaker/algorithm:Algorithm",
    cloudFormation: "AWS::SageMaker::Algorithm",
    paths: ["inferenceSpecification.supportedRealtimeInferenceInstanceTypes"],
  },
  {
    rule: "accelerator-transform",
    type: "aws:sagemaker/algorithm:Algorithm",
    cloudFormation: "AWS::SageMaker::Algorithm",
    paths: [
      "inferenceSpecification.supportedTransformInstanceTypes",
      "validationSpecification.validationProfiles.transformJobDefinition.transformResources.instanceType",
    ],
  },
  {
    rule: "accelerator-processing",
    type: "aws:sagemaker/dataQualityJobDefinition:DataQualityJobDefinition",
    cloudFormation: "AWS::SageMaker::DataQualityJobDefinition",
    paths: ["jobResources.clusterConfig.instanceType"],
  },
  {
    rule: "accelerator-processing",
    type: "aws:sagemaker/monitoringSchedule:MonitoringSchedule",
    cloudFormation: "AWS::SageMaker::MonitoringSchedule",
    paths: ["monitoringScheduleConfig.monitoringJobDefinition.monitoringResources.clusterConfig.instanceType"],
  },
  {
    rule: "accelerator-processing",
    type: "aws:sagemaker/trainingJob:TrainingJob",
    cloudFormation: "AWS::SageMaker::TrainingJob",
    paths: ["debugRuleConfigurations[*].instanceType", "profilerRuleConfigurations[*].instanceType"],
  },
  {
    rule: "accelerator-notebook",
    type: "aws:sagemaker/notebookInstance:NotebookInstance",
    cloudFormation: "AWS::SageMaker::NotebookInstance",
    paths: ["instanceType"],
  },
  {
    rule: "accelerator-studio",
    type: "aws:sagemaker/app:App",
    cloudFormation: "AWS::SageMaker::App",
    paths: ["resourceSpec.instanceType"],
  },
  {
    rule: "accelerator-studio",
    type: "aws:sagemaker/domain:Domain",
    cloudFormation: "AWS::SageMaker::Domain",
    paths: [
      ...spec("defaultUserSettings", `${FOUR} rSession tensorBoard`),
      ...spec("defaultSpaceSettings", "jupyterLab jupyterServer kernelGateway"),
      "domainSettings.rStudioServerProDomainSettings.defaultResourceSpec.instanceType",
    ],
  },
  {
    rule: "accelerator-studio",
    type: "aws:sagemaker/userProfile:UserProfile",
    cloudFormation: "AWS::SageMaker::UserProfile",
    paths: spec("userSettings", `${FOUR} rSession tensorBoard`),
  },
  {
    rule: "accelerator-studio",
    type: "aws:sagemaker/space:Space",
    cloudFormation: "AWS::SageMaker::Space",
    paths: spec("spaceSettings", FOUR),
  },
  {
    rule: "accelerator-ec2",
    type: "aws:ec2/instance:Instance",
    cloudFormation: "AWS::EC2::Instance",
    paths: ["instanceType"],
  },
  {
    rule: "accelerator-ec2",
    type: "aws:ec2/launchTemplate:LaunchTemplate",
    cloudFormation: "AWS::EC2::LaunchTemplate",
    paths: ["instanceType", ...required("instanceRequirements.")],
  },
  {
    rule: "accelerator-ec2",
    type: "aws:ec2/launchConfiguration:LaunchConfiguration",
    cloudFormation: "AWS::AutoScaling::LaunchConfiguration",
    paths: ["instanceType"],
  },
  {
    rule: "accelerator-ec2",
    type: "aws:ec2/fleet:Fleet",
    cloudFormation: "AWS::EC2::EC2Fleet",
    paths: [
      "fleetInstanceSets[*].instanceType",
      "launchTemplateConfigs[*].overrides[*].instanceType",
      ...required("launchTemplateConfigs[*].overrides[*].instanceRequirements."),
    ],
  },
  {
    rule: "accelerator-ec2",
    type: "aws:ec2/spotFleetRequest:SpotFleetRequest",
    cloudFormation: "AWS::EC2::SpotFleet",
    paths: [
      "launchSpecifications[*].instanceType",
      "launchTemplateConfigs[*].overrides[*].instanceType",
      ...required("launchTemplateConfigs[*].overrides[*].instanceRequirements."),
    ],
  },
  {
    rule: "accelerator-ec2",
    type: "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
    paths: ["instanceType"],
  },
  {
    rule: "accelerator-ec2",
    type: "aws:ec2/dedicatedHost:DedicatedHost",
    cloudFormation: "AWS::EC2::Host",
    paths: ["instanceType", "instanceFamily"],
  },
  {
    rule: "accelerator-ec2",
    type: "aws:ec2/capacityReservation:CapacityReservation",
    cloudFormation: "AWS::EC2::CapacityReservation",
    paths: ["instanceType"],
  },
  {
    rule: "accelerator-ec2",
    type: "aws:ec2/capacityBlockReservation:CapacityBlockReservation",
    paths: ["capacityBlockOfferingId"],
  },
  {
    rule: "accelerator-ec2",
    type: "aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration",
    cloudFormation: "AWS::ImageBuilder::InfrastructureConfiguration",
    paths: ["instanceTypes"],
  },
  {
    rule: "accelerator-auto-scaling",
    type: "aws:autoscaling/group:Group",
    cloudFormation: "AWS::AutoScaling::AutoScalingGroup",
    paths: [
      "mixedInstancesPolicy.launchTemplate.overrides[*].instanceType",
      ...required("mixedInstancesPolicy.launchTemplate.overrides[*].instanceRequirements."),
    ],
  },
  {
    rule: "accelerator-cluster",
    type: "aws:batch/computeEnvironment:ComputeEnvironment",
    cloudFormation: "AWS::Batch::ComputeEnvironment",
    paths: ["computeResources.instanceTypes"],
  },
  {
    rule: "accelerator-cluster",
    type: "aws:ecs/capacityProvider:CapacityProvider",
    cloudFormation: "AWS::ECS::CapacityProvider",
    paths: required("managedInstancesProvider.instanceLaunchTemplate.instanceRequirements."),
  },
  {
    rule: "accelerator-cluster",
    type: "aws:eks/nodeGroup:NodeGroup",
    cloudFormation: "AWS::EKS::Nodegroup",
    paths: ["instanceTypes"],
  },
  {
    rule: "accelerator-container",
    type: "aws:batch/jobDefinition:JobDefinition",
    cloudFormation: "AWS::Batch::JobDefinition",
    paths: [
      "eksProperties.podProperties.containers[*].resources.limits",
      "eksProperties.podProperties.containers[*].resources.requests",
      "eksProperties.podProperties.initContainers[*].resources.limits",
      "eksProperties.podProperties.initContainers[*].resources.requests",
    ],
  },
  {
    rule: "accelerator-container",
    type: "aws:ecs/daemonTaskDefinition:DaemonTaskDefinition",
    paths: ["containerDefinitions[*].linuxParameters.devices[*].hostPath"],
  },
  {
    rule: "accelerator-container",
    type: "aws:pipes/pipe:Pipe",
    cloudFormation: "AWS::Pipes::Pipe",
    paths: [
      "targetParameters.batchJobParameters.containerOverrides.instanceType",
      "targetParameters.batchJobParameters.containerOverrides.resourceRequirements",
      "targetParameters.ecsTaskParameters.overrides.containerOverrides[*].resourceRequirements",
      "targetParameters.ecsTaskParameters.overrides.inferenceAcceleratorOverrides",
    ],
  },
  {
    rule: "accelerator-emr",
    type: "aws:emr/cluster:Cluster",
    cloudFormation: "AWS::EMR::Cluster",
    paths: [
      "masterInstanceGroup.instanceType",
      "coreInstanceGroup.instanceType",
      "masterInstanceFleet.instanceTypeConfigs[*].instanceType",
      "coreInstanceFleet.instanceTypeConfigs[*].instanceType",
    ],
  },
  {
    rule: "accelerator-emr",
    type: "aws:emr/instanceGroup:InstanceGroup",
    cloudFormation: "AWS::EMR::InstanceGroupConfig",
    paths: ["instanceType"],
  },
  {
    rule: "accelerator-emr",
    type: "aws:emr/instanceFleet:InstanceFleet",
    cloudFormation: "AWS::EMR::InstanceFleetConfig",
    paths: ["instanceTypeConfigs[*].instanceType"],
  },
  {
    rule: "accelerator-build",
    type: "aws:codebuild/project:Project",
    cloudFormation: "AWS::CodeBuild::Project",
    paths: ["environment.type"],
  },
  {
    rule: "accelerator-build",
    type: "aws:codebuild/fleet:Fleet",
    cloudFormation: "AWS::CodeBuild::Fleet",
    paths: ["environmentType", "computeConfiguration.instanceType"],
  },
  {
    rule: "accelerator-function",
    type: "aws:lambda/capacityProvider:CapacityProvider",
    cloudFormation: "AWS::Lambda::CapacityProvider",
    paths: ["instanceRequirements[*].allowedInstanceTypes"],
  },
];

/** Glue has no accelerated worker to be found: its places can only be unknown. */
export const WORKER_PLACES: readonly HidingPlaces[] = [
  { rule: "accelerator-glue", type: "aws:glue/job:Job", paths: ["workerType"] },
  { rule: "accelerator-glue", type: "aws:glue/devEndpoint:DevEndpoint", paths: ["workerType"] },
  { rule: "accelerator-glue", type: "aws:glue/mltransform:MLTransform", paths: ["workerType"] },
];

/** Places that train, and may have any accelerator. */
export const TRAINING_PLACES: readonly { readonly type: string; readonly paths: readonly string[] }[] = [
  {
    type: "aws:sagemaker/trainingJob:TrainingJob",
    paths: ["resourceConfig.instanceType", "resourceConfig.instanceGroups[*].instanceType"],
  },
  {
    type: "aws:sagemaker/hyperParameterTuningJob:HyperParameterTuningJob",
    paths: ["trainingJobDefinition", "trainingJobDefinitions[*]"].flatMap((root) => [
      `${root}.resourceConfig.instanceType`,
      `${root}.resourceConfig.instanceGroups[*].instanceType`,
      `${root}.hyperParameterTuningResourceConfig.instanceType`,
      `${root}.hyperParameterTuningResourceConfig.instanceConfigs[*].instanceType`,
    ]),
  },
  {
    type: "aws:sagemaker/algorithm:Algorithm",
    paths: [
      "trainingSpecification.supportedTrainingInstanceTypes",
      "validationSpecification.validationProfiles.trainingJobDefinition.resourceConfig.instanceType",
      "validationSpecification.validationProfiles.trainingJobDefinition.resourceConfig.instanceGroups[*].instanceType",
    ],
  },
];
