import type { WireRequest } from "./httpRequest";
import type { Placement } from "./placement";
import type { ServerProcess } from "./serverProcess";

/** A server that is measured. */
export interface BenchServer {
  readonly name: string;
  /**
   * Starts one with no model loaded.
   * @param root where the models are
   */
  start(root: string, placement: Placement): Promise<RunningServer>;
}

/** A server that is up, and how it is asked. */
export interface RunningServer {
  readonly name: string;
  readonly port: number;
  readonly process: ServerProcess;
  load(model: string): WireRequest;
  invoke(model: string): WireRequest;
}
