import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { CheckedContainersEndpointArgs } from "./checkedContainersEndpointArgs";
import { makeEndpointAlarms, memoryAlarm, servingAlarms } from "./endpointAlarms";
import type { EndpointArgs } from "./endpointArgs";
import { endpointRole } from "./endpointRole";
import { endpointScaling } from "./endpointScaling";
import { hostedEndpoint } from "./hostedEndpoint";
import { type ContainerOrder, hostedModel, modelContainer } from "./hostedModel";
import { onlyVariant } from "./hostedVariant";
import { type SteadyUsage, steadyHosting } from "./steadyUsage";

/** What callers and plans need of an endpoint of several containers. */
export interface ContainersEndpoint {
  readonly endpointName: pulumi.Output<string>;
  readonly endpointArn: pulumi.Output<string>;
  readonly roleArn: pulumi.Output<string>;
  readonly containerNames: pulumi.Output<string[]>;
  readonly steadyUsage: pulumi.Output<SteadyUsage>;
}

/** An endpoint whose instances have several containers each, with all that stands around it. */
export function containersEndpoint(
  name: string,
  { alarms, alarmTopics = [] }: EndpointArgs,
  { endpoint: shared, containers }: CheckedContainersEndpointArgs,
  order: ContainerOrder,
  parent: pulumi.Resource,
): ContainersEndpoint {
  const { vpc, networkIsolation, tags } = shared;
  const watch = { topics: alarmTopics, tags };
  const rollbackAlarms: aws.cloudwatch.MetricAlarm[] = alarms
    ? makeEndpointAlarms(name, servingAlarms(name, shared), watch, parent)
    : [];
  const { role, needed, place } = endpointRole(
    name,
    shared,
    {
      images: containers.map(({ source }) => source.image),
      reads: containers.map(({ source }) => source.modelDataUrl),
      rollbackAlarms,
    },
    parent,
  );
  const model = hostedModel(
    `${name}-model`,
    {
      role,
      needed,
      containers: containers.map(({ hostname, source }) => ({
        containerHostname: hostname,
        ...modelContainer(source, place),
      })),
      order,
      vpc,
      networkIsolation,
      tags,
    },
    parent,
  );
  if (alarms) makeEndpointAlarms(name, [memoryAlarm(name, shared)], watch, parent);
  const variants = [onlyVariant(model, shared)];
  const endpoint = hostedEndpoint(name, shared, { variants, rollbackAlarms, needed }, parent);
  endpointScaling(name, shared, endpoint, parent);
  return {
    endpointName: endpoint.name,
    endpointArn: endpoint.arn,
    roleArn: role.arn,
    containerNames: pulumi.output(containers.map(({ hostname }) => hostname)),
    steadyUsage: pulumi.output(steadyHosting(shared.instanceType, shared.minInstances, shared.savingsPlan)),
  };
}
