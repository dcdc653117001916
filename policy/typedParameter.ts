import type { RuleConfig } from "../contracts/rule";

/**
 * A parameter that the rule declares as a string.
 * @throws TypeError when the rule declares it otherwise: a mistake of the rule, not of its configuration
 */
export function textParameter(config: RuleConfig, name: string): string {
  const value = config[name];
  if (typeof value !== "string") throw new TypeError(`parameter ${name} is not declared as a string`);
  return value;
}

/**
 * A parameter that the rule declares as an array of strings.
 * @throws TypeError when the rule declares it otherwise: a mistake of the rule, not of its configuration
 */
export function listParameter(config: RuleConfig, name: string): readonly string[] {
  const value = config[name];
  if (typeof value !== "object") throw new TypeError(`parameter ${name} is not declared as an array`);
  return value;
}

/**
 * A parameter that the rule declares as a number.
 * @throws TypeError when the rule declares it otherwise: a mistake of the rule, not of its configuration
 */
export function numberParameter(config: RuleConfig, name: string): number {
  const value = config[name];
  if (typeof value !== "number") throw new TypeError(`parameter ${name} is not declared as a number`);
  return value;
}
