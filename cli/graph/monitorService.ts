import type { handleUnaryCall, ServiceError } from "@grpc/grpc-js";
import { status } from "@grpc/grpc-js";
import { CallResponse } from "@pulumi/pulumi/proto/provider_pb.js";
import { type IResourceMonitorServer, ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import {
  RegisterPackageResponse,
  type ResourceInvokeRequest,
  SupportsFeatureResponse,
} from "@pulumi/pulumi/proto/resource_pb.js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb.js";
import { UNKNOWN } from "../../contracts/graph";
import type { CaptureSession } from "./captureSession";
import { decodeProperties } from "./decodeWire";
import { defaultProvider } from "./defaultProviders";
import { answerFunction, answerMethod } from "./functionAnswer";
import type { RegisteredPackages } from "./registeredPackages";
import type { ResourceRegistrar } from "./resourceRegistrar";
import { packageOf } from "./resourceUrn";
import type { TransformCallbacks } from "./transformCallbacks";
import { fromStruct, toStruct } from "./wireValue";

/** Features of the protocol that this monitor implements as the engine does. Source: `supportsFeatureID` of its monitor. */
const FEATURES: ReadonlySet<string> = new Set([
  "secrets",
  "resourceReferences",
  "outputValues",
  "aliasSpecs",
  "replacementTrigger",
  "deletedWith",
  "replaceWith",
  "transforms",
  "invokeTransforms",
  "parameterization",
  // Hooks are accepted and never run: nothing is created here that they could run before or after.
  "resourceHooks",
  "errorHooks",
  "sendsOptionsToHooks",
]);

/** What the service passes requests on to. */
export interface MonitorParts {
  readonly session: CaptureSession;
  readonly registrar: ResourceRegistrar;
  readonly transforms: TransformCallbacks;
  readonly packages: RegisteredPackages;
  /** Called with whatever goes wrong here rather than in the program. */
  onFailure(error: unknown): void;
}

/** The engine's side of the protocol, as far as a program without a cloud needs it. */
export function monitorService(parts: MonitorParts): IResourceMonitorServer {
  const { session, registrar, transforms, packages } = parts;
  const unary = <Request, Response>(
    answer: (request: Request) => Response | Promise<Response>,
  ): handleUnaryCall<Request, Response> => {
    return (call, callback) => {
      Promise.resolve(call.request)
        .then(answer)
        .then(
          (response) => callback(null, response),
          (error: unknown) => {
            parts.onFailure(error);
            callback(serviceError(error));
          },
        );
    };
  };
  return {
    // Newer SDKs read from it which features there are, which this one's protocol cannot tell them. Where there is no such
    // information they ask for each feature, as all others do.
    getDeploymentInfo: (_, callback) => callback({ code: status.UNIMPLEMENTED, details: "ask for each feature" }),
    supportsFeature: unary((request) => {
      const response = new SupportsFeatureResponse();
      response.setHassupport(FEATURES.has(request.getId()));
      return response;
    }),
    registerPackage: unary((request) => {
      const response = new RegisterPackageResponse();
      response.setRef(packages.register(request));
      return response;
    }),
    registerResource: unary((request) => registrar.register(request)),
    readResource: unary((request) => registrar.read(request)),
    registerResourceOutputs: unary((request) => {
      registrar.registerOutputs(request);
      return new Empty();
    }),
    // Newer SDKs ask it; this one's protocol has no name for the answer that it is unknown.
    existsResource: unary((): never => {
      throw new Error("whether a resource exists is known to the cloud alone, which is not asked here");
    }),
    invoke: unary((request) => invoke(parts, request)),
    call: unary((request) => {
      const response = new CallResponse();
      response.setReturn(toStruct(answerMethod(session, request.getTok())));
      return response;
    }),
    registerStackTransform: unary((callback) => {
      transforms.addToStack(callback);
      return new Empty();
    }),
    registerStackInvokeTransform: unary((callback) => {
      transforms.addToInvokes(callback);
      return new Empty();
    }),
    registerResourceHook: unary(() => new Empty()),
    registerErrorHook: unary(() => new Empty()),
    signalAndWaitForShutdown: unary(() => new Empty()),
  };
}

async function invoke({ session, transforms, packages }: MonitorParts, request: ResourceInvokeRequest) {
  const token = request.getTok();
  const { args, provider, version } = await transforms.transformInvoke(token, {
    args: fromStruct(request.getArgs()),
    provider: request.getProvider(),
    version: request.getVersion(),
  });
  const wanted = packages.request(packageOf(token), request);
  const providerReference = provider || defaultProvider(session, { ...wanted, version: version || wanted.version });
  const context = { workingDirectory: session.workingDirectory, unknown: UNKNOWN };
  const decoded = decodeProperties(args, () => context);
  // An empty one of the type that the SDK has for it, which a later one named anew.
  const response = ResourceMonitorService.invoke.responseDeserialize(Buffer.of());
  response.setReturn(toStruct(answerFunction(session, { token, args, decoded, providerReference })));
  return response;
}

function serviceError(error: unknown): Partial<ServiceError> {
  const message = error instanceof Error ? error.message : String(error);
  return { code: status.UNKNOWN, details: message, message };
}
