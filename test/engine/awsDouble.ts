import { createHash } from "node:crypto";
import type * as provider from "@pulumi/pulumi/provider";
import { ACCOUNT, type AwsKind, knownKind, plainArn, plainKind, REGION } from "./awsKinds";
import type { DeclaredInputs } from "./declaredInputs";
import type { LiveResources } from "./liveResources";
import { comparableInput, isRecord, isUnknownInput } from "./wireInput";

/** Digits that the provider appends to names it makes. */
const SUFFIX_LENGTH = 7;

/** How a run of the double goes. */
export interface AwsDoubleOptions {
  readonly version: string;
  readonly declared: DeclaredInputs;
  readonly live: LiveResources;
  /** Creating the first resource whose URN contains this fails, once in the account's life. */
  readonly failCreate?: string;
}

/**
 * A double of the AWS provider at the real engine. It makes nothing, but is as strict as the provider: inputs that
 * are not declared are refused, names are made as the provider makes them and no longer than AWS allows, documented
 * changes replace, and what exists already cannot be made again.
 */
export class AwsDouble implements provider.Provider {
  readonly version: string;
  readonly schema: string;

  constructor(private readonly options: AwsDoubleOptions) {
    this.version = options.version;
    this.schema = JSON.stringify({ name: "aws", version: options.version, resources: {}, functions: {} });
  }

  async check(urn: string, olds: unknown, news: unknown): Promise<provider.CheckResult> {
    const type = typeOf(urn);
    const inputs = { ...record(news) };
    const failures = [...this.options.declared.problems(type, inputs)];
    const { name } = this.#kind(type);
    if (name !== undefined) {
      const given = inputs[name.property];
      const named = given ?? this.#madeName(urn, name.property, record(olds), inputs);
      inputs[name.property] = named;
      if (given === undefined) inputs["__defaults"] = [name.property];
      if (typeof named === "string" && !isUnknownInput(named)) {
        const { shortest = 1, longest } = name;
        if (named.length < shortest || named.length > longest) {
          failures.push({ property: name.property, reason: `${named} must have ${shortest} to ${longest} characters` });
        }
      }
    }
    for (const { property, reason } of failures) {
      this.options.live.record({ call: "refused", type, urn, reason: `${property}: ${reason}` });
    }
    return { inputs, failures };
  }

  async diff(id: string, urn: string, _olds: unknown, news: unknown): Promise<provider.DiffResult> {
    const type = typeOf(urn);
    const { replacedBy } = this.#kind(type);
    const inputs = record(news);
    const changed = changedKeys(this.options.live.get(type, id).inputs, inputs);
    // A preview does not know what an updated resource gives on, since the SDK's server has no previews of updates; the
    // provider has them, and its identities stay. What really changes shows at the update.
    const known = changed.filter((key) => !isUnknownInput(inputs[key]));
    const replaces = known.filter((key) =>
      replacedBy === "all" ? key !== "tags" && key !== "tagsAll" : replacedBy.includes(key),
    );
    return { changes: changed.length > 0, replaces, deleteBeforeReplace: false };
  }

  async create(urn: string, given: unknown): Promise<provider.CreateResult> {
    const { live, failCreate } = this.options;
    const type = typeOf(urn);
    if (failCreate !== undefined && urn.includes(failCreate) && live.nextNumber(`fail ${failCreate}`) === 0) {
      live.record({ call: "refused", type, urn, reason: "simulated failure" });
      throw new Error(`simulated failure of ${urn}`);
    }
    const kind = this.#kind(type);
    const inputs = record(given);
    const name = kind.name === undefined ? this.#suffixed(urn, `${nameOf(urn)}-`) : String(inputs[kind.name.property]);
    const made = { name, inputs };
    const id = kind.id?.(made) ?? name;
    const outputs = {
      ...inputs,
      ...(kind.outputs === undefined ? { arn: plainArn(type, name) } : kind.outputs(made)),
      region: REGION,
    };
    live.add({ urn, type, id, inputs, outputs });
    live.record({ call: "create", type, urn, id });
    return { id, outs: outputs };
  }

  async update(id: string, urn: string, _olds: unknown, news: unknown): Promise<provider.UpdateResult> {
    const type = typeOf(urn);
    const inputs = record(news);
    const before = this.options.live.get(type, id);
    const outputs = { ...before.outputs, ...inputs };
    this.options.live.change({ urn, type, id, inputs, outputs });
    this.options.live.record({ call: "update", type, urn, id, changed: changedKeys(before.inputs, inputs) });
    return { outs: outputs };
  }

  async read(id: string, urn: string): Promise<provider.ReadResult> {
    const type = typeOf(urn);
    this.options.live.record({ call: "read", type, urn, id });
    const { inputs, outputs } = this.options.live.get(type, id);
    return { id, props: outputs, inputs };
  }

  async delete(id: string, urn: string): Promise<void> {
    this.options.live.remove(typeOf(urn), id);
    this.options.live.record({ call: "delete", type: typeOf(urn), urn, id });
  }

  /** Only what needs no account to be answered. */
  async invoke(token: string): Promise<provider.InvokeResult> {
    this.options.live.record({ call: "invoke", type: token });
    switch (token) {
      case "aws:index/getCallerIdentity:getCallerIdentity":
        return { outputs: { id: ACCOUNT, accountId: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:root`, userId: ACCOUNT } };
      case "aws:index/getPartition:getPartition":
        return {
          outputs: { id: "aws", partition: "aws", dnsSuffix: "amazonaws.com", reverseDnsPrefix: "com.amazonaws" },
        };
      case "aws:index/getRegion:getRegion":
        return { outputs: { id: REGION, name: REGION, region: REGION } };
      default:
        throw new Error(`the double does not answer ${token}`);
    }
  }

  #kind(type: string): AwsKind {
    return knownKind(type) ?? plainKind(this.options.declared.isOptional(type, "name"));
  }

  /** The name of an earlier run, or a new one, as the provider makes them: by prefix, or by the resource's own name. */
  #madeName(
    urn: string,
    property: string,
    olds: Readonly<Record<string, unknown>>,
    inputs: Readonly<Record<string, unknown>>,
  ): unknown {
    const defaults = olds["__defaults"];
    if (Array.isArray(defaults) && defaults.includes(property)) return olds[property];
    const prefix = inputs[`${property}Prefix`];
    const begin = typeof prefix === "string" ? prefix : `${nameOf(urn)}-`;
    return this.#suffixed(urn, property === "bucket" ? begin.toLowerCase() : begin);
  }

  /** Digits that no earlier one of this URN had, and that are the same in every account of the double. */
  #suffixed(urn: string, begin: string): string {
    const number = this.options.live.nextNumber(`name ${urn}`);
    return `${begin}${createHash("sha256").update(`${urn} ${number}`).digest("hex").slice(0, SUFFIX_LENGTH)}`;
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

function changedKeys(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (key) => !key.startsWith("__") && comparableInput(before[key]) !== comparableInput(after[key]),
  );
}

function typeOf(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}
