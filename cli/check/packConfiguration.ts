import { ConfigureAnalyzerRequest, PolicyConfig } from "@pulumi/pulumi/proto/analyzer_pb.js";
import { z } from "zod";
import { InvalidInputError, type Problem, printGiven } from "../../contracts/problems";
import type { Enforcement } from "../../contracts/rule";
import { enforcementOf, type PolicyConfiguration } from "../../policy/configuration";
import { isWireObject, toStruct, type WireObject } from "../graph/wireValue";
import { type PackPolicy, writeLevel } from "./packPolicy";

/** What a configuration file holds is JSON, of which the types only know that it is not known. */
const JSON_OBJECT = z.record(z.string(), z.json());

/** One policy with its level and parameters settled. */
export interface SettledPolicy {
  readonly policy: PackPolicy;
  readonly enforcement: Enforcement;
  readonly parameters: WireObject;
}

/**
 * Settles a pack's configuration as the engine does: the schemas' defaults, over them what the pack configures itself,
 * over it what is given.
 * @throws InvalidInputError with every parameter that a policy's schema refuses
 */
export function settlePolicies(
  policies: readonly PackPolicy[],
  configuration: PolicyConfiguration,
): readonly SettledPolicy[] {
  const settled = policies.map((policy) => ({
    policy,
    enforcement: enforcementOf(configuration, policy.rule.id, policy.enforcement),
    parameters: { ...defaults(policy), ...policy.initial, ...givenParameters(policy, configuration) },
  }));
  const problems = settled.flatMap(({ policy, parameters }) => {
    const isConfigured = Object.keys(givenParameters(policy, configuration)).length > 0;
    return parameterProblems(policy, parameters, isConfigured);
  });
  if (problems.length > 0) throw new InvalidInputError("policy configuration", problems);
  return settled;
}

/** The settled configuration as a message. */
export function configureRequest(settled: readonly SettledPolicy[]): ConfigureAnalyzerRequest {
  const request = new ConfigureAnalyzerRequest();
  for (const { policy, enforcement, parameters } of settled) {
    const config = new PolicyConfig().setEnforcementlevel(writeLevel(enforcement)).setProperties(toStruct(parameters));
    request.getPolicyconfigMap().set(policy.rule.id, config);
  }
  return request;
}

function defaults({ parameters }: PackPolicy): WireObject {
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([name, schema]) => {
      const value = isWireObject(schema) ? schema["default"] : undefined;
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

function givenParameters({ rule }: PackPolicy, configuration: PolicyConfiguration): WireObject {
  return JSON_OBJECT.parse(configuration[rule.id]?.parameters ?? {});
}

/** A schema in words that zod does not know is no obstacle as long as nobody configures the policy. */
function parameterProblems(policy: PackPolicy, parameters: WireObject, isConfigured: boolean): readonly Problem[] {
  const { id } = policy.rule;
  const missing = policy.required.filter((name) => !Object.hasOwn(parameters, name));
  const absent = missing.map((name) => ({ property: `${id}.${name}`, given: "nothing", allowed: "a value" }));
  const schema = { type: "object", properties: policy.parameters };
  if (!isJsonSchema(schema)) return absent;
  let validator: z.ZodType;
  try {
    validator = z.fromJSONSchema(schema);
  } catch (error) {
    const allowed = `nothing, since its schema cannot be read (${error instanceof Error ? error.message : error})`;
    return isConfigured ? [...absent, { property: id, given: "parameters", allowed }] : absent;
  }
  const refused = (validator.safeParse(parameters).error?.issues ?? []).map(({ path, message }) => ({
    property: [id, ...path].map(String).join("."),
    given: printGiven(path.reduce<unknown>(inside, parameters)),
    allowed: `what the policy's schema says (${message})`,
  }));
  return [...absent, ...refused];
}

/** That it is a schema in outline; zod reads the rest and throws where it cannot. */
function isJsonSchema(value: object): value is z.core.JSONSchema.JSONSchema {
  return "type" in value && "properties" in value;
}

function inside(value: unknown, key: PropertyKey): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}
