import { copyFile, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  InvokeEndpointCommand,
  type InvokeEndpointCommandInput,
  SageMakerRuntimeClient,
  SageMakerRuntimeServiceException,
} from "@aws-sdk/client-sagemaker-runtime";
import type { AsyncLimits } from "../../../../cli/local/hosting/asyncInference";
import {
  type AsyncSettings,
  HostedConfiguration,
  type ServerlessSettings,
} from "../../../../cli/local/hosting/hostedConfiguration";
import { HOSTING_TIMES, type HostingTimes } from "../../../../cli/local/hosting/hostingTimes";
import { LocalEndpoint } from "../../../../cli/local/hosting/localEndpoint";
import { serveHosting } from "../../../../cli/local/hosting/serveHosting";
import { LocalPlane } from "../../../../cli/local/localPlane";
import type { GraphObject } from "../../../../contracts/graph";
import { archive, file } from "../../archive/handmadeTar";
import { HandmadeStack } from "../handmadePlane";

/** Bucket of the models. */
export const BUCKET = "models-bucket";

/** Prefix of the models of multi-model endpoints. */
export const PREFIX = "fleet/models/";

export const IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/team/serving@sha256:0";

/** What the container of the tests answers. */
export interface FakeAnswer {
  readonly value: unknown;
  readonly pid: number;
  readonly history: {
    readonly loads: number;
    readonly unloads: number;
    readonly most: number;
    unloadedInUse?: boolean;
  };
  readonly isLoadedTwice: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: number;
  readonly environment?: Readonly<Record<string, string>>;
}

/** How an endpoint of a test differs. */
export interface EndpointChanges {
  readonly environment?: Readonly<Record<string, string>>;
  readonly times?: Partial<HostingTimes>;
  readonly cachesModels?: boolean;
  readonly image?: string;
  readonly serverless?: ServerlessSettings;
  readonly async?: AsyncSettings;
  readonly asyncLimits?: AsyncLimits;
}

/** A plane with endpoints, whose program has a container that plays one that hosts. */
export class HostingPlane {
  readonly client: SageMakerRuntimeClient;

  private constructor(
    readonly plane: LocalPlane,
    private readonly program: string,
  ) {
    const { endpoint, region } = plane.cloud;
    this.client = new SageMakerRuntimeClient({ endpoint, region, credentials: plane.credentials, maxAttempts: 1 });
  }

  /** Starts a plane with a bucket. @param build adds to the graph */
  static async start(build: (stack: HandmadeStack) => void = () => {}): Promise<HostingPlane> {
    const program = await mkdtemp(path.join(tmpdir(), "frugal-ml-program-"));
    const folder = path.join(program, "dist", "containers", "serving");
    await mkdir(folder, { recursive: true });
    await copyFile(path.join(__dirname, "fixtures", "servingContainer.js"), path.join(folder, "main.js"));
    const plane = await LocalPlane.listen({ port: 0, region: "us-east-1", program });
    const stack = new HandmadeStack(plane);
    stack.add("aws:s3/bucket:Bucket", BUCKET, {});
    build(stack);
    const shape = { project: "hosting", stack: "test", mode: "resolved", outputs: {}, placeholders: [] } as const;
    await plane.start({ ...shape, resources: stack.resources });
    return new HostingPlane(plane, program);
  }

  /** Puts a model below the prefix. */
  async put(target: string, model: object, prefix = PREFIX): Promise<void> {
    await this.plane.store.put(BUCKET, `${prefix}${target}`, archive(file("model.json", JSON.stringify(model))));
  }

