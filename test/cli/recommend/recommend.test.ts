import { deepEqual, equal, match, rejects, throws } from "node:assert/strict";
import { Command } from "commander";
import { recommendCommand } from "../../../cli/commands/recommend";
import { recommendationRequest } from "../../../cli/recommend/recommendationRequest";
import { sagemakerSdk } from "../../../cli/recommend/sagemakerSdk";
import { captured } from "../commands/callCommand";
import { RecommenderDouble } from "./recommenderDouble";

const ROLE = "arn:aws:iam::123456789012:role/recommender";
const PACKAGE = "arn:aws:sagemaker:eu-west-1:123456789012:model-package/churn/3";

describe("frugal-ml recommend", function () {
  this.timeout(30_000);
  const environment = { ...process.env };
  let double: RecommenderDouble;

  before(async () => {
    double = await RecommenderDouble.start();
    Object.assign(process.env, {
      AWS_ENDPOINT_URL_SAGEMAKER: double.url,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_REGION: "eu-west-1",
    });
  });
  after(async () => {
    for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
    Object.assign(process.env, environment);
    await double.stop();
  });

  /** Runs the command and returns what it printed and the exit code it chose. */
  async function recommend(...args: string[]): Promise<{ readonly printed: string; readonly exitCode: unknown }> {
    const program = new Command().addCommand(recommendCommand()).exitOverride();
    const words = ["recommend", ...args];
    const { stdout: printed, exitCode } = await captured(() => program.parseAsync(words, { from: "user" }));
    return { printed, exitCode };
  }

  it("starts a job for a model package, and shows what it recommends and what failed", async () => {
    const { printed } = await recommend(
      "start",
      "churn",
      "--role",
      ROLE,
      "--model-package",
      PACKAGE,
      "--instance-type",
      "ml.c7g.large",
    );
    equal(printed, "arn:aws:sagemaker:eu-west-1:123456789012:inference-recommendations-job/churn is started\n");
    deepEqual(double.asked.at(-1), {
      operation: "CreateInferenceRecommendationsJob",
      signed: true,
      body: {
        JobName: "churn",
        JobType: "Default",
        RoleArn: ROLE,
        InputConfig: {
          ModelPackageVersionArn: PACKAGE,
          EndpointConfigurations: [{ InstanceType: "ml.c7g.large" }],
        },
      },
    });
    const shown = await recommend("show", "churn");
    equal(shown.exitCode, 0);
    deepEqual(shown.printed.split("\n"), [
      "By cost of an hour",
      "  1 × ml.c7g.large: $0.093 an hour, $0.02583 for a million answers, 6000 requests a minute, 12.5 ms",
      "    with OMP_NUM_THREADS=2",
      "  1 × ml.m5.large: $0.128 an hour, $0.03556 for a million answers, 6000 requests a minute, 12.5 ms",
      "    with OMP_NUM_THREADS=2",
      "Failed",
      "  1 × ml.t2.medium: Out of memory",
      "churn: COMPLETED, 1 of 2 benchmarks done",
      "",
    ]);
    const json: unknown = JSON.parse((await recommend("show", "churn", "--json")).printed);
    equal(Reflect.get(Object(Reflect.get(Object(json), "job")), "Status"), "COMPLETED");
  });

  it("tells a model of SageMaker what a package knows by itself", () => {
    const given = {
      role: ROLE,
      model: "churn-model",
      samplePayload: "s3://our-models/samples.tar.gz",
      contentType: "text/csv",
      domain: "MACHINE_LEARNING",
      task: "CLASSIFICATION",
      framework: "XGBOOST",
      frameworkVersion: "1.7-1",
      instanceType: [],
    };
    deepEqual(recommendationRequest("churn", given).InputConfig, {
      ModelName: "churn-model",
      ContainerConfig: {
        Domain: "MACHINE_LEARNING",
        Task: "CLASSIFICATION",
        Framework: "XGBOOST",
        FrameworkVersion: "1.7-1",
        PayloadConfig: { SamplePayloadUrl: "s3://our-models/samples.tar.gz", SupportedContentTypes: ["text/csv"] },
      },
    });
  });

  it("says what is wrong with the command line, all at once, before anything is asked", () => {
    const problems = (name: string, given: object): readonly string[] => {
      let message = "";
      throws(
        () => recommendationRequest(name, { instanceType: [], ...given }),
        (error: Error) => {
          message = error.message;
          return true;
        },
      );
      return [...message.matchAll(/^ {2}- (\S.*?): given/gm)].map(([, property]) => property ?? "");
    };
    deepEqual(problems("-", { instanceType: ["large"] }), [
      "<name>",
      "--role",
      "--model-package, --model",
      "--instance-type",
    ]);
    deepEqual(problems("a", { role: ROLE, modelPackage: "churn", task: "x" }), ["--model-package", "--task"]);
    deepEqual(problems("a", { role: ROLE, model: "m" }), ["--sample-payload", "--content-type", "--domain", "--task"]);
    deepEqual(
      problems("a", { role: ROLE, model: "m", modelPackage: PACKAGE }).includes("--model-package, --model"),
      true,
    );
  });

  it("passes on what SageMaker refuses, by its own code", async () => {
    const start = () => recommend("start", "twice", "--role", ROLE, "--model-package", PACKAGE);
    await start();
    await rejects(start(), { code: "ResourceInUse", message: /twice already exists \(HTTP 400\)/ });
    await rejects(recommend("show", "absent"), { code: "ResourceNotFound" });
  });

  it("says how to install the SDK where it is not", async () => {
    const absent = Object.assign(new Error("no such module"), { code: "ERR_MODULE_NOT_FOUND" });
    await rejects(
      sagemakerSdk(() => Promise.reject(absent)),
      { code: "SdkNotInstalled", message: /npm install --no-save @aws-sdk/ },
    );
    match(Object.keys(await sagemakerSdk()).join(), /CreateInferenceRecommendationsJobCommand/);
    await rejects(
      sagemakerSdk(() => Promise.reject(new Error("broken"))),
      /broken/,
    );
  });
});
