import type { GraphResource } from "../../../contracts/graph";
import { numberAt, textAt } from "../../quotas/graphInput";
import { type ChargeOrNot, GB } from "../charge";
import type { PricedStack } from "../pricedStack";
import { Range } from "../range";
import { lambdaFunction } from "./lambdaFunction";
import type { PricedKind } from "./pricedKind";

const FUNCTION = "aws:lambda/function:Function";

/** Days of a month, as 730 hours have them. */
const DAYS_PER_MONTH = 730 / 24;

/** A log group: what is written, and what is kept in the steady state that its retention leads to. */
export const logGroup: PricedKind = {
  types: ["aws:cloudwatch/logGroup:LogGroup"],
  charges(resource, stack): readonly ChargeOrNot[] {
    const { logs } = stack.usage;
    const gb = stack.quantity(resource, "gb", written(resource, stack));
    const infrequent = textAt(resource.inputs, "logGroupClass") === "INFREQUENT_ACCESS";
    const days = resource.inputs["retentionInDays"] === undefined ? 0 : numberAt(resource.inputs, "retentionInDays");
    const months = days ? Range.exactly(days).over(DAYS_PER_MONTH) : logs.foreverMonths;
    const service = "AmazonCloudWatch";
    return [
      {
        what: "log written",
        service,
        usageType: infrequent ? "DataProcessingIA-Bytes" : "DataProcessing-Bytes",
        quantity: gb,
        basis: "per-use",
      },
      {
        what: "log kept",
        service,
        usageType: "TimedStorage-ByteHrs",
        quantity: gb.times(months).times(logs.keptShare),
        basis: "per-use",
      },
    ];
  },
};

/** GB written in a month: by the functions that name the group, or an endpoint's container, or nobody in particular. */
function written(resource: GraphResource, stack: PricedStack): Range {
  const { logs } = stack.usage;
  const named = /^\/aws\/lambda\/(.+)$/.exec(textAt(resource.inputs, "name") ?? "")?.[1];
  const linked = stack.dependents(resource, FUNCTION, "loggingConfig");
  // A function that names no group writes to the one that has its name.
  const functions =
    linked.length > 0 || named === undefined
      ? linked
      : stack.resources.filter(
          ({ type, id, inputs }) => type === FUNCTION && [id, textAt(inputs, "name")].includes(named),
        );
  if (functions.length > 0) {
    const requests = functions.flatMap((lambda) =>
      lambdaFunction
        .charges(lambda, stack)
        .flatMap((charge) => ("quantity" in charge && charge.what === "requests" ? [charge.quantity] : [])),
    );
    return Range.sum(requests).times(logs.bytesPerRequest).over(GB);
  }
  if (/^\/aws\/sagemaker\/Endpoints\//.test(textAt(resource.inputs, "name") ?? ""))
    return stack.forecasts.times(logs.bytesPerRequest).fromZero().over(GB);
  return logs.gbPerMonth;
}
