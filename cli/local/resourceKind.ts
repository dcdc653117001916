import type { GraphObject, GraphResource } from "../../contracts/graph";
import type { LocalPlane } from "./localPlane";

/** The account and Region that this machine plays, and where it answers. */
export interface LocalCloud {
  readonly region: string;
  readonly accountId: string;
  readonly partition: string;
  /** Address of the plane, without a slash at its end. */
  readonly endpoint: string;
}

/** What the program registered, before it has an id. */
export type Registration = Pick<GraphResource, "urn" | "type" | "name" | "parent" | "inputs">;

/** What a provider answers when a resource is created. */
export interface Identity {
  readonly id: string;
  /** Output properties besides the inputs, which are outputs too. */
  readonly outputs: GraphObject;
}

/** Something that runs because the graph has it. */
export interface LocalService {
  /** Ends it, with everything that waits for it. */
  stop(): Promise<void>;
}

/**
 * One kind of resource on this machine: how the provider would name it, and what runs for it. A file in `kinds/` adds
 * a kind; nothing else needs to know of it.
 */
export interface ResourceKind {
  /** Type tokens it stands for. */
  readonly types: readonly string[];
  /** Deterministic id and outputs. Defaults to the resource's name and a plausible ARN. */
  identify?(registration: Registration, cloud: LocalCloud): Identity;
  /**
   * Starts what the resource stands for. Its dependencies were started before it.
   * @throws LocalPlaneError when it cannot run here
   */
  start?(resource: GraphResource, plane: LocalPlane): Promise<void>;
}