  /** An endpoint with times of its own. */
  endpoint(name: string, mode: "MultiModel" | "SingleModel", changes: EndpointChanges = {}): LocalEndpoint {
    const { plane } = this;
    const variant = {
      variantName: "AllTraffic",
      modelName: "m",
      instanceType: "ml.t2.medium",
      initialInstanceCount: 1,
      weight: 1,
      serverless: changes.serverless,
    };
    const prefix = mode === "MultiModel" ? PREFIX : "single/model.tar.gz";
    const endpoint = new LocalEndpoint({
      plane,
      name,
      arn: `arn:aws:sagemaker:us-east-1:123456789012:endpoint/${name}`,
      configuration: new HostedConfiguration(`${name}-config`, `${name}-config`, [variant], [], changes.async),
      models: new Map([
        [
          "m",
          {
            name: "m",
            arn: "m",
            roleArn: undefined,
            order: "Serial",
            containers: [
              {
                hostname: undefined,
                image: changes.image ?? IMAGE,
                mode,
                modelDataUrl: `s3://${BUCKET}/${prefix}`,
                modelData: { bucket: BUCKET, prefix },
                environment: changes.environment ?? {},
                cachesModels: changes.cachesModels ?? true,
              },
            ],
          },
        ],
      ]),
      times: { ...HOSTING_TIMES, ...changes.times },
      ...(changes.asyncLimits && { asyncLimits: changes.asyncLimits }),
    });
    plane.register(endpoint, endpoint.settings.arn);
    serveHosting(plane);
    return endpoint;
  }

  /** Invokes with the unmodified client. */
  async invoke(
    EndpointName: string,
    TargetModel: string | undefined,
    body: object | Uint8Array = {},
    rest: Partial<InvokeEndpointCommandInput> = {},
  ) {
    const Body = body instanceof Uint8Array ? body : JSON.stringify(body);
    return this.client.send(new InvokeEndpointCommand({ EndpointName, TargetModel, Body, ...rest }));
  }

  /** What the container of the tests answers. */
  async answer(...asked: Parameters<HostingPlane["invoke"]>): Promise<FakeAnswer> {
    const { Body } = await this.invoke(...asked);
    return JSON.parse(Body.transformToString()) as FakeAnswer;
  }

  /** Status, type and message of the error that an invocation is answered. */
  async refusal(...asked: Parameters<HostingPlane["invoke"]>): Promise<string> {
    return refusal(this.invoke(...asked));
  }

  /** Waits until the log has a line, so many times. */
  async logged(line: string, times = 1): Promise<void> {
    const count = (): number => this.plane.recentLog.filter((one) => one === line).length;
    for (const end = Date.now() + 10_000; count() < times; await sleep(20)) {
      if (Date.now() > end) throw new Error(`${line}\nis not in the log:\n${this.plane.recentLog.join("\n")}`);
    }
  }

  async stop(): Promise<void> {
    this.client.destroy();
    await this.plane.stop();
    await rm(this.program, { recursive: true });
  }
}

/** Status, type and message of the error that a call is answered. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (error instanceof SageMakerRuntimeServiceException) {
      return `${error.$metadata.httpStatusCode} ${error.name} ${error.message}`;
    }
    throw error;
  }
  return "answered";
}

/** The three resources of an endpoint, as the provider takes them. */
export function addEndpoint(
  stack: HandmadeStack,
  name: string,
  container: GraphObject,
  variants?: GraphObject[],
  further: GraphObject = {},
): void {
  const model = stack.add("aws:sagemaker/model:Model", `${name}-model`, {
    executionRoleArn: "arn:aws:iam::123456789012:role/serving",
    primaryContainer: { image: IMAGE, ...container },
  });
  const configuration = stack.add("aws:sagemaker/endpointConfiguration:EndpointConfiguration", `${name}-config`, {
    namePrefix: `${name}-`,
    productionVariants: variants ?? [
      {
        variantName: "main",
        modelName: model.outputs?.["name"] ?? "",
        instanceType: "ml.t2.medium",
        initialInstanceCount: 1,
      },
    ],
    ...further,
  });
  stack.add("aws:sagemaker/endpoint:Endpoint", name, { endpointConfigName: configuration.outputs?.["name"] ?? "" });
}
