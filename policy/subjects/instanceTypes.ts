import { type GraphValue, isGraphObject, isUnknown, reveal } from "../../contracts/graph";
import type { RuleResource } from "../../contracts/rule";
import { type InstanceType, instanceTypeIn } from "./instanceType";
import { jsonValue } from "./jsonValue";

/** Type tokens of what names instance types, in its inputs or in JSON among them. */
export const INSTANCE_TYPE_USERS = [
  "aws:autoscaling/group:Group",
  "aws:batch/computeEnvironment:ComputeEnvironment",
  "aws:ec2/fleet:Fleet",
  "aws:ec2/instance:Instance",
  "aws:ec2/launchConfiguration:LaunchConfiguration",
  "aws:ec2/launchTemplate:LaunchTemplate",
  "aws:ec2/spotFleetRequest:SpotFleetRequest",
  "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
  "aws:eks/nodeGroup:NodeGroup",
  "aws:emr/cluster:Cluster",
  "aws:emr/instanceFleet:InstanceFleet",
  "aws:emr/instanceGroup:InstanceGroup",
  "aws:sagemaker/app:App",
  "aws:sagemaker/dataQualityJobDefinition:DataQualityJobDefinition",
  "aws:sagemaker/domain:Domain",
  "aws:sagemaker/endpointConfiguration:EndpointConfiguration",
  "aws:sagemaker/hyperParameterTuningJob:HyperParameterTuningJob",
  "aws:sagemaker/monitoringSchedule:MonitoringSchedule",
  "aws:sagemaker/notebookInstance:NotebookInstance",
  "aws:sagemaker/pipeline:Pipeline",
  "aws:sagemaker/space:Space",
  "aws:sagemaker/trainingJob:TrainingJob",
  "aws:sagemaker/userProfile:UserProfile",
  "aws-native:batch:ComputeEnvironment",
  "aws-native:ec2:Instance",
  "aws-native:ec2:LaunchTemplate",
  "aws-native:eks:Nodegroup",
  "aws-native:sagemaker:App",
  "aws-native:sagemaker:Domain",
  "aws-native:sagemaker:EndpointConfig",
  "aws-native:sagemaker:NotebookInstance",
  "aws-native:sagemaker:Pipeline",
  "aws-native:sagemaker:UserProfile",
] as const;

/** An instance type that a resource names, and where. */
export interface NamedInstanceType {
  readonly path: string;
  /** Undefined when it is not known yet. */
  readonly type: InstanceType | undefined;
}

/** Every instance type that is named under a property called so, at any depth and inside JSON texts. */
export function instanceTypesOf({ inputs }: RuleResource): readonly NamedInstanceType[] {
  return Object.entries(inputs).flatMap(([key, value]) => named(value, key, key));
}

function named(given: GraphValue, key: string, path: string): readonly NamedInstanceType[] {
  const value = reveal(given);
  const isPlace = /instanceTypes?$/i.test(key);
  if (isUnknown(value)) return isPlace ? [{ path, type: undefined }] : [];
  if (typeof value === "string") {
    const type = isPlace ? instanceTypeIn(value) : undefined;
    if (isPlace) return type ? [{ path, type }] : [];
    return value.startsWith("{") ? inJson(value, path) : [];
  }
  if (Array.isArray(value))
    return value.flatMap((element: GraphValue, index) => named(element, key, `${path}[${index}]`));
  if (!isGraphObject(value)) return [];
  return Object.entries(value).flatMap(([name, below]) => named(below, name, `${path}.${name}`));
}

function inJson(text: string, path: string): readonly NamedInstanceType[] {
  const value = jsonValue(text);
  return isGraphObject(value) ? named(value, "", path) : [];
}
