import { inspect } from "node:util";

/** How a program was read: `preview` knows nothing the cloud decides; `resolved` has deterministic ids and ARNs. */
export type GraphMode = "preview" | "resolved";

/** A value that only the cloud can know. Never invented, and never mistaken for an absent one. */
export class Unknown {
  /**
   * @param urn the resource whose output it waits for, when that is known
   * @param property the output property it waits for, when that is known
   */
  constructor(
    readonly urn?: string,
    readonly property?: string,
  ) {}

  toJSON(): object {
    return { $unknown: { ...(this.urn && { urn: this.urn }), ...(this.property && { property: this.property }) } };
  }
}

/** An unknown of which nothing more is known. */
export const UNKNOWN = new Unknown();

/** A secret value. It prints as `[secret]` wherever it is printed or serialised; read `value` to use it. */
export class Secret<T extends GraphValue = GraphValue> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  /** The plaintext. Never print it. */
  get value(): T {
    return this.#value;
  }

  toJSON(): string {
    return "[secret]";
  }

  toString(): string {
    return "[secret]";
  }

  [inspect.custom](): string {
    return "[secret]";
  }
}

/** A file, archive or text that a resource is given; it stays a reference and is not read. */
export class AssetReference {
  /**
   * @param kind what it is
   * @param source a path (file, archive), a URI (remote), the text itself (text), or the entries (assets)
   */
  constructor(
    readonly kind: "file" | "archive" | "text" | "remote" | "remote-archive" | "assets",
    readonly source: string | Readonly<Record<string, AssetReference>>,
  ) {}
}

/** Any value in a resource's inputs. */
export type GraphValue =
  | null
  | boolean
  | number
  | string
  | Unknown
  | Secret
  | AssetReference
  | readonly GraphValue[]
  | { readonly [key: string]: GraphValue };

/** An object of graph values: a resource's inputs, a stack's outputs. */
export type GraphObject = { readonly [key: string]: GraphValue };

/** Where a resource was registered: the nearest frame inside the program's own repository. Lines and columns start at 1. */
export interface SourceLocation {
  /** Path relative to the program's repository, with forward slashes. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Resource options that readers of the graph care about. */
export interface GraphResourceOptions {
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
  readonly deleteBeforeReplace?: boolean;
  readonly ignoreChanges?: readonly string[];
  readonly replaceOnChanges?: readonly string[];
  readonly additionalSecretOutputs?: readonly string[];
  readonly aliases?: readonly string[];
  /** Id of an existing resource that is adopted (`import`). */
  readonly importId?: string;
  /** Version of the provider that the resource's package asks for. */
  readonly version?: string;
  /** URN of the resource with whose deletion this one counts as deleted. */
  readonly deletedWith?: string;
  readonly customTimeouts?: { readonly create?: string; readonly update?: string; readonly delete?: string };
}

/** One resource as the program registered it. */
export interface GraphResource {
  readonly urn: string;
  /** Type token, for example `aws:lambda/function:Function`. */
  readonly type: string;
  readonly name: string;
  /** URN of the parent; the stack has none. */
  readonly parent?: string;
  /** False for components and for the stack. */
  readonly custom: boolean;
  /** True when the resource was read (`get`), not registered. */
  readonly external?: boolean;
  /** True for a component that a provider plugin builds; the children it would make are not in the graph. */
  readonly remote?: boolean;
  /** True for a default provider, which no line of the program registers: the engine makes it when it is first needed. */
  readonly implicit?: boolean;
  readonly inputs: GraphObject;
  /** URNs of everything it depends on, through properties or `dependsOn`, in the order reported. */
  readonly dependencies: readonly string[];
  /** For each input property, the URNs it depends on. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  /** URN of the provider that manages it: the program's own, or a default one. Components have none. */
  readonly provider?: string;
  readonly location?: SourceLocation;
  readonly options: GraphResourceOptions;
  /** Physical id. Known in `resolved` mode, and of a resource that the program reads by a known id. */
  readonly id?: string;
  /** Output properties: of a custom resource in `resolved` mode; of a component, what it registered, in both modes. */
  readonly outputs?: GraphObject;
}

/** Something the program asked of the outside that was answered with a placeholder, because there is no cloud to ask. */
export interface Placeholder {
  readonly kind: "invoke" | "call" | "stack-reference" | "secret-config" | "config" | "component";
  /** Token of the function, name of the referenced stack, configuration key, or type of the remote component. */
  readonly name: string;
}

/** What a program registers, in registration order: dependencies come before what depends on them. */
export interface ResourceGraph {
  readonly project: string;
  readonly stack: string;
  readonly mode: GraphMode;
  readonly resources: readonly GraphResource[];
  /** The stack's outputs. */
  readonly outputs: GraphObject;
  /** Everything that was answered with a placeholder, once each. */
  readonly placeholders: readonly Placeholder[];
}

/** True when the value itself is unknown. */
export function isUnknown(value: GraphValue | undefined): value is Unknown {
  return value instanceof Unknown;
}

/** True when the value or anything inside it is unknown. */
export function containsUnknown(value: GraphValue | undefined): boolean {
  if (value === undefined || value === null || typeof value !== "object") return false;
  if (value instanceof Unknown) return true;
  if (value instanceof Secret) return containsUnknown(value.value);
  if (value instanceof AssetReference) return false;
  return Object.values(value).some(containsUnknown);
}

/** The value without its secrecy. The result must not be printed. */
export function reveal(value: GraphValue | undefined): GraphValue | undefined {
  return value instanceof Secret ? reveal(value.value) : value;
}

/** Narrows a value to a plain object of graph values. */
export function isGraphObject(value: GraphValue | undefined): value is GraphObject {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Unknown) &&
    !(value instanceof Secret) &&
    !(value instanceof AssetReference)
  );
}

/** Type tokens from the outermost parent to the resource itself, as the URN spells them. */
export function typeChain(urn: string): readonly string[] {
  return (urn.split("::")[2] ?? "").split("$");
}
