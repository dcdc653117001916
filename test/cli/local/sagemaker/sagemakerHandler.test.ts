import { deepEqual, equal, match, ok } from "node:assert/strict";
import { randomUUID } from "node:crypto";
import {
  DescribePipelineCommand,
  DescribePipelineExecutionCommand,
  DescribeProcessingJobCommand,
  DescribeTrainingJobCommand,
  ListModelsCommand,
  ListPipelineExecutionStepsCommand,
  ListPipelineExecutionsCommand,
  ListPipelinesCommand,
  type SageMakerClient,
  StartPipelineExecutionCommand,
  type StartPipelineExecutionCommandInput,
  StopPipelineExecutionCommand,
} from "@aws-sdk/client-sagemaker";
import { fleetDefinition } from "./fleetDefinition";
import { PARAMETERS, PipelinePlane } from "./pipelinePlane";
import { sagemakerClient, sagemakerRefusal } from "./sagemakerClient";

const PIPELINE_ARN = "arn:aws:sagemaker:us-east-1:123456789012:pipeline/fleet";
const PipelineParameters = [{ Name: "RoleArn", Value: PARAMETERS.RoleArn }];

describe("the SageMaker control plane on this machine", () => {
  let fleet: PipelinePlane;
  let client: SageMakerClient;

  before(async () => {
    fleet = await PipelinePlane.start({
      Fleet: fleetDefinition(),
      Sleeping: fleetDefinition({ splitCommand: "sleep" }),
    });
    await fleet.data(3);
    client = sagemakerClient(fleet.plane);
  });

  after(async () => {
    client.destroy();
    await fleet.stop();
  });

  async function start(changes: Partial<StartPipelineExecutionCommandInput> = {}): Promise<string> {
    const ClientRequestToken = randomUUID();
    const input = { PipelineName: "Fleet", PipelineParameters, ClientRequestToken, ...changes };
    const { PipelineExecutionArn = "" } = await client.send(new StartPipelineExecutionCommand(input));
    return PipelineExecutionArn;
  }

  const describe_ = (PipelineExecutionArn: string) =>
    client.send(new DescribePipelineExecutionCommand({ PipelineExecutionArn }));

  async function finished(arn: string): Promise<void> {
    await fleet
      .pipeline(arn.includes("sleeping") ? "Sleeping" : "Fleet")
      .executions.find((execution) => execution.arn === arn)?.finished;
  }

  it("starts an execution, and tells how it went on", async () => {
    const arn = await start({ PipelineExecutionDisplayName: "nightly", PipelineExecutionDescription: "by hand" });
    match(arn, new RegExp(`^${PIPELINE_ARN}/execution/[a-z0-9]{12}$`));
    equal((await describe_(arn)).PipelineExecutionStatus, "Executing");
    await finished(arn);
    const ended = await describe_(arn);
    deepEqual(
      [ended.PipelineExecutionStatus, ended.PipelineArn, ended.PipelineExecutionDisplayName, ended.FailureReason],
      ["Succeeded", PIPELINE_ARN, "nightly", undefined],
    );
    ok(ended.CreationTime instanceof Date && ended.LastModifiedTime && ended.LastModifiedTime >= ended.CreationTime);
  });

  it("lists the steps with their jobs, newest first, in pages", async () => {
    const arn = await start();
    await finished(arn);
    const page = { PipelineExecutionArn: arn, MaxResults: 2 };
    const first = await client.send(new ListPipelineExecutionStepsCommand(page));
    const second = await client.send(new ListPipelineExecutionStepsCommand({ ...page, NextToken: first.NextToken }));
    equal(second.NextToken, undefined);
    const steps = [...(first.PipelineExecutionSteps ?? []), ...(second.PipelineExecutionSteps ?? [])];
    deepEqual(
      steps.map(({ StepName, StepStatus }) => [StepName, StepStatus]),
      [
        ["Publish", "Succeeded"],
        ["Train", "Succeeded"],
        ["Split", "Succeeded"],
      ],
    );
    const trainingName = steps[1]?.Metadata?.TrainingJob?.Arn?.split("/")[1];
    const job = await client.send(new DescribeTrainingJobCommand({ TrainingJobName: trainingName }));
    deepEqual(
      [job.TrainingJobStatus, job.SecondaryStatus, job.ResourceConfig?.InstanceCount, job.EnableManagedSpotTraining],
      ["Completed", "Completed", 2, true],
    );
    deepEqual(
      job.SecondaryStatusTransitions?.map(({ Status }) => Status),
      ["Starting", "Downloading", "Training", "Uploading", "Completed"],
    );
    match(job.ModelArtifacts?.S3ModelArtifacts ?? "", /^s3:\/\/fleet-bucket\/runs\/.*\/output\/model\.tar\.gz$/);
    const processingName = steps[2]?.Metadata?.ProcessingJob?.Arn?.split("/")[1];
    const split = await client.send(new DescribeProcessingJobCommand({ ProcessingJobName: processingName }));
    equal(split.ProcessingJobStatus, "Completed");
    equal(split.AppSpecification?.ContainerArguments?.[0], "split");
  });

  it("answers the same execution to the same token, by name and by ARN", async () => {
    const ClientRequestToken = "t".repeat(32);
    const arn = await start({ ClientRequestToken });
    equal(await start({ ClientRequestToken, PipelineName: PIPELINE_ARN }), arn);
    const changed = start({ ClientRequestToken, PipelineExecutionDescription: "another" });
    match(await sagemakerRefusal(changed), /^400 ConflictException /);
    await finished(arn);
  });

  it("lists pipelines and executions, and describes a pipeline with its definition", async () => {
    const { PipelineSummaries = [] } = await client.send(new ListPipelinesCommand({ SortBy: "Name" }));
    deepEqual(
      PipelineSummaries.map(({ PipelineName }) => PipelineName),
      ["Sleeping", "Fleet"],
    );
    const all = await client.send(new ListPipelineExecutionsCommand({ PipelineName: "Fleet", SortOrder: "Ascending" }));
    deepEqual(
      all.PipelineExecutionSummaries?.map(({ PipelineExecutionArn }) => PipelineExecutionArn),
      fleet.pipeline().executions.map(({ arn }) => arn),
    );
    const later = { PipelineName: "Fleet", CreatedAfter: new Date(Date.now() + 60_000) };
    deepEqual((await client.send(new ListPipelineExecutionsCommand(later))).PipelineExecutionSummaries, []);
    const described = await client.send(new DescribePipelineCommand({ PipelineName: "Fleet" }));
    deepEqual(JSON.parse(described.PipelineDefinition ?? ""), fleetDefinition());
    deepEqual([described.PipelineStatus, described.RoleArn], ["Active", PARAMETERS.RoleArn]);
  });

  it("stops an execution, once", async () => {
    const arn = await start({ PipelineName: "Sleeping" });
    const stop = new StopPipelineExecutionCommand({ PipelineExecutionArn: arn, ClientRequestToken: randomUUID() });
    equal((await client.send(stop)).PipelineExecutionArn, arn);
    equal((await describe_(arn)).PipelineExecutionStatus, "Stopping");
    await finished(arn);
    equal((await describe_(arn)).PipelineExecutionStatus, "Stopped");
    match(await sagemakerRefusal(client.send(stop)), /^400 ConflictException .* is Stopped/);
  });

  it("tells why an execution failed", async () => {
    const DataUri = { Name: "DataUri", Value: "s3://fleet-bucket/nothing/" };
    const arn = await start({ PipelineParameters: [...PipelineParameters, DataUri] });
    await finished(arn);
    const { FailureReason, PipelineExecutionStatus } = await describe_(arn);
    equal(PipelineExecutionStatus, "Failed");
    match(FailureReason ?? "", /^Step failure: One or multiple steps failed\. Split: ClientError: No S3 objects/);
  });

  it("refuses what there is not, and what is wrong, all of it at once", async () => {
    const PipelineExecutionArn = `${PIPELINE_ARN}/execution/aaaaaaaaaaaa`;
    const tooMany = [...PipelineParameters, { Name: "Other", Value: "x" }];
    const refusals = await Promise.all(
      [
        start({ PipelineName: "nowhere" }),
        describe_(PipelineExecutionArn),
        client.send(new DescribeTrainingJobCommand({ TrainingJobName: "nothing" })),
        start({ PipelineParameters: [] }),
        start({ PipelineParameters: tooMany }),
        start({ ClientRequestToken: "short", PipelineName: "no name!" }),
        start({ PipelineParameters: [...PipelineParameters, ...PipelineParameters] }),
        client.send(new ListPipelinesCommand({ NextToken: "bm90aGluZw" })),
        start({ SelectiveExecutionConfig: { SelectedSteps: [{ StepName: "Split" }] } }),
        client.send(new ListModelsCommand({})),
      ].map(sagemakerRefusal),
    );
    for (const [index, expected] of [
      /^400 ResourceNotFound Pipeline nowhere does not exist/,
      /^400 ResourceNotFound Pipeline execution .*aaaaaaaaaaaa does not exist/,
      /^400 ResourceNotFound Requested resource not found: nothing/,
      /^400 ValidationException Parameter RoleArn has no value and no default/,
      /^400 ValidationException Parameter Other is not defined/,
      /^400 ValidationException 2 validation errors detected: PipelineName: .*; ClientRequestToken: /,
      /^400 ValidationException A parameter is given twice/,
      /^400 ValidationException The NextToken is not valid/,
      /^400 ValidationException .*selective execution does not run here/,
      /^400 UnknownOperationException ListModels does not run here/,
    ].entries()) {
      match(refusals[index] ?? "", expected);
    }
  });

  it("refuses another secret, and no signature", async () => {
    const stranger = sagemakerClient(fleet.plane, { secretAccessKey: "wrong" });
    match(await sagemakerRefusal(stranger.send(new ListPipelinesCommand({}))), /^403 InvalidSignatureException /);
    stranger.destroy();
    const headers = { "x-amz-target": "SageMaker.ListPipelines", "content-type": "application/x-amz-json-1.1" };
    const unsigned = await fetch(fleet.plane.cloud.endpoint, { method: "POST", headers, body: "{}" });
    equal(unsigned.status, 403);
    equal(unsigned.headers.get("content-type"), "application/x-amz-json-1.1");
  });
});
