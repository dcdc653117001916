import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { parse } from "yaml";
import { CannotRunError } from "../../contracts/cannotRunError";

/** Anything a YAML file can hold. */
export type YamlValue = null | boolean | number | string | YamlValue[] | { [key: string]: YamlValue };

/** What a project file says, in the terms needed to run its program. */
export interface Project {
  readonly name: string;
  /** Folder of the project file; absolute. */
  readonly root: string;
  /** Folder the program runs in; absolute. */
  readonly workingDirectory: string;
  /** What is run: a file in the working directory, or `.` to let its package.json say. */
  readonly entryPoint: string;
  /** Folder of the stacks' configuration files; absolute. */
  readonly configDirectory: string;
  /** The project's `config` section, as written. */
  readonly config: { readonly [key: string]: YamlValue };
  /** What the project proposes for new stacks (`template`): texts by key, as written. */
  readonly proposed: Readonly<Record<string, string>>;
  /** Whether TypeScript is compiled while it is loaded. Defaults to true. */
  readonly typescript: boolean;
  /** Path of the tsconfig, when it is not `tsconfig.json`. */
  readonly tsconfig?: string;
  /** Arguments of `node` itself. */
  readonly nodeArguments: readonly string[];
}

/** Names of project files, in the order the Pulumi CLI looks for them. */
const PROJECT_FILES = ["Pulumi.yaml", "Pulumi.yml"];

/**
 * Reads the project of a program folder.
 * @throws CannotRunError `ProjectNotFound`, `BadYaml`, `BadProject` or `RuntimeNotSupported`
 */
export function readProject(folder: string): Project {
  const root = resolve(folder);
  const file = PROJECT_FILES.map((name) => join(root, name)).find((path) => existsSync(path));
  if (file === undefined) {
    throw new CannotRunError("ProjectNotFound", `${folder} has no Pulumi.yaml; give the folder of a Pulumi project`);
  }
  const project = readYamlObject(file);
  const name = project["name"];
  if (typeof name !== "string" || name === "") {
    throw new CannotRunError("BadProject", `${file}: name must be a text that is not empty`);
  }
  const main = project["main"];
  if (main !== undefined && main !== null && typeof main !== "string") {
    throw new CannotRunError("BadProject", `${file}: main must be the path of a file or folder`);
  }
  const stacks = project["stackConfigDir"] ?? nested(project["config"]) ?? ".";
  return {
    name,
    root,
    ...locateProgram(file, root, main || "."),
    configDirectory: resolve(root, typeof stacks === "string" ? stacks : "."),
    config: isYamlObject(project["config"]) ? project["config"] : {},
    proposed: readProposals(project["template"]),
    ...readRuntime(file, project["runtime"]),
  };
}

function readProposals(template: YamlValue | undefined): Record<string, string> {
  const config = isYamlObject(template) && isYamlObject(template["config"]) ? template["config"] : {};
  const proposals = Object.entries(config).flatMap(([key, declared]): [string, string][] => {
    const value = isYamlObject(declared) ? declared["default"] : undefined;
    return value === undefined || value === null || typeof value === "object" ? [] : [[key, String(value)]];
  });
  return Object.fromEntries(proposals);
}

/** Older projects name the folder of their stacks' configuration in `config`, which is a text then. */
function nested(config: YamlValue | undefined): string | undefined {
  return typeof config === "string" ? config : undefined;
}

function locateProgram(file: string, root: string, main: string): { workingDirectory: string; entryPoint: string } {
  const path = resolve(root, main);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new CannotRunError("BadProject", `${file}: main is ${main}, which does not exist`);
  if (found.isDirectory()) return { workingDirectory: path, entryPoint: "." };
  return { workingDirectory: dirname(path), entryPoint: basename(path) };
}

function readRuntime(
  file: string,
  runtime: YamlValue | undefined,
): Pick<Project, "typescript" | "tsconfig" | "nodeArguments"> {
  const name = isYamlObject(runtime) ? runtime["name"] : runtime;
  if (name !== "nodejs") {
    const given = typeof name === "string" ? name : "not given";
    throw new CannotRunError("RuntimeNotSupported", `${file}: runtime is ${given}; only nodejs programs can be read`);
  }
  const options = isYamlObject(runtime) && isYamlObject(runtime["options"]) ? runtime["options"] : {};
  const nodeArguments = options["nodeargs"];
  return {
    typescript: options["typescript"] !== false,
    ...(typeof options["tsconfig"] === "string" && { tsconfig: options["tsconfig"] }),
    nodeArguments: typeof nodeArguments === "string" ? nodeArguments.split(/\s+/).filter((part) => part !== "") : [],
  };
}

/**
 * Reads a YAML file whose top is an object; an empty file is an empty object.
 * @throws CannotRunError `BadYaml`
 */
export function readYamlObject(file: string): { [key: string]: YamlValue } {
  let content: unknown;
  try {
    content = parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new CannotRunError("BadYaml", `${file} is not YAML: ${error instanceof Error ? error.message : error}`);
  }
  if (content === null || content === undefined) return {};
  const value = toYamlValue(content);
  if (!isYamlObject(value)) throw new CannotRunError("BadYaml", `${file} must hold an object of settings`);
  return value;
}

/** Narrows a YAML value to an object. */
export function isYamlObject(value: YamlValue | undefined): value is { [key: string]: YamlValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function toYamlValue(value: unknown): YamlValue {
  if (value === null || value === undefined) return null;
  if (typeof value === "boolean" || typeof value === "number" || typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(toYamlValue);
  if (typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, toYamlValue(inner)]));
  }
  return String(value);
}
