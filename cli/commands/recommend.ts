import { Command } from "commander";
import type { RecommendationArguments } from "../recommend/recommendationRequest";

interface PlaceArguments {
  readonly region?: string;
  readonly json?: boolean;
}

/** `frugal-ml recommend`: has AWS's Inference Recommender measure a model in your account. It needs one, and costs what its endpoints do. */
export function recommendCommand(): Command {
  const command = new Command("recommend").description(
    "have AWS's Inference Recommender measure a model, in your account",
  );
  command.addCommand(
    withPlace(new Command("start"))
      .description("start a job, which loads endpoints of several instance types and is billed as they are")
      .argument("<name>", "name of the job")
      .option("--role <arn>", "role that SageMaker takes on for the job")
      .option("--model-package <arn>", "versioned package of the model registry")
      .option("--model <name>", "model of SageMaker, for example a component's, instead of a package")
      .option("--sample-payload <uri>", "s3:// address of a .tar.gz of requests; with --model")
      .option("--content-type <type>", "type of those requests; with --model")
      .option("--domain <domain>", "for example COMPUTER_VISION; with --model")
      .option("--task <task>", "for example IMAGE_CLASSIFICATION; with --model")
      .option("--framework <name>", "framework of the container, in SageMaker's words; with --model")
      .option("--framework-version <version>", "its version; with --model")
      .option("--instance-type <type>", "type to try; repeatable (default: SageMaker's own choice)", appended, [])
      .action(start),
  );
  command.addCommand(
    withPlace(new Command("show"))
      .description("how a job stands, and what it recommends")
      .argument("<name>", "name of the job")
      .action(show),
  );
  return command;
}

function withPlace(command: Command): Command {
  return command
    .option("--region <region>", "Region (default: that of your AWS configuration)")
    .option("--json", "the answer as JSON");
}

async function start(name: string, given: RecommendationArguments & PlaceArguments): Promise<void> {
  const { recommendationRequest } = await import("../recommend/recommendationRequest.js");
  const request = recommendationRequest(name, given);
  const { sagemakerSdk } = await import("../recommend/sagemakerSdk.js");
  const { startRecommendation } = await import("../recommend/recommendationJob.js");
  const sdk = await sagemakerSdk();
  const client = new sdk.SageMakerClient(given.region === undefined ? {} : { region: given.region });
  try {
    const arn = await startRecommendation(sdk, client, request);
    process.stdout.write(given.json ? `${JSON.stringify({ schema: 1, arn })}\n` : `${arn} is started\n`);
  } finally {
    client.destroy();
  }
}

async function show(name: string, given: PlaceArguments): Promise<void> {
  const { sagemakerSdk } = await import("../recommend/sagemakerSdk.js");
  const { readRecommendation } = await import("../recommend/recommendationJob.js");
  const { recommendationJson, recommendationText } = await import("../report/recommendationText.js");
  const sdk = await sagemakerSdk();
  const client = new sdk.SageMakerClient(given.region === undefined ? {} : { region: given.region });
  try {
    const read = await readRecommendation(sdk, client, name);
    process.stdout.write((given.json ? recommendationJson : recommendationText)(read));
    process.exitCode = read.job.Status === "COMPLETED" ? 0 : 1;
  } finally {
    client.destroy();
  }
}

function appended(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}
