import { readFileSync } from "node:fs";
import { CannotRunError } from "../../contracts/cannotRunError";
import { InvalidInputError } from "../../contracts/problems";
import { type PolicyConfiguration, parsePolicyConfiguration } from "../../policy/configuration";

/**
 * Reads a policy configuration file, as Pulumi's `--policy-pack-config` takes it. An empty file configures nothing.
 * @throws CannotRunError `PolicyConfigurationNotFound` or `InvalidPolicyConfiguration`, with every problem
 */
export function readPolicyConfiguration(file: string): PolicyConfiguration {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    throw new CannotRunError("PolicyConfigurationNotFound", `policy configuration ${file} cannot be read`, { cause });
  }
  try {
    const json: unknown = text.trim() === "" ? {} : JSON.parse(text);
    return parsePolicyConfiguration(json);
  } catch (cause) {
    if (!(cause instanceof InvalidInputError || cause instanceof SyntaxError)) throw cause;
    throw new CannotRunError("InvalidPolicyConfiguration", `${file}: ${cause.message}`, { cause });
  }
}
