import { InvalidInputError, type Problem, printGiven } from "./problems";

/** Longest encoded customer id: SageMaker limits TargetModel to 1,024 characters and file systems a name to 255. */
export const MAX_ENCODED_CUSTOMER = 200;

const PLAIN = /[A-Za-z0-9-]/;
const VERSION = /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/;

/**
 * Spells a customer id with `[A-Za-z0-9_-]` only, reversibly: every other UTF-8 byte, and `_` itself, becomes `_xx`.
 * An id with `*` or `/` can therefore neither widen an IAM condition nor leave its prefix.
 * @throws InvalidInputError when the id is empty, too long, or has a lone surrogate, which UTF-8 cannot carry
 */
export function encodeCustomer(customer: string): string {
  const encoded = [...Buffer.from(customer, "utf8")]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return byte < 128 && PLAIN.test(character) ? character : `_${byte.toString(16).padStart(2, "0")}`;
    })
    .join("");
  if (customer.length === 0 || encoded.length > MAX_ENCODED_CUSTOMER || !customer.isWellFormed()) {
    throw new InvalidInputError("customer id", [
      {
        property: "customer",
        given: printGiven(customer),
        allowed: `well-formed text of 1 to ${MAX_ENCODED_CUSTOMER} encoded characters`,
      },
    ]);
  }
  return encoded;
}

/**
 * Reads an encoded customer id back.
 * @throws InvalidInputError when it is not the one spelling that {@link encodeCustomer} gives
 */
export function decodeCustomer(encoded: string): string {
  const bytes: number[] = [];
  for (let i = 0; i < encoded.length; i++) {
    if (encoded[i] === "_") {
      bytes.push(Number.parseInt(encoded.slice(i + 1, i + 3), 16));
      i += 2;
    } else {
      bytes.push(encoded.charCodeAt(i));
    }
  }
  const customer = Buffer.from(bytes).toString("utf8");
  let spelling: string | undefined;
  try {
    spelling = encodeCustomer(customer);
  } catch {
    spelling = undefined;
  }
  if (spelling !== encoded) {
    throw new InvalidInputError("customer id", [
      { property: "encoded", given: printGiven(encoded), allowed: "what encodeCustomer returns" },
    ]);
  }
  return customer;
}

/** Where a customer's model is. */
export interface ModelKey {
  /** Version: the pipeline execution that fitted the model. */
  readonly version: string;
  /** Customer id, not encoded. */
  readonly customer: string;
}

/** What `TargetModel` must be, relative to the endpoint's model prefix: `{version}/{customer}.tar.gz`. */
export function targetModel(key: ModelKey): string {
  assertVersion(key.version);
  return `${key.version}/${encodeCustomer(key.customer)}.tar.gz`;
}

/**
 * Reads a target model back.
 * @throws InvalidInputError when it is not of the form `{version}/{customer}.tar.gz`
 */
export function parseTargetModel(target: string): ModelKey {
  const match = /^([^/]+)\/([^/]+)\.tar\.gz$/.exec(target);
  const [, version, customer] = match ?? [];
  if (version === undefined || customer === undefined) {
    throw new InvalidInputError("target model", [
      { property: "TargetModel", given: printGiven(target), allowed: "{version}/{customer}.tar.gz" },
    ]);
  }
  assertVersion(version);
  return { version, customer: decodeCustomer(customer) };
}

/** Object key of a model below a prefix, which is empty or ends with a slash. */
export function modelObjectKey(prefix: string, key: ModelKey): string {
  return `${directoryPrefix(prefix, "prefix")}${targetModel(key)}`;
}

/** Object key of a version's manifest. */
export function manifestObjectKey(prefix: string, version: string): string {
  assertVersion(version);
  return `${directoryPrefix(prefix, "prefix")}${version}/manifest.json`;
}

/** Object key of the pointer that says which version of a customer's model is current. */
export function pointerObjectKey(pointers: string, customer: string): string {
  return `${directoryPrefix(pointers, "pointers")}${encodeCustomer(customer)}.json`;
}

function assertVersion(version: string): void {
  if (!VERSION.test(version)) {
    throw new InvalidInputError("model version", [
      {
        property: "version",
        given: printGiven(version),
        allowed: "1 to 64 letters, digits and hyphens, not beginning with a hyphen",
      },
    ]);
  }
}

function directoryPrefix(prefix: string, property: string): string {
  const problem: Problem = {
    property,
    given: printGiven(prefix),
    allowed: "empty, or a key prefix that ends with / and does not begin with it",
  };
  if (prefix !== "" && (!prefix.endsWith("/") || prefix.startsWith("/")))
    throw new InvalidInputError("model location", [problem]);
  return prefix;
}
