import { runtime } from "@pulumi/pulumi";

/** Narrows to an object with text keys. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether an input is only known after something else was created. */
export function isUnknownInput(value: unknown): boolean {
  return value === runtime.unknownValue;
}

/** An input without its secrecy: the engine passes a secret as an object that says so. */
export function plainInput(value: unknown): unknown {
  const isSecret = isRecord(value) && value[runtime.specialSigKey] === runtime.specialSecretSig;
  return isSecret ? plainInput(value["value"]) : value;
}

/**
 * An input's value as text, the same for the same value: keys sorted, secrets plain. Files and archives count by
 * their hash, since the engine passes them now with their path, now without.
 */
export function comparableInput(value: unknown): string {
  const plain = plainInput(value);
  if (Array.isArray(plain)) return `[${plain.map(comparableInput).join()}]`;
  if (!isRecord(plain)) return JSON.stringify(plain) ?? "undefined";
  const { hash } = plain;
  if (typeof plain[runtime.specialSigKey] === "string" && typeof hash === "string") return `asset ${hash}`;
  const keys = Object.keys(plain).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${comparableInput(plain[key])}`).join()}}`;
}
