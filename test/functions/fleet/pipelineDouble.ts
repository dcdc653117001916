import { createHash } from "node:crypto";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import * as z from "zod";
import { type Loopback, startLoopback } from "../normalize/loopback";

const ListRequest = z.strictObject({
  PipelineName: z.string(),
  SortBy: z.literal("CreationTime"),
  SortOrder: z.literal("Descending"),
  MaxResults: z.int().min(1).max(100),
});
const StartRequest = z.strictObject({
  PipelineName: z.string(),
  PipelineParameters: z.array(z.strictObject({ Name: z.string(), Value: z.string() })),
  ClientRequestToken: z.string().min(32).max(128),
});

/** An execution of the double. */
export interface DoubleExecution {
  readonly arn: string;
  readonly parameters: Readonly<Record<string, string>>;
  status: string;
}

/** The two calls of SageMaker that a start needs, on the wire, for one pipeline. Equal tokens start one execution. */
export class PipelineDouble {
  /** The oldest first. */
  readonly executions: DoubleExecution[] = [];
  readonly #tokens = new Map<string, DoubleExecution>();

  private constructor(
    private readonly loopback: Loopback,
    readonly client: SageMakerClient,
  ) {}

  static async start(): Promise<PipelineDouble> {
    const loopback = await startLoopback();
    const client = new SageMakerClient({
      endpoint: `http://127.0.0.1:${loopback.port}`,
      region: "us-east-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      maxAttempts: 1,
    });
    const double = new PipelineDouble(loopback, client);
    loopback.answer(({ headers, body }, response) => {
      const target = String(headers["x-amz-target"]);
      const answer = double.#answer(target, JSON.parse(body.toString("utf8")));
      response.writeHead(200, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(answer));
    });
    return double;
  }

  /** Calls that were made, by name. */
  get calls(): readonly string[] {
    return this.loopback.requests.map(({ headers }) => String(headers["x-amz-target"]));
  }

  get port(): number {
    return this.loopback.port;
  }

  async stop(): Promise<void> {
    this.client.destroy();
    await this.loopback.close();
  }

  #answer(target: string, request: unknown): object {
    if (target === "SageMaker.ListPipelineExecutions") {
      const { MaxResults } = ListRequest.parse(request);
      const newest = this.executions.toReversed().slice(0, MaxResults);
      const summaries = newest.map(({ arn, status }) => ({
        PipelineExecutionArn: arn,
        PipelineExecutionStatus: status,
      }));
      return { PipelineExecutionSummaries: summaries };
    }
    const { PipelineName, PipelineParameters, ClientRequestToken } = StartRequest.parse(request);
    const known = this.#tokens.get(ClientRequestToken);
    if (known !== undefined) return { PipelineExecutionArn: known.arn };
    const id = createHash("sha256").update(ClientRequestToken).digest("hex").slice(0, 12);
    const execution = {
      arn: `arn:aws:sagemaker:us-east-1:123456789012:pipeline/${PipelineName}/execution/${id}`,
      parameters: Object.fromEntries(PipelineParameters.map(({ Name, Value }) => [Name, Value])),
      status: "Executing",
    };
    this.executions.push(execution);
    this.#tokens.set(ClientRequestToken, execution);
    return { PipelineExecutionArn: execution.arn };
  }
}
