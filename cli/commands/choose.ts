import { Command, Option } from "commander";
import type { WorkloadArguments } from "../chooser/readWorkload";
import type { ChoiceFormat } from "../report/choiceFormats";

interface ChooseArguments extends WorkloadArguments {
  readonly prices?: string;
  readonly format: ChoiceFormat;
  readonly out?: string;
}

/** `frugal-ml choose`: which way of answering takes a workload, and what each costs. Exit code 0, or 1 when none takes it. */
export function chooseCommand(): Command {
  return withWorkload(new Command("choose"))
    .description("rank the ways of answering for a workload: what takes it, why others do not, what each costs a month")
    .option("--prices <file>", "price book (default: frugal-ml-prices.json in this folder, or the one shipped)")
    .addOption(
      new Option("--format <format>", "form of the report").choices(["text", "json", "markdown"]).default("text"),
    )
    .option("--out <file>", "file for the report (default: standard output)")
    .action(run);
}

/** Adds the options that describe a workload. */
export function withWorkload(command: Command): Command {
  return command
    .option("--payload <size>", "size of a request, for example 2MB")
    .option("--duration <time>", "time that one request takes on one vCPU (on the GPU with --gpu), for example 300ms")
    .option("--latency <time>", "time after which an answer must be there, for example 1s, or 12h when nobody waits")
    .option("--requests <rate>", "requests, for example 1e6/day")
    .option("--pattern <pattern>", "steady, spiky (bursts and pauses) or nightly (all of a day's at once)")
    .option("--peak-factor <times>", "traffic while there is any, as a multiple of the average (default: 1, 10 or 24)")
    .option("--answer <size>", "size of an answer (default: 10KB)")
    .option("--memory <size>", "memory of a container with one model (default: 2GB)")
    .option("--models <count>", "models that are asked for by name (default: 1)")
    .option("--active-share <share>", "share of the models that is in use at the same time (default: 0.1)")
    .option("--frameworks <count>", "containers of different frameworks, asked for by name (default: 1)")
    .option("--steps <count>", "containers that each request passes through (default: 1)")
    .option("--gpu", "the model needs a GPU")
    .option("--vpc", "the containers must stand in a VPC")
    .option("--onnx", "the model runs in ONNX Runtime")
    .option("--cold-start-tolerance <time>", "longest that a first answer may wait for a start (default: any)")
    .option("--cold-start <time>", "time that a start was measured to take")
    .option("--region <region>", "Region of the prices (default: us-east-1)");
}

async function run(given: ChooseArguments): Promise<void> {
  const { readWorkload } = await import("../chooser/readWorkload.js");
  const workload = readWorkload(given);
  const { choose } = await import("../chooser/choose.js");
  const { readPriceBook, shippedBook } = await import("../pricing/book/readPriceBook.js");
  const { CHOICE_REPORTS } = await import("../report/choiceFormats.js");
  const { pricingFiles } = await import("../pricing/pricingFiles.js");
  const { printReport, warnOfAge } = await import("./printReport.js");
  const { prices } = pricingFiles(".", given);
  const book = prices === undefined ? shippedBook() : readPriceBook(prices);
  const choice = choose(workload, book, new Date());
  await printReport(given.out, CHOICE_REPORTS[given.format](choice));
  warnOfAge(choice.book);
  process.exitCode = choice.first === undefined ? 1 : 0;
}
