import type { IEngineServer } from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import {
  GetRootResourceResponse,
  LogSeverity,
  RequirePulumiVersionResponse,
  SetRootResourceResponse,
} from "@pulumi/pulumi/proto/engine_pb.js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb.js";

/** What a program logs at the engine that matters here: its errors, each once, in order. */
export class EngineLog {
  readonly #errors = new Set<string>();

  /** Errors the program or its SDK reported. One is enough to fail an update. */
  get errors(): readonly string[] {
    return [...this.#errors];
  }

  /** Notes an error. */
  add(message: string): void {
    this.#errors.add(message.trim());
  }
}

/** The rest of what a program asks its engine for: the log, and which resource is the stack. */
export function engineService(log: EngineLog): IEngineServer {
  let root = "";
  return {
    log: (call, callback) => {
      if (call.request.getSeverity() === LogSeverity.ERROR) log.add(call.request.getMessage());
      callback(null, new Empty());
    },
    getRootResource: (_call, callback) => {
      const response = new GetRootResourceResponse();
      response.setUrn(root);
      callback(null, response);
    },
    setRootResource: (call, callback) => {
      root = call.request.getUrn();
      callback(null, new SetRootResourceResponse());
    },
    startDebugging: (_call, callback) => callback(null, new Empty()),
    requirePulumiVersion: (_call, callback) => callback(null, new RequirePulumiVersionResponse()),
  };
}
