import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join, resolve } from "node:path";
import { CannotRunError } from "../../contracts/cannotRunError";
import { isYamlObject, readYamlObject } from "../graph/project";

/** A policy pack as it lies in a folder. */
export interface PackFolder {
  /** Absolute. */
  readonly folder: string;
  /** Last part of the folder, for messages; the pack's own name is known once it runs. */
  readonly label: string;
  /** Version in PulumiPolicy.yaml, which takes precedence over the pack's own. */
  readonly version?: string;
  /** Program that runs it: the pack's own `@pulumi/pulumi`, or ours when it brings none. */
  readonly runner: string;
  /** What the language host adds to the environment for the pack's runtime options. */
  readonly environment: Readonly<Record<string, string>>;
}

const RUNNER = "@pulumi/pulumi/cmd/run-policy-pack";

/**
 * Reads a policy pack's folder.
 * @throws CannotRunError `PackNotFound`, `BadYaml`, or `PackRuntimeNotSupported` when it is not written for Node.js
 */
export function readPackFolder(path: string): PackFolder {
  const folder = resolve(path);
  const file = join(folder, "PulumiPolicy.yaml");
  if (!existsSync(file)) {
    throw new CannotRunError("PackNotFound", `${path} has no PulumiPolicy.yaml; give the folder of a policy pack`);
  }
  const project = readYamlObject(file);
  const runtime = project["runtime"];
  const name = isYamlObject(runtime) ? runtime["name"] : runtime;
  if (name !== "nodejs") {
    const given = typeof name === "string" ? name : "not given";
    throw new CannotRunError("PackRuntimeNotSupported", `${file}: runtime is ${given}; only nodejs packs can be run`);
  }
  const options = isYamlObject(runtime) && isYamlObject(runtime["options"]) ? runtime["options"] : {};
  return {
    folder,
    label: basename(folder),
    ...(typeof project["version"] === "string" && { version: project["version"] }),
    runner: locateRunner(folder),
    environment: {
      ...(options["typescript"] !== false && { PULUMI_NODEJS_TYPESCRIPT: "true" }),
      ...(typeof options["tsconfig"] === "string" && { PULUMI_NODEJS_TSCONFIG_PATH: options["tsconfig"] }),
    },
  };
}

function locateRunner(folder: string): string {
  try {
    return createRequire(join(folder, "package.json")).resolve(RUNNER);
  } catch {
    return require.resolve(RUNNER);
  }
}
