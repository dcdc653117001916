import { deepEqual, equal, match, ok } from "node:assert/strict";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { DescribeEndpointCommand } from "@aws-sdk/client-sagemaker";
import {
  InvokeEndpointAsyncCommand,
  type InvokeEndpointAsyncCommandInput,
  type InvokeEndpointAsyncCommandOutput,
} from "@aws-sdk/client-sagemaker-runtime";
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod";
import { asyncRequest } from "../../../../cli/local/hosting/asyncRequest";
import { sagemakerClient } from "../sagemaker/sagemakerClient";
import { addEndpoint, BUCKET, HostingPlane, refusal } from "./hostingPlane";

const Envelope = z.object({ Type: z.string(), TopicArn: z.string(), Message: z.string() });

const Notice = z.object({
  invocationStatus: z.string(),
  failureReason: z.string().optional(),
  inferenceId: z.string(),
  awsRegion: z.string(),
  eventName: z.string(),
  requestParameters: z.object({ endpointName: z.string(), inputLocation: z.string().optional() }),
  responseParameters: z.object({
    outputLocation: z.string().optional(),
    responseBody: z.object({ encoding: z.string(), content: z.string() }).optional(),
  }),
});

describe("an asynchronous endpoint on the plane", () => {
  let hosting: HostingPlane;
  let queues: SQSClient;

  before(async () => {
    hosting = await HostingPlane.start((stack) => {
      const topic = (name: string): string => String(stack.add("aws:sns/topic:Topic", name, {}).outputs?.["arn"]);
      const queue = (name: string): string => String(stack.add("aws:sqs/queue:Queue", name, {}).outputs?.["arn"]);
      const subscribe = (name: string, rest: Record<string, string | boolean>): void => {
        stack.add("aws:sns/topicSubscription:TopicSubscription", name, rest);
      };
      const [answers, failures] = [topic("answers"), topic("failures")];
      subscribe("answers-to-queue", { topic: answers, protocol: "sqs", endpoint: queue("answered") });
      subscribe("failures-to-queue", {
        ...{ topic: failures, protocol: "sqs", endpoint: queue("failed"), rawMessageDelivery: true },
      });
      subscribe("failures-by-mail", { topic: failures, protocol: "email", endpoint: "team@example.com" });
      addEndpoint(stack, "later", { modelDataUrl: `s3://${BUCKET}/single/model.tar.gz` }, undefined, {
        asyncInferenceConfig: {
          clientConfig: { maxConcurrentInvocationsPerInstance: 2 },
          outputConfig: {
            s3OutputPath: `s3://${BUCKET}/answers`,
            s3FailurePath: `s3://${BUCKET}/failures/`,
            notificationConfig: {
              successTopic: answers,
              errorTopic: failures,
              includeInferenceResponseIns: ["SUCCESS_NOTIFICATION_TOPIC"],
            },
          },
        },
      });
      addEndpoint(stack, "now", {});
    });
    await hosting.put("model.tar.gz", { value: "late" }, "single/");
    const { endpoint, region } = hosting.plane.cloud;
    queues = new SQSClient({ endpoint, region, credentials: hosting.plane.credentials, maxAttempts: 1 });
  });

  after(async () => {
    queues.destroy();
    await hosting.stop();
  });

  /** Leaves a request in the bucket. */
  const leave = async (key: string, body: object | string): Promise<string> => {
    const bytes = Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
    await hosting.plane.store.put(BUCKET, key, bytes);
    return `s3://${BUCKET}/${key}`;
  };

  const ask = (rest: Partial<InvokeEndpointAsyncCommandInput>): Promise<InvokeEndpointAsyncCommandOutput> =>
    hosting.client.send(new InvokeEndpointAsyncCommand({ EndpointName: "later", ...rest }));

  /** What an address says, once it says something. */
  const said = async (address = ""): Promise<string> => {
    const key = address.slice(`s3://${BUCKET}/`.length);
    for (const end = Date.now() + 10_000; Date.now() < end; await sleep(20)) {
      const version = hosting.plane.store.find(BUCKET, key);
      if (version !== undefined) return text(hosting.plane.store.read(BUCKET, version));
    }
    throw new Error(`nothing at ${address}`);
  };

  /** The next message of a queue, whose message is then gone. */
  const heard = async (name: string): Promise<unknown> => {
    const QueueUrl = `${hosting.plane.cloud.endpoint}/123456789012/${name}`;
    const { Messages } = await queues.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5 }));
    const [message] = Messages ?? [];
    await queues.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle }));
    return JSON.parse(message?.Body ?? "null");
  };

  it("says at once where its answer will be, leaves it there, and tells the queue behind its topic", async () => {
    const InputLocation = await leave("asked/1.json", {});
    const accepted = await ask({
      InputLocation,
      InferenceId: "first",
      ContentType: "application/json",
      CustomAttributes: "trace=1",
    });
    equal(accepted.$metadata.httpStatusCode, 202);
    equal(accepted.InferenceId, "first");
    match(accepted.OutputLocation ?? "", /^s3:\/\/models-bucket\/answers\/[0-9a-f-]{36}\.out$/);
    match(accepted.FailureLocation ?? "", /^s3:\/\/models-bucket\/failures\/[0-9a-f-]{36}-error\.out$/);
    const answer = JSON.parse(await said(accepted.OutputLocation)) as {
      value: string;
      headers: Record<string, string>;
    };
    equal(answer.value, "late");
    equal(answer.headers["content-type"], "application/json");
    equal(answer.headers["x-amzn-sagemaker-custom-attributes"], "trace=1");
    const { Type, TopicArn, Message } = Envelope.parse(await heard("answered"));
    deepEqual([Type, TopicArn], ["Notification", "arn:aws:sns:us-east-1:123456789012:answers"]);
    const notice = Notice.parse(JSON.parse(Message));
    deepEqual(
      [notice.invocationStatus, notice.inferenceId, notice.awsRegion, notice.eventName],
      ["Completed", "first", "us-east-1", "InferenceResult"],
    );
    deepEqual(notice.requestParameters, { endpointName: "later", inputLocation: InputLocation });
    equal(notice.responseParameters.outputLocation, accepted.OutputLocation);
    equal(
      Buffer.from(notice.responseParameters.responseBody?.content ?? "", "base64").toString(),
      await said(accepted.OutputLocation),
    );
  });

  it("takes small requests as they are, and puts answers where it is told", async () => {
    const { OutputLocation, InferenceId } = await ask({
      Body: Buffer.from("{}"),
      S3OutputPathExtension: "team/one",
      Filename: "answer.json",
    });
    equal(OutputLocation, `s3://${BUCKET}/answers/team/one/answer.json`);
    match(InferenceId ?? "", /^[0-9a-f-]{36}$/);
    equal((JSON.parse(await said(OutputLocation)) as { value: string }).value, "late");
    await heard("answered");
  });

  it("reads a key that is no ASCII, which boto3 sends as UTF-8, and one that is none as it came", () => {
    const keyOf = (bytes: Buffer): string | undefined =>
      asyncRequest({ "x-amzn-sagemaker-inputlocation": `s3://in/${bytes.toString("latin1")}` }, Buffer.alloc(0)).input
        ?.prefix;
    equal(keyOf(Buffer.from("größe €.json")), "größe €.json");
    equal(keyOf(Buffer.from("größe.json", "latin1")), "größe.json");
  });

  it("leaves failures where they are looked for, and tells their queue, also when the container dies", async () => {
    const failures: [object | string | undefined, Partial<InvokeEndpointAsyncCommandInput>, RegExp][] = [
      [
        { status: 400, message: "no such month" },
        {},
        /Received client error \(400\) from primary with message "no such month"/,
      ],
      [{ crash: true }, {}, /The connection to container primary was closed before it answered/],
      [{ ms: 5000 }, { InvocationTimeoutSeconds: 1 }, /Your invocation timed out while waiting for a response/],
      [undefined, {}, /Failed to download the request: there is no object s3:\/\/models-bucket\/asked\/nothing/],
    ];
    for (const [body, rest, reason] of failures) {
      const InputLocation = body === undefined ? `s3://${BUCKET}/asked/nothing` : await leave("asked/bad.json", body);
      const { FailureLocation, OutputLocation, InferenceId } = await ask({ InputLocation, ...rest });
      match((JSON.parse(await said(FailureLocation)) as { message: string }).message, reason);
      const notice = Notice.parse(await heard("failed"));
      deepEqual([notice.invocationStatus, notice.inferenceId], ["Failed", InferenceId]);
      match(notice.failureReason ?? "", reason);
      equal(notice.responseParameters.outputLocation, FailureLocation);
      equal(hosting.plane.store.find(BUCKET, (OutputLocation ?? "").slice(`s3://${BUCKET}/`.length)), undefined);
    }
    const { OutputLocation } = await ask({ Body: Buffer.from("{}") });
    equal((JSON.parse(await said(OutputLocation)) as { value: string }).value, "late");
    await heard("answered");
  });

  it("answers so many at the same time, and the others wait", async () => {
    const endpoint = hosting.endpoint("queue", "SingleModel", {
      async: { ...NOWHERE, concurrent: 1 },
    });
    await hosting.plane.store.put(BUCKET, "asked/slow.json", Buffer.from('{"ms":150}'));
    const asked = performance.now();
    const all = await Promise.all(
      [1, 2, 3].map(() => ask({ EndpointName: "queue", InputLocation: `s3://${BUCKET}/asked/slow.json` })),
    );
    equal(endpoint.async?.backlog, 3);
    for (const { OutputLocation } of all) await said(OutputLocation);
    ok(performance.now() - asked >= 440, "three of 150 ms, one after another");
    const metrics = endpoint.variants[0]?.metrics;
    equal(metrics?.total("ApproximateBacklogSize")?.Maximum, 3);
    equal(metrics?.total("InvocationsProcessed")?.Sum, 3);
    ok((metrics?.total("TimeInBacklog")?.Maximum ?? 0) >= 290);
  });

  it("refuses requests and answers that are too large, without reading them", async () => {
    const asyncLimits = { payloadBytes: 2000 };
    hosting.endpoint("narrow", "SingleModel", {
      async: { ...NOWHERE, failure: { bucket: BUCKET, prefix: "narrow" } },
      asyncLimits,
    });
    const large = await ask({ EndpointName: "narrow", InputLocation: await leave("asked/large", "x".repeat(2001)) });
    match(
      await said(large.FailureLocation),
      /The request is too large: s3:\/\/models-bucket\/asked\/large has 2001 bytes; allowed: 2000/,
    );
    const answer = await ask({ EndpointName: "narrow", Body: Buffer.from('{"bytes":2001}') });
    match(await said(answer.FailureLocation), /The response of container primary is larger than 2000 bytes/);
  });

  it("refuses what cannot be, in the service's words", async () => {
    const InputLocation = `s3://${BUCKET}/asked/1.json`;
    const no = (rest: Partial<InvokeEndpointAsyncCommandInput>): Promise<string> => refusal(ask(rest));
    match(await no({}), /^400 ValidationError InputLocation and Body: given neither; allowed: exactly one of them$/);
    match(await no({ InputLocation, Body: Buffer.from("{}") }), /given both/);
    match(await no({ Body: Buffer.alloc(128_001) }), /Body: given 128001 bytes; allowed: 128000/);
    match(await no({ InputLocation: "https://example.com/a" }), /at 'inputLocation' failed to satisfy constraint/);
    match(await no({ InputLocation, InvocationTimeoutSeconds: 3601 }), /given "3601"; allowed: 1 to 3600 seconds/);
    match(await no({ InputLocation, RequestTTLSeconds: 59 }), /given "59"; allowed: 60 to 21600 seconds/);
    match(
      await no({ InputLocation, Filename: "a/b", S3OutputPathExtension: "/a" }),
      /^400 ValidationError 2 validation errors/,
    );
    for (const Filename of ["a.b.c", "n".repeat(33), ".hidden", "a b"])
      match(await no({ InputLocation, Filename }), /at 'filename' failed to satisfy constraint/);
    match(await no({ InputLocation, S3OutputPathExtension: "a b" }), /at 's3OutputPathExtension' failed/);
    match(
      await no({ EndpointName: "now", InputLocation }),
      /Endpoint now does not support this inference type: it answers at once, and InvokeEndpoint asks it/,
    );
    match(await no({ EndpointName: "nobody", InputLocation }), /Endpoint nobody of account 123456789012 not found/);
    match(await hosting.refusal("later", undefined), /it is asynchronous, and InvokeEndpointAsync asks it/);
  });

  it("is described, stands in the manifest, and says what of it hears nothing", async () => {
    const client = sagemakerClient(hosting.plane);
    try {
      const { AsyncInferenceConfig } = await client.send(new DescribeEndpointCommand({ EndpointName: "later" }));
      equal(AsyncInferenceConfig?.OutputConfig?.S3OutputPath, `s3://${BUCKET}/answers`);
      equal(AsyncInferenceConfig?.ClientConfig?.MaxConcurrentInvocationsPerInstance, 2);
    } finally {
      client.destroy();
    }
    const [later] = hosting.plane.manifest().endpoints;
    deepEqual([later?.kind, later?.outputUri], ["async", `s3://${BUCKET}/answers/`]);
    deepEqual(hosting.plane.skipped, ["failures-by-mail: the protocol email is not delivered to here; sqs is"]);
    hosting.endpoint("unheard", "SingleModel", {
      async: { ...NOWHERE, successTopic: "arn:aws:sns:us-east-1:1:elsewhere" },
    });
    const { OutputLocation } = await ask({ EndpointName: "unheard", Body: Buffer.from("{}") });
    await said(OutputLocation);
    await hosting.logged("unheard: topic arn:aws:sns:us-east-1:1:elsewhere does not run here: it hears nothing");
  });
});

const NOWHERE = {
  output: { bucket: BUCKET, prefix: "out" },
  failure: undefined,
  successTopic: undefined,
  errorTopic: undefined,
  successCarriesAnswer: false,
  errorCarriesAnswer: false,
  concurrent: undefined,
};
