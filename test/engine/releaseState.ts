import { readFileSync, writeFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { runtime } from "@pulumi/pulumi";
import * as z from "zod";
import type { LiveResource } from "./liveResources";

const Values = z.record(z.string(), z.unknown());

const Resource = z.looseObject({
  urn: z.string(),
  custom: z.boolean().optional(),
  type: z.string(),
  id: z.string().optional(),
  inputs: Values.optional(),
  outputs: Values.optional(),
});

const State = z.object({
  version: z.number(),
  deployment: z.looseObject({ manifest: z.looseObject({}), resources: z.array(Resource).readonly() }),
});

/** A stack's exported state. */
export type ReleaseState = z.infer<typeof State>;

/** What a state says that differs from run to run, or that the next update works out anew. */
const PASSING = ["created", "modified", "propertyDependencies", "sourcePosition", "stackTrace"];

/** Types that hold what nothing in a program can make again, or whose name others have written down. */
const HOLDS_DATA = [
  "aws:s3/bucket:Bucket",
  "aws:ecr/repository:Repository",
  "aws:sqs/queue:Queue",
  "aws:cloudwatch/logGroup:LogGroup",
];

/**
 * Reads a state that was kept.
 * @throws z.ZodError when it is none
 */
export function readState(file: string): ReleaseState {
  const { version, deployment } = parseState(readFileSync(file, "utf8"));
  const resources = deployment.resources.map((resource) => ({
    ...resource,
    ...(resource.custom && { outputs: { ...visible(resource.inputs), ...resource.outputs } }),
  }));
  return { version, deployment: { ...deployment, resources } };
}

/** @throws z.ZodError when it is no exported state */
export function parseState(text: string): ReleaseState {
  return State.parse(JSON.parse(text));
}

/**
 * Keeps a state for later releases: a resource on a line, without what differs from run to run, what the inputs say
 * already, and where archives were.
 * @throws Error when it has a secret, which is encrypted for one stack alone
 */
export function keepState(file: string, { version, deployment }: ReleaseState): void {
  if (JSON.stringify(deployment.resources).includes(runtime.specialSecretSig)) {
    throw new Error("a state that is kept must have no secret: no other stack can read it");
  }
  const lines = deployment.resources.map((resource) => {
    const inputs = visible(resource.inputs);
    const outputs = Object.entries(resource.outputs ?? {}).filter(
      ([key, value]) => !resource.custom || !isDeepStrictEqual(value, inputs[key]),
    );
    const kept = Object.entries({ ...resource, outputs: Object.fromEntries(outputs) });
    const line = JSON.stringify(Object.fromEntries(kept.filter(([key]) => !PASSING.includes(key))));
    return `      ${line.replaceAll(/"[^"]*\/(dist\/functions\/[^"/]+\.zip)"/g, '"$1"')}`;
  });
  const manifest = JSON.stringify({ ...deployment.manifest, time: "2000-01-01T00:00:00Z" });
  writeFileSync(
    file,
    `{\n  "version": ${version},\n  "deployment": {\n    "manifest": ${manifest},\n    "resources": [\n${lines.join(",\n")}\n    ]\n  }\n}\n`,
  );
}

/** Inputs without what the engine notes among them. */
function visible(inputs: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(inputs).filter(([key]) => !key.startsWith("__")));
}

/** The state's resources as an account has them. */
export function accountOf({ deployment }: ReleaseState): readonly LiveResource[] {
  return deployment.resources.flatMap(({ urn, custom, type, id, inputs = {}, outputs = {} }) =>
    custom && type.startsWith("aws:") && id !== undefined ? [{ urn, type, id, inputs, outputs }] : [],
  );
}

/** Versions of the AWS provider that the state needs. */
export function awsVersions({ deployment }: ReleaseState): readonly string[] {
  const providers = deployment.resources.filter(({ type }) => type === "pulumi:providers:aws");
  return providers.map(({ inputs }) => z.string().parse(inputs?.["version"]));
}

/** Resources that hold data, among those of an account. */
export function withData(resources: readonly LiveResource[]): readonly LiveResource[] {
  return resources.filter(({ type }) => HOLDS_DATA.includes(type));
}
