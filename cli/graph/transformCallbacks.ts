import { credentials } from "@grpc/grpc-js";
import { CallbacksClient } from "@pulumi/pulumi/proto/callback_grpc_pb.js";
import { type Callback, CallbackInvokeRequest } from "@pulumi/pulumi/proto/callback_pb.js";
import {
  TransformInvokeOptions,
  TransformInvokeRequest,
  TransformInvokeResponse,
  TransformRequest,
  type TransformResourceOptions,
  TransformResponse,
} from "@pulumi/pulumi/proto/resource_pb.js";
import { fromStruct, toStruct, type WireObject } from "./wireValue";

/** What a transform may look at but not change. */
export interface TransformedResource {
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  readonly parent: string;
}

/** What a transform may change. */
export interface TransformableProperties {
  readonly properties: WireObject;
  readonly options: TransformResourceOptions;
}

/** Calls the transforms that a program registered. They stay in the program's process, behind a server of its own. */
export class TransformCallbacks {
  readonly #clients = new Map<string, CallbacksClient>();
  readonly #ofStack: Callback[] = [];
  readonly #ofInvokes: Callback[] = [];

  /** Transforms of every resource in the stack, in the order registered. */
  get ofStack(): readonly Callback[] {
    return this.#ofStack;
  }

  /** Registers a transform of every resource. */
  addToStack(callback: Callback): void {
    this.#ofStack.push(callback);
  }

  /** Registers a transform of every function call. */
  addToInvokes(callback: Callback): void {
    this.#ofInvokes.push(callback);
  }

  /** Lets one transform change a resource. */
  async transform(
    callback: Callback,
    resource: TransformedResource,
    given: TransformableProperties,
  ): Promise<TransformableProperties> {
    const request = new TransformRequest();
    request.setType(resource.type);
    request.setName(resource.name);
    request.setCustom(resource.custom);
    request.setParent(resource.parent);
    request.setProperties(toStruct(given.properties));
    request.setOptions(given.options);
    const response = TransformResponse.deserializeBinary(await this.#call(callback, request.serializeBinary()));
    const properties = response.getProperties();
    return {
      properties: properties ? fromStruct(properties) : given.properties,
      options: response.getOptions() ?? given.options,
    };
  }

  /** Lets every registered transform change a function call's arguments and provider. */
  async transformInvoke(
    token: string,
    given: { readonly args: WireObject; readonly provider: string; readonly version: string },
  ): Promise<{ args: WireObject; provider: string; version: string }> {
    let { args, provider, version } = given;
    for (const callback of this.#ofInvokes) {
      const options = new TransformInvokeOptions();
      options.setProvider(provider);
      options.setVersion(version);
      const request = new TransformInvokeRequest();
      request.setToken(token);
      request.setArgs(toStruct(args));
      request.setOptions(options);
      const response = TransformInvokeResponse.deserializeBinary(await this.#call(callback, request.serializeBinary()));
      const newArgs = response.getArgs();
      const newOptions = response.getOptions();
      args = newArgs ? fromStruct(newArgs) : args;
      provider = newOptions?.getProvider() ?? provider;
      version = newOptions?.getVersion() ?? version;
    }
    return { args, provider, version };
  }

  /** Closes the connections to the program. */
  close(): void {
    for (const client of this.#clients.values()) client.close();
  }

  #call(callback: Callback, request: Uint8Array): Promise<Uint8Array> {
    const message = new CallbackInvokeRequest();
    message.setToken(callback.getToken());
    message.setRequest(request);
    return new Promise((resolve, reject) => {
      this.#client(callback.getTarget()).invoke(message, (error, response) => {
        if (error) reject(new Error(error.details));
        else resolve(response.getResponse_asU8());
      });
    });
  }

  #client(target: string): CallbacksClient {
    const client = this.#clients.get(target) ?? new CallbacksClient(target, credentials.createInsecure());
    this.#clients.set(target, client);
    return client;
  }
}
