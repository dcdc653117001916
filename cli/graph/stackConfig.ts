import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { CannotRunError } from "../../contracts/cannotRunError";
import { secretText } from "./placeholderText";
import { isYamlObject, type Project, readYamlObject, type YamlValue } from "./project";

/** Configuration as a program receives it: every value is text, objects are JSON. */
export interface StackConfig {
  /** Values by full key, for example `aws:region`. */
  readonly values: Readonly<Record<string, string>>;
  /** Keys whose value is secret. */
  readonly secretKeys: readonly string[];
  /** Keys that hold an encrypted value somewhere, which is not decrypted: a placeholder stands in for it. */
  readonly placeholders: readonly string[];
  /** Keys that the project declares and nobody gives a value, with the type declared; the engine refuses to run. */
  readonly missing: readonly MissingConfig[];
  /** Values that the project proposes for new stacks, by full key. */
  readonly proposed: Readonly<Record<string, string>>;
}

/** A configuration value that is declared and not given. */
export interface MissingConfig {
  readonly key: string;
  /** Type that the project declares, `string` unless it says otherwise. */
  readonly type: string;
}

/** One value: its text, and whether anything in it is encrypted. */
interface ConfigValue {
  readonly text: string;
  readonly encrypted: boolean;
  readonly secret: boolean;
}

const STACK_FILE = /^Pulumi\.(.+)\.ya?ml$/;

/** Region for programs whose stack names none, as the AWS SDKs find it. */
const DEFAULT_REGION = "us-east-1";

/** Names of the stacks that have a configuration file, sorted. */
export function listStacks(project: Project): string[] {
  if (!existsSync(project.configDirectory)) return [];
  const names = readdirSync(project.configDirectory).flatMap((file) => STACK_FILE.exec(file)?.[1] ?? []);
  return [...new Set(names)].sort();
}

/**
 * Reads the configuration of a stack: the project's defaults, over them the stack's file, over it the overrides.
 * A project none of whose stacks has a file needs none.
 * @param stack name of the stack, without organization and project
 * @param overrides values that replace the file's; keys without a namespace are the project's
 * @throws CannotRunError `StackNotFound` (naming the stacks there are) or `BadYaml`
 */
export function readStackConfig(
  project: Project,
  stack: string,
  overrides: Readonly<Record<string, string>> = {},
): StackConfig {
  const values = new Map<string, ConfigValue>();
  for (const [key, declared] of Object.entries(project.config)) {
    const value = declaredValue(declared);
    if (value !== undefined) values.set(fullKey(project, key), value);
  }
  const region = process.env["AWS_REGION"] ?? process.env["AWS_DEFAULT_REGION"] ?? DEFAULT_REGION;
  if (!values.has("aws:region")) values.set("aws:region", { text: region, encrypted: false, secret: false });
  for (const [key, value] of Object.entries(readStackFile(project, stack))) {
    values.set(fullKey(project, key), configValue(value));
  }
  for (const [key, text] of Object.entries(overrides)) {
    const full = fullKey(project, key);
    values.set(full, { text, encrypted: false, secret: values.get(full)?.secret ?? false });
  }
  const entries = [...values];
  const declared = Object.entries(project.config).filter(([key]) => !key.includes(":") || belongsTo(project, key));
  const missing = declared.filter(([key]) => !values.has(fullKey(project, key)));
  return {
    values: Object.fromEntries(entries.map(([key, value]) => [key, value.text])),
    secretKeys: entries.filter(([, value]) => value.secret).map(([key]) => key),
    placeholders: entries.filter(([, value]) => value.encrypted).map(([key]) => key),
    proposed: Object.fromEntries(
      Object.entries(project.proposed).map(([key, value]) => [fullKey(project, key), value]),
    ),
    missing: missing.map(([key, declaration]) => ({ key: fullKey(project, key), type: declaredType(declaration) })),
  };
}

function belongsTo(project: Project, key: string): boolean {
  return key.startsWith(`${project.name}:`);
}

function declaredType(declaration: YamlValue): string {
  const type = isYamlObject(declaration) ? declaration["type"] : undefined;
  return typeof type === "string" ? type : "string";
}

function readStackFile(project: Project, stack: string): { [key: string]: YamlValue } {
  const file = [`Pulumi.${stack}.yaml`, `Pulumi.${stack}.yml`]
    .map((name) => join(project.configDirectory, name))
    .find((path) => existsSync(path));
  if (file !== undefined) {
    const config = readYamlObject(file)["config"];
    if (config === undefined || config === null) return {};
    if (!isYamlObject(config)) throw new CannotRunError("BadYaml", `${file}: config must be an object of settings`);
    return config;
  }
  const stacks = listStacks(project);
  if (stacks.length === 0) return {};
  throw new CannotRunError(
    "StackNotFound",
    `project ${project.name} has no stack ${stack}: ${project.configDirectory} has no Pulumi.${stack}.yaml; stacks: ${stacks.join(", ")}`,
  );
}

/** The value that a project file gives a key: at once, as `value`, or as `default`; a mere declaration gives none. */
function declaredValue(declared: YamlValue): ConfigValue | undefined {
  if (!isYamlObject(declared)) return declared === null ? undefined : configValue(declared);
  const secret = declared["secret"] === true;
  const given = declared["value"] ?? declared["default"];
  if (given !== undefined && given !== null) {
    const value = configValue(given);
    return { ...value, secret: value.secret || secret };
  }
  const declares = ["type", "description", "secret", "items", "default", "value"].some((word) => word in declared);
  return declares ? undefined : configValue(declared);
}

function configValue(value: YamlValue): ConfigValue {
  const encrypted = hasSecure(value);
  const plain = withoutSecure(value);
  const isText = typeof plain !== "object";
  return { text: isText ? String(plain) : JSON.stringify(plain), encrypted, secret: encrypted };
}

/** `{ secure: … }` is how an encrypted value is written, at any depth. */
function isSecure(value: YamlValue): boolean {
  return isYamlObject(value) && Object.keys(value).length === 1 && typeof value["secure"] === "string";
}

function hasSecure(value: YamlValue): boolean {
  if (isSecure(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(hasSecure);
}

/** The value with placeholders for what is encrypted, its keys sorted as the Pulumi CLI sorts them. */
function withoutSecure(value: YamlValue): YamlValue {
  if (isSecure(value)) return secretText();
  if (Array.isArray(value)) return value.map(withoutSecure);
  if (!isYamlObject(value)) return value;
  const entries = Object.entries(value).map(([key, inner]): [string, YamlValue] => [key, withoutSecure(inner)]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A key without a namespace belongs to the project; `proj:config:key` is how older files wrote `proj:key`. */
function fullKey(project: Project, key: string): string {
  if (!key.includes(":")) return `${project.name}:${key}`;
  return key.replace(/^([^:]+):config:/, "$1:");
}
