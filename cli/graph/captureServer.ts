import { Server, ServerCredentials } from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import type { ResourceGraph } from "../../contracts/graph";
import type { CaptureSession } from "./captureSession";
import { EngineLog, engineService } from "./engineService";
import { monitorService } from "./monitorService";
import type { ProgramDoor } from "./programDoor";
import { RegisteredPackages } from "./registeredPackages";
import { ResourceRegistrar } from "./resourceRegistrar";
import { TransformCallbacks } from "./transformCallbacks";

/** Largest message of the protocol, in bytes. Source: `@pulumi/pulumi/runtime/settings`, `maxRPCMessageSize`. */
const MESSAGE_LIMIT = 400 * 1024 * 1024;

/** Answers one run of one program, in the engine's place, and keeps what it said. */
export class CaptureServer {
  readonly #transforms = new TransformCallbacks();
  readonly #registrar: ResourceRegistrar;
  readonly #log = new EngineLog();
  readonly #failures: unknown[] = [];
  readonly #server = new Server({ "grpc.max_receive_message_length": MESSAGE_LIMIT });

  constructor(
    readonly session: CaptureSession,
    door: ProgramDoor,
  ) {
    const packages = new RegisteredPackages();
    const transforms = this.#transforms;
    const registrar = new ResourceRegistrar(session, transforms, packages);
    const onFailure = (error: unknown): void => void this.#failures.push(error);
    this.#registrar = registrar;
    this.#server.addService(
      ResourceMonitorService,
      monitorService({ session, registrar, transforms, packages, onFailure }),
    );
    this.#server.addService(EngineService, engineService(this.#log));
    const calls = this.#server.createConnectionInjector(ServerCredentials.createInsecure());
    door.answer((caller) => calls.injectConnection(caller));
  }

  /** What the program or its SDK reported as an error. */
  get errors(): readonly string[] {
    return this.#log.errors;
  }

  /** What went wrong while requests of the program were answered. */
  get failures(): readonly unknown[] {
    return this.#failures;
  }

  /** What the program has registered. */
  get graph(): ResourceGraph {
    const { scope, mode, resources, placeholders } = this.session;
    return {
      project: scope.project,
      stack: scope.stack,
      mode,
      resources: resources.map((resource) => resource.graph),
      outputs: this.#registrar.stackOutputs(),
      placeholders,
    };
  }

  close(): void {
    this.#transforms.close();
    this.#server.forceShutdown();
  }
}
