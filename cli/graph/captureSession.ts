import type { GraphMode, GraphObject, GraphResource, Placeholder } from "../../contracts/graph";
import type { DeclaredShapes } from "./declaredShape";
import type { UrnScope } from "./resourceUrn";
import type { WireObject } from "./wireValue";

/** Plays the provider in `resolved` mode: every answer is the same for the same question. */
export interface LocalProvider {
  /** Region that functions answer with, for example `us-east-1`. */
  readonly region: string;
  /** Account that functions answer with: 12 digits. */
  readonly accountId: string;
  /** Answers the registration of a custom resource. Inputs count as outputs too, unless `outputs` says otherwise. */
  create(resource: LocalResource): { id: string; outputs: GraphObject };
  /** Answers a read (`get`) of a resource by its id; without it, only what the program gives is known. */
  read?(resource: LocalResource & { readonly id: string }): GraphObject;
  /** Answers a function call; undefined leaves it to what can be computed, or to a placeholder. */
  invoke?(token: string, args: GraphObject): GraphObject | undefined;
}

/** A custom resource as the provider sees it. */
export interface LocalResource {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  readonly parent?: string;
  readonly inputs: GraphObject;
}

/** A resource while the program runs: what the graph will say, and what its children and readers ask for. */
export interface RegisteredResource {
  graph: GraphResource;
  /** The provider as the protocol refers to it, `urn::id`; empty for components. */
  readonly providerReference: string;
  /** Providers for its children, by package. */
  readonly providers: Readonly<Record<string, string>>;
  /** What the SDK was told of its properties. */
  readonly state: WireObject;
  /** The one output that an unknown without a mark can come from; undefined when there are several. */
  readonly unmarkedOutput: string | undefined;
}

/** Everything that one run of one program shares. */
export class CaptureSession {
  readonly #resources = new Map<string, RegisteredResource>();
  readonly #placeholders = new Map<string, Placeholder>();

  constructor(
    readonly scope: UrnScope,
    readonly mode: GraphMode,
    /** Folder the program runs in. */
    readonly workingDirectory: string,
    /** Folder that source locations are relative to. */
    readonly repository: string,
    readonly config: Readonly<Record<string, string>>,
    readonly shapes: DeclaredShapes,
    readonly provider: LocalProvider | undefined,
    /** Functions nobody can answer whose result is unknown throughout, without placeholder text in it. */
    readonly opaqueFunctions: ReadonlySet<string>,
  ) {}

  /** All resources, in the order they were registered. */
  get resources(): readonly RegisteredResource[] {
    return [...this.#resources.values()];
  }

  /** All placeholders, in the order they were first needed. */
  get placeholders(): readonly Placeholder[] {
    return [...this.#placeholders.values()];
  }

  /** Finds a resource by its URN. */
  resource(urn: string): RegisteredResource | undefined {
    return this.#resources.get(urn);
  }

  /**
   * Adds a resource.
   * @throws Error when there is one with the same URN already
   */
  add(resource: RegisteredResource): void {
    const { urn } = resource.graph;
    if (this.#resources.has(urn)) throw new Error(`Duplicate resource URN '${urn}'; try giving it a unique name`);
    this.#resources.set(urn, resource);
  }

  /** Notes that something was answered with a placeholder; once is enough. */
  flag(kind: Placeholder["kind"], name: string): void {
    this.#placeholders.set(`${kind} ${name}`, { kind, name });
  }
}
