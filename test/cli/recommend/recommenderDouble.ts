import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as it arrived. */
export interface AskedRequest {
  readonly operation: string;
  readonly body: unknown;
  /** Whether it was signed for SageMaker by AWS's signature of version 4. */
  readonly signed: boolean;
}

/** A double of SageMaker's control plane on this machine: the protocol JSON 1.1, as far as recommendations need it. */
export class RecommenderDouble {
  readonly asked: AskedRequest[] = [];
  readonly #jobs = new Set<string>();
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      void this.#answer(request).then(({ status, body }) => {
        response.writeHead(status, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(body));
      });
    });
  }

  /** Starts one on a free port. */
  static async start(): Promise<RecommenderDouble> {
    const double = new RecommenderDouble();
    await new Promise<void>((resolve) => double.#server.listen(0, "127.0.0.1", resolve));
    return double;
  }

  get url(): string {
    // A listening server on a port has an address of this kind.
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage): Promise<{ readonly status: number; readonly body: object }> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
    const operation = String(request.headers["x-amz-target"]).replace(/^SageMaker\./, "");
    const signed = /^AWS4-HMAC-SHA256 Credential=\S+\/sagemaker\/aws4_request/.test(
      request.headers.authorization ?? "",
    );
    this.asked.push({ operation, body, signed });
    const name = String(Reflect.get(Object(body), "JobName"));
    if (operation === "CreateInferenceRecommendationsJob") {
      if (this.#jobs.has(name)) return refused("ResourceInUse", `Inference recommendations job ${name} already exists`);
      this.#jobs.add(name);
      return {
        status: 200,
        body: { JobArn: `arn:aws:sagemaker:eu-west-1:123456789012:inference-recommendations-job/${name}` },
      };
    }
    if (!this.#jobs.has(name))
      return refused("ResourceNotFound", `Could not find inference recommendations job ${name}`);
    if (operation === "DescribeInferenceRecommendationsJob") return { status: 200, body: described(name) };
    const isSecond = Reflect.get(Object(body), "NextToken") === "second";
    return { status: 200, body: isSecond ? { Steps: [FAILED] } : { Steps: [DONE], NextToken: "second" } };
  }
}

function refused(type: string, message: string) {
  return { status: 400, body: { __type: type, Message: message } };
}

const DONE = { StepType: "BENCHMARK", JobName: "churn", Status: "COMPLETED" };
const FAILED = {
  StepType: "BENCHMARK",
  JobName: "churn",
  Status: "FAILED",
  InferenceBenchmark: {
    EndpointConfiguration: {
      EndpointName: "e",
      VariantName: "v",
      InstanceType: "ml.t2.medium",
      InitialInstanceCount: 1,
    },
    FailureReason: "Out of memory",
  },
};

function described(name: string) {
  const recommendation = (type: string, cost: number) => ({
    RecommendationId: `${name}/${type}`,
    Metrics: { CostPerHour: cost, CostPerInference: cost / 3_600_000, MaxInvocations: 6000, ModelLatency: 12_500 },
    EndpointConfiguration: { EndpointName: "e", VariantName: "v", InstanceType: type, InitialInstanceCount: 1 },
    ModelConfiguration: { EnvironmentParameters: [{ Key: "OMP_NUM_THREADS", ValueType: "String", Value: "2" }] },
  });
  return {
    JobName: name,
    JobType: "Default",
    JobArn: `arn:aws:sagemaker:eu-west-1:123456789012:inference-recommendations-job/${name}`,
    RoleArn: "arn:aws:iam::123456789012:role/recommender",
    Status: "COMPLETED",
    CreationTime: 1_790_000_000,
    LastModifiedTime: 1_790_000_100,
    InputConfig: {},
    InferenceRecommendations: [recommendation("ml.m5.large", 0.128), recommendation("ml.c7g.large", 0.093)],
  };
}
