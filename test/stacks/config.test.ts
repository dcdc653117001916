import { deepEqual, equal, ok } from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { parse } from "yaml";
import * as z from "zod";
import { parseConfig, type StackConfig } from "../../stacks/config";
import { sourceArguments } from "../compiled/sourceArguments";

const STACKS = path.resolve(__dirname, "../../stacks");
const StackFile = z.strictObject({ config: z.record(z.string(), z.unknown()) });

/** A stack file's own values by key, without the project's name. */
function stackValues(stack: string): Record<string, unknown> {
  const { config } = StackFile.parse(parse(readFileSync(path.join(STACKS, `Pulumi.${stack}.yaml`), "utf8")));
  const own = Object.entries(config).filter(([key]) => key.startsWith("frugal-ml:"));
  return Object.fromEntries(own.map(([key, value]) => [key.slice("frugal-ml:".length), value]));
}

function stackConfig(stack: string): StackConfig {
  return parseConfig(stackValues(stack), stack);
}

describe("stack configuration", () => {
  it("is valid in every stack file", () => {
    const files = readdirSync(STACKS).filter((file) => file.endsWith(".yaml"));
    deepEqual(files.sort(), ["Pulumi.dev.yaml", "Pulumi.local.yaml", "Pulumi.prod.yaml"]);
    for (const stack of ["dev", "local", "prod"]) equal(stackConfig(stack).environment, stack);
  });

  it("differs between dev and prod as real environments do", () => {
    const { images: dev, fleet: devFleet, endpoint: devHost, classifier: devApi, ...devStack } = stackConfig("dev");
    const {
      images: prod,
      fleet: prodFleet,
      endpoint: prodHost,
      classifier: prodApi,
      ...prodStack
    } = stackConfig("prod");
    deepEqual([devStack.protect, prodStack.protect], [false, true]);
    deepEqual([dev.forceDestroy, prod.forceDestroy], [true, false]);
    deepEqual([dev.alarms, prod.alarms], [false, true]);
    ok((dev.memorySize ?? Infinity) < (prod.memorySize ?? 0));
    ok((dev.timeout ?? Infinity) < (prod.timeout ?? 0));
    ok((dev.logRetentionDays ?? Infinity) < (prod.logRetentionDays ?? 0));
    ok(devStack.costCenter !== prodStack.costCenter);
    deepEqual([devFleet.schedule, prodFleet.schedule], [undefined, "cron(0 2 * * ? *)"]);
    deepEqual([devFleet.alarms, prodFleet.alarms], [false, true]);
    deepEqual([devFleet.forceDestroy, prodFleet.forceDestroy], [true, false]);
    ok(devFleet.instanceCount < prodFleet.instanceCount);
    deepEqual([devHost.alarms, prodHost.alarms], [undefined, true]);
    deepEqual([devHost.forceDestroy, prodHost.forceDestroy], [true, false]);
    deepEqual([devHost.minInstances, devHost.maxInstances], [undefined, 1]);
    deepEqual([prodHost.minInstances, prodHost.maxInstances], [2, 6]);
    deepEqual([devApi.alarms, prodApi.alarms], [undefined, true]);
    deepEqual([devApi.forceDestroy, prodApi.forceDestroy], [true, false]);
    deepEqual([devApi.provisionedConcurrency, prodApi.provisionedConcurrency], [undefined, 0]);
    ok(devApi.memorySize < prodApi.memorySize);
    ok((devApi.throttleRate ?? Infinity) < (prodApi.throttleRate ?? 0));
    deepEqual(
      [devHost.savingsPlan, prodHost.savingsPlan],
      [undefined, { term: "1yr", payment: "no-upfront", share: 0.8 }],
    );
  });

  it("runs every delivery on a laptop, and those that every account has in accounts that may be new", () => {
    deepEqual(stackConfig("local").images.deliveries, ["function-url", "object-lambda", "materialized"]);
    for (const stack of ["dev", "prod"]) {
      deepEqual(stackConfig(stack).images.deliveries, ["function-url", "materialized"]);
    }
  });

  it("is read as the engine passes it: texts, with the keys of secrets beside them", async () => {
    const { images, fleet, endpoint, classifier, newcomers, savings, ...stack } = stackConfig("dev");
    const values = {
      "aws:region": "us-east-1",
      "frugal-ml:environment": stack.environment,
      "frugal-ml:costCenter": "4711",
      "frugal-ml:protect": "false",
      "frugal-ml:images": JSON.stringify(images),
      "frugal-ml:fleet": JSON.stringify(fleet),
      "frugal-ml:endpoint": JSON.stringify(endpoint),
      "frugal-ml:classifier": JSON.stringify(classifier),
      "frugal-ml:newcomers": JSON.stringify(newcomers),
      "frugal-ml:savings": JSON.stringify(savings),
    };
    const wrong = { ...values, "frugal-ml:protect": "hush!", "frugal-ml:x": "1" };
    deepEqual(await Promise.all([printedConfig(values), printedConfig(wrong, ["frugal-ml:protect"])]), [
      { ...stack, costCenter: "4711", images, fleet, endpoint, classifier, newcomers, savings },
      {
        refused:
          "configuration of stack dev has 2 problems:\n" +
          "  - protect: given [secret]; allowed: true or false\n" +
          "  - x: given 1; allowed: only the keys environment, costCenter, protect, images, fleet, endpoint, classifier, newcomers, savings",
      },
    ]);
  });
});

/** What a program of this stack reads, in a process of its own as the language host starts it. */
async function printedConfig(values: Record<string, string>, secretKeys: readonly string[] = []): Promise<unknown> {
  const script = path.join(__dirname, "fixtures", "printConfig.ts");
  const env = {
    ...process.env,
    PULUMI_NODEJS_PROJECT: "frugal-ml",
    PULUMI_NODEJS_STACK: "dev",
    PULUMI_CONFIG: JSON.stringify(values),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(secretKeys),
  };
  const { stdout } = await promisify(execFile)(process.execPath, [...sourceArguments(), script], { env });
  return JSON.parse(stdout);
}
