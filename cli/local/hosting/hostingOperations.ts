import * as z from "zod";
import type { S3Location } from "../../../contracts/s3Location";
import type { LocalPlane } from "../localPlane";
import { resultPage } from "../sagemaker/resultPage";
import { SageMakerError } from "../sagemaker/sagemakerError";
import type { Operation } from "../sagemaker/sagemakerOperations";
import {
  type AsyncSettings,
  HostedConfiguration,
  type ServerlessSettings,
  type VariantSettings,
} from "./hostedConfiguration";
import { HostedModel, type ModelContainerSettings } from "./hostedModel";
import type { HostedVariant } from "./hostedVariant";
import { LocalEndpoint } from "./localEndpoint";

const Name = z
  .string()
  .max(63)
  .regex(/^[a-zA-Z0-9](-*[a-zA-Z0-9])*$/);

const Listed = z.object({
  SortBy: z.enum(["Name", "CreationTime", "Status"]).default("CreationTime"),
  SortOrder: z.enum(["Ascending", "Descending"]).default("Descending"),
  NextToken: z.string().max(8192).optional(),
  MaxResults: z.int().min(1).max(100).optional(),
  NameContains: z
    .string()
    .max(63)
    .regex(/^[a-zA-Z0-9-]*$/)
    .default(""),
  StatusEquals: z.string().optional(),
});

/** The operations on endpoints that run here, by name. */
export const HOSTING_OPERATIONS: Readonly<Record<string, Operation>> = {
  DescribeEndpoint(input, plane) {
    const { EndpointName } = z.object({ EndpointName: Name }).parse(input);
    const endpoint = plane.all(LocalEndpoint).find(({ settings }) => settings.name === EndpointName);
    if (endpoint === undefined) throw missing(plane, "endpoint", EndpointName);
    const { settings, createdAt, status, variants, shadows } = endpoint;
    return {
      EndpointName,
      EndpointArn: settings.arn,
      EndpointConfigName: settings.configuration.name,
      ProductionVariants: variants.map(variantSummary),
      ...(shadows.length > 0 && { ShadowProductionVariants: shadows.map(variantSummary) }),
      ...(settings.configuration.async && { AsyncInferenceConfig: asyncConfig(settings.configuration.async) }),
      EndpointStatus: status,
      FailureReason: endpoint.failureReason?.slice(0, 1024),
      CreationTime: seconds(createdAt),
      LastModifiedTime: seconds(createdAt),
    };
  },

  DescribeEndpointConfig(input, plane) {
    const { EndpointConfigName } = z.object({ EndpointConfigName: Name }).parse(input);
    const found = plane.all(HostedConfiguration).find(({ name }) => name === EndpointConfigName);
    if (found === undefined) throw missing(plane, "endpoint-config", EndpointConfigName);
    return {
      EndpointConfigName,
      EndpointConfigArn: found.arn,
      ProductionVariants: found.variants.map(configuredVariant),
      ...(found.shadows.length > 0 && { ShadowProductionVariants: found.shadows.map(configuredVariant) }),
      ...(found.async && { AsyncInferenceConfig: asyncConfig(found.async) }),
      CreationTime: seconds(found.createdAt),
    };
  },

  DescribeModel(input, plane) {
    const { ModelName } = z.object({ ModelName: Name }).parse(input);
    const found = plane.all(HostedModel).find(({ settings }) => settings.name === ModelName);
    if (found === undefined) throw missing(plane, "model", ModelName);
    const { arn, roleArn, containers, order } = found.settings;
    const [primary, ...others] = containers.map(describedContainer);
    return {
      ModelName,
      ModelArn: arn,
      ExecutionRoleArn: roleArn,
      ...(others.length === 0
        ? { PrimaryContainer: primary }
        : { Containers: [primary, ...others], InferenceExecutionConfig: { Mode: order } }),
      CreationTime: seconds(found.createdAt),
    };
  },

  ListEndpoints(input, plane) {
    const asked = Listed.parse(input);
    const found = plane.all(LocalEndpoint).filter(({ settings, status }) => {
      return settings.name.includes(asked.NameContains) && (asked.StatusEquals ?? status) === status;
    });
    if (asked.SortBy === "Name") found.sort((a, b) => (a.settings.name < b.settings.name ? -1 : 1));
    if (asked.SortBy === "Status") found.sort((a, b) => (a.status < b.status ? -1 : 1));
    const ordered = asked.SortOrder === "Ascending" ? found : [...found].reverse();
    const { items, more } = resultPage(ordered, ({ settings }) => settings.arn, asked);
    const Endpoints = items.map(({ settings, createdAt, status }) => ({
      EndpointName: settings.name,
      EndpointArn: settings.arn,
      CreationTime: seconds(createdAt),
      LastModifiedTime: seconds(createdAt),
      EndpointStatus: status,
    }));
    return { Endpoints, ...more };
  },
};

function variantSummary({ settings: { variant } }: HostedVariant): object {
  const { variantName, weight, serverless } = variant;
  return {
    VariantName: variantName,
    CurrentWeight: weight,
    DesiredWeight: weight,
    ...(serverless === undefined
      ? { CurrentInstanceCount: 1, DesiredInstanceCount: 1 }
      : { CurrentServerlessConfig: serverlessConfig(serverless) }),
  };
}

function configuredVariant(variant: VariantSettings): object {
  const { variantName, modelName, instanceType, initialInstanceCount, weight, serverless } = variant;
  return {
    VariantName: variantName,
    ModelName: modelName,
    InstanceType: instanceType,
    InitialInstanceCount: initialInstanceCount,
    InitialVariantWeight: weight,
    ...(serverless !== undefined && { ServerlessConfig: serverlessConfig(serverless) }),
  };
}

function serverlessConfig({ memoryMb, maxConcurrency, provisioned }: ServerlessSettings): object {
  return { MemorySizeInMB: memoryMb, MaxConcurrency: maxConcurrency, ProvisionedConcurrency: provisioned };
}

function asyncConfig({ output, failure, successTopic, errorTopic, concurrent }: AsyncSettings): object {
  const uri = ({ bucket, prefix }: S3Location): string => `s3://${bucket}/${prefix}`;
  return {
    ...(concurrent !== undefined && { ClientConfig: { MaxConcurrentInvocationsPerInstance: concurrent } }),
    OutputConfig: {
      S3OutputPath: uri(output),
      ...(failure !== undefined && { S3FailurePath: uri(failure) }),
      ...((successTopic ?? errorTopic) !== undefined && {
        NotificationConfig: { SuccessTopic: successTopic, ErrorTopic: errorTopic },
      }),
    },
  };
}

function describedContainer(container: ModelContainerSettings): object {
  const { hostname, image, mode, modelDataUrl, environment, cachesModels } = container;
  return {
    ContainerHostname: hostname,
    Image: image,
    Mode: mode,
    ModelDataUrl: modelDataUrl,
    Environment: environment,
    ...(mode === "MultiModel" && { MultiModelConfig: { ModelCacheSetting: cachesModels ? "Enabled" : "Disabled" } }),
  };
}

/** As SageMaker says that there is none. */
function missing({ cloud }: LocalPlane, kind: string, name: string): SageMakerError {
  const arn = `arn:${cloud.partition}:sagemaker:${cloud.region}:${cloud.accountId}:${kind}/${name.toLowerCase()}`;
  const what = kind === "endpoint-config" ? "endpoint configuration" : kind;
  return new SageMakerError("ValidationException", `Could not find ${what} "${arn}".`);
}

/** Times are seconds since the epoch in this protocol. */
function seconds(time: Date): number {
  return time.getTime() / 1000;
}
