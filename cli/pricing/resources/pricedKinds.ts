import { alarm } from "./alarm";
import { api } from "./api";
import { bucket } from "./bucket";
import { componentMetrics } from "./componentMetrics";
import { compositeAlarm } from "./compositeAlarm";
import { dashboard } from "./dashboard";
import { distribution } from "./distribution";
import { endpoint } from "./endpoint";
import { key } from "./key";
import { lambdaFunction } from "./lambdaFunction";
import { logGroup } from "./logGroup";
import { natGateway } from "./natGateway";
import { notebook } from "./notebook";
import { objectLambda } from "./objectLambda";
import { pipeline } from "./pipeline";
import type { PricedKind } from "./pricedKind";
import { provisionedConcurrency } from "./provisionedConcurrency";
import { publicAddress } from "./publicAddress";
import { queue } from "./queue";
import { repository } from "./repository";
import { schedule } from "./schedule";
import { secret } from "./secret";
import { topic } from "./topic";
import { vpcEndpoint } from "./vpcEndpoint";

/** Every kind of resource that has a price. */
export const PRICED_KINDS: readonly PricedKind[] = [
  alarm,
  api,
  bucket,
  componentMetrics,
  compositeAlarm,
  dashboard,
  distribution,
  endpoint,
  key,
  lambdaFunction,
  logGroup,
  natGateway,
  notebook,
  objectLambda,
  pipeline,
  provisionedConcurrency,
  publicAddress,
  queue,
  repository,
  schedule,
  secret,
  topic,
  vpcEndpoint,
];
