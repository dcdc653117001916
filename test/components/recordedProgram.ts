import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { recordedOutputs } from "./recordedOutputs";
import { OFFERED } from "./savingsVariants";
import { type BuiltVariant, buildVariants, type VariantName } from "./variants";

/** A resource as it was registered. */
export interface RecordedResource {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  /** URN of the parent, when it has one. */
  readonly parent?: string;
  /** Every input, with policies parsed, and archives and files as `{ archive }` and `{ file }` with their paths from the repository's root. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** What one variant registered, in order, the component first. */
export interface RecordedVariant {
  readonly resources: readonly RecordedResource[];
  /** The component's public outputs; an absent one is not a key. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

const ROOT = path.resolve(__dirname, "../..");

let recorded: Promise<ReadonlyMap<string, RecordedVariant>> | undefined;

/**
 * What a variant registered. Every variant is built under Pulumi's mocks once for all tests: mocks are global, and a
 * second set would take over registrations of the first.
 */
export async function recordedVariant(name: VariantName): Promise<RecordedVariant> {
  const variant = (await recordedVariants()).get(name);
  if (variant === undefined) throw new Error(`variant ${name} was not built`);
  return variant;
}

/** What every variant registered, by the variant's name. */
export function recordedVariants(): Promise<ReadonlyMap<string, RecordedVariant>> {
  recorded ??= withoutStacks(record);
  return recorded;
}

/**
 * The SDK keeps a stack of every promise and of every resource, each looked up in source maps, which takes most of the
 * time that the variants take; nothing here asks for them.
 */
async function withoutStacks<T>(work: () => Promise<T>): Promise<T> {
  const limit = Error.stackTraceLimit;
  Object.assign(pulumi.Resource, { callsites: () => [] });
  Error.stackTraceLimit = 0;
  try {
    return await work();
  } finally {
    Error.stackTraceLimit = limit;
  }
}

async function record(): Promise<ReadonlyMap<string, RecordedVariant>> {
  const inputs = new Map<string, Readonly<Record<string, unknown>>>();
  const mocks: pulumi.runtime.Mocks = {
    newResource: (args) => {
      inputs.set(`${args.type} ${args.name}`, args.inputs);
      return { id: `${args.name}-id`, state: { ...args.inputs, ...recordedOutputs(args.type, args.name) } };
    },
    call: ({ token }) => {
      if (token === "aws:ecr/getAuthorizationToken:getAuthorizationToken")
        return { userName: "AWS", password: "token" };
      if (token === "aws:savingsplans/getOfferings:getOfferings") return OFFERED;
      throw new Error(`the component calls ${token}`);
    },
  };
  await pulumi.runtime.setMocks(mocks, "frugal-ml", "test");
  const built = buildVariants();
  await pulumi.runtime.disconnect();
  const variants = [...built].map(async ([name, variant]) => [name, await readVariant(variant, inputs)] as const);
  return new Map(await Promise.all(variants));
}

async function readVariant(
  { component, registrations }: BuiltVariant,
  inputs: ReadonlyMap<string, Readonly<Record<string, unknown>>>,
): Promise<RecordedVariant> {
  const resources = registrations.map(async ({ type, name, resource, parent }): Promise<RecordedResource> => {
    const given = inputs.get(`${type} ${name}`);
    if (given === undefined) throw new Error(`${type} ${name} was made but never registered`);
    return {
      type,
      name,
      urn: await settled(resource.urn),
      ...(parent !== undefined && { parent: await settled(parent.urn) }),
      inputs: await readable(given),
    };
  });
  const outputs = Object.entries(component).filter(([key, value]) => key !== "urn" && pulumi.Output.isInstance(value));
  const values = outputs.map(async ([key, value]) => [key, await settled(pulumi.output(value))] as const);
  return { resources: await Promise.all(resources), outputs: Object.fromEntries(await Promise.all(values)) };
}

/** An output's value as a promise, so that a test can wait for it, or for its failure. */
export async function settled<T>(output: pulumi.Output<T>): Promise<T> {
  const promise: unknown = Reflect.get(output, "promise");
  if (typeof promise !== "function") throw new Error("this version of Pulumi hides an output's promise");
  return Reflect.apply(promise, output, []);
}

async function readable(inputs: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>> {
  const read: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(inputs)) {
    if (value instanceof pulumi.asset.FileArchive) read[key] = { archive: path.relative(ROOT, await value.path) };
    else if (value instanceof pulumi.asset.FileAsset) read[key] = { file: path.relative(ROOT, await value.path) };
    else
      read[key] =
        /(policy|body|statements|definition)$/i.test(key) && typeof value === "string" ? JSON.parse(value) : value;
  }
  return read;
}
