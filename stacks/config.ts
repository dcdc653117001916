import * as pulumi from "@pulumi/pulumi";
import * as z from "zod";
import { InvalidInputError, type Problem, printGiven } from "../contracts/problems";
import { Classifier } from "./classifierConfig";
import { boolean, text } from "./configFields";
import { Endpoint } from "./endpointConfig";
import { Fleet } from "./fleetConfig";
import { Images, SharingImages } from "./imagesConfig";
import { Newcomers } from "./inferenceConfig";
import { Savings } from "./savingsConfig";

const Config = z.strictObject({
  environment: text("a name of 1 to 16 lower-case letters, digits and hyphens", /^[a-z][a-z0-9-]{0,15}$/),
  costCenter: text("1 to 64 letters, digits, spaces and _ . : / = + - @", /^[\p{L}\p{N} _.:/=+\-@]{1,64}$/u),
  protect: boolean,
  images: Images,
  fleet: Fleet,
  endpoint: Endpoint,
  classifier: Classifier,
  newcomers: Newcomers,
  savings: Savings.optional(),
});

const SharingConfig = Config.extend({ images: SharingImages });

/** Whether the images are another access point's function's to answer. */
const Sharing = z.object({ images: z.object({ sharedFunction: z.string() }) });

/** Configuration of each component by its key. */
const COMPONENTS: Readonly<Record<string, z.ZodObject>> = {
  images: Images,
  fleet: Fleet,
  endpoint: Endpoint,
  classifier: Classifier,
  newcomers: Newcomers,
  savings: Savings,
};

/** What a stack of this program is configured with. */
export type StackConfig = z.infer<typeof Config> | z.infer<typeof SharingConfig>;

/**
 * Reads the configuration of the stack.
 * @throws pulumi.RunError, which Pulumi prints without a stack trace, naming every wrong, missing or unknown key with
 *   what is allowed
 */
export function readConfig(): StackConfig {
  const prefix = `${pulumi.getProject()}:`;
  const given: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(pulumi.runtime.allConfig())) {
    if (!key.startsWith(prefix)) continue;
    const name = key.slice(prefix.length);
    given[name] = isText(name) ? value : parseValue(value);
  }
  try {
    return parseConfig(given, `configuration of stack ${pulumi.getStack()}`, secretNames(prefix));
  } catch (error) {
    throw error instanceof InvalidInputError ? new pulumi.RunError(error.message) : error;
  }
}

/** Names of the values that are secrets: the engine passes their keys beside the values, as JSON. */
function secretNames(prefix: string): ReadonlySet<string> {
  const keys = z.array(z.string()).safeParse(parseValue(process.env["PULUMI_CONFIG_SECRET_KEYS"] ?? "[]"));
  return new Set(keys.success ? keys.data.map((key) => key.slice(prefix.length)) : []);
}

/**
 * Checks a stack's configuration.
 * @param given values by key, without the project's name
 * @param secrets keys whose values must not be printed
 * @throws InvalidInputError naming every wrong, missing or unknown key with what is allowed
 */
export function parseConfig(given: unknown, subject: string, secrets: ReadonlySet<string> = new Set()): StackConfig {
  const result = (Sharing.safeParse(given).success ? SharingConfig : Config).safeParse(given);
  if (result.success) return result.data;
  throw new InvalidInputError(
    subject,
    result.error.issues.flatMap((issue) => problemsOf(issue, given, secrets)),
  );
}

function problemsOf(issue: z.core.$ZodIssue, given: unknown, secrets: ReadonlySet<string>): Problem[] {
  const print = (path: readonly PropertyKey[]): string => {
    const value = path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], given);
    return secrets.has(String(path[0])) ? "[secret]" : printGiven(value);
  };
  if (issue.code === "invalid_key") {
    const allowed = issue.issues.map(({ message }) => message).join(", ");
    return [{ property: issue.path.slice(0, -1).join("."), given: printGiven(issue.path.at(-1)), allowed }];
  }
  if (issue.code !== "unrecognized_keys") {
    return [{ property: issue.path.join("."), given: print(issue.path), allowed: issue.message }];
  }
  const schema = issue.path.length === 0 ? Config : COMPONENTS[String(issue.path[0])];
  const keys = issue.path.length > 1 ? undefined : schema;
  const allowed = keys === undefined ? issue.message : `only the keys ${Object.keys(keys.shape).join(", ")}`;
  return issue.keys.map((key) => ({
    property: [...issue.path, key].join("."),
    given: print([...issue.path, key]),
    allowed,
  }));
}

/** A text stays one even where it reads as a number, as a cost centre `4711` does. */
function isText(name: string): boolean {
  return Object.hasOwn(Config.shape, name) && Config.shape[name as keyof typeof Config.shape] instanceof z.ZodString;
}

/** Pulumi hands objects and scalars alike as text; what reads as JSON is meant as such. */
function parseValue(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
