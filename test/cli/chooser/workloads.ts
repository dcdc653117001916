import type { InferenceOption } from "../../../cli/chooser/inferenceOption";

/**
 * A workload as it is asked about, and what AWS's pages say of it: docs.aws.amazon.com/sagemaker/latest/dg/deploy-model-options.html
 * (real time for low latency or high throughput at 6 MB and 60 s; serverless for intermittent traffic at 4 MB and 60 s; batch for
 * data that is there, without a persistent endpoint; asynchronous for 1 GB and an hour, down to nothing), multi-model-endpoints.html
 * (many models of one framework that are not asked all the time), multi-container-endpoints.html (2 to 15 containers of
 * different frameworks), inference-pipelines.html (2 to 15 steps), serverless-endpoints.html (exclusions; cold starts are tolerated).
 */
export interface DescribedWorkload {
  readonly what: string;
  /** Command line without the program. */
  readonly asked: string;
  readonly first: InferenceOption;
  /** Why it is the first: no other takes it, the data is there at once, or it costs least. */
  readonly because: "only" | "dataset" | "cost";
  /** Options that must be out, and the code of why. */
  readonly out?: Readonly<Partial<Record<InferenceOption, string>>>;
}

export const WORKLOADS: readonly DescribedWorkload[] = [
  {
    what: "card fraud: a hundred small requests a second around the clock",
    asked: "--payload 10KB --duration 20ms --latency 200ms --requests 100/second --pattern steady",
    first: "real-time",
    because: "cost",
    out: { asynchronous: "interactive", "batch-transform": "latency", "multi-model": "models" },
  },
  {
    what: "an internal tool that is asked a hundred times a day",
    asked: "--payload 100KB --duration 300ms --latency 2s --requests 100/day --pattern spiky",
    first: "serverless",
    because: "cost",
    out: { lambda: "onnx" },
  },
  {
    what: "the same where no answer may wait for a start",
    asked: "--payload 100KB --duration 300ms --latency 2s --requests 100/day --pattern spiky --cold-start-tolerance 0s",
    first: "real-time",
    because: "only",
    out: { serverless: "cold-start" },
  },
  {
    what: "the same where a start was measured and may be waited for",
    asked:
      "--payload 100KB --duration 300ms --latency 2s --requests 100/day --pattern spiky --cold-start-tolerance 10s --cold-start 6s",
    first: "serverless",
    because: "cost",
  },
  {
    what: "recordings that take two minutes to transcribe",
    asked: "--payload 50MB --duration 2min --latency 30min --requests 500/day --pattern spiky",
    first: "asynchronous",
    because: "only",
    out: { "real-time": "payload", serverless: "payload", "batch-transform": "pattern" },
  },
  {
    what: "films of 800 MB",
    asked: "--payload 800MB --duration 20min --latency 4h --requests 50/day --pattern spiky",
    first: "asynchronous",
    because: "only",
    out: { "real-time": "payload", "batch-transform": "payload" },
  },
  {
    what: "scores of every customer, each night",
    asked: "--payload 1KB --duration 50ms --latency 12h --requests 1e6/day --pattern nightly",
    first: "batch-transform",
    because: "dataset",
  },
  {
    what: "the day's pictures of cameras, each night",
    asked: "--payload 5MB --duration 2s --latency 8h --requests 100000/day --pattern nightly",
    first: "batch-transform",
    because: "dataset",
    out: { serverless: "payload" },
  },
  {
    what: "nightly files that are too large for a job's requests",
    asked: "--payload 500MB --duration 10min --latency 12h --requests 40/day --pattern nightly",
    first: "asynchronous",
    because: "only",
    out: { "batch-transform": "payload" },
  },
  {
    what: "a model for each of a thousand tenants",
    asked:
      "--payload 20KB --duration 100ms --latency 1s --requests 1e6/day --pattern steady --models 1000 --memory 50MB",
    first: "multi-model",
    because: "cost",
    out: { serverless: "models", "multi-container": "frameworks", lambda: "onnx" },
  },
  {
    what: "twenty models that are asked all day",
    asked:
      "--payload 20KB --duration 100ms --latency 1s --requests 20/second --pattern steady --models 20 --memory 512MB",
    first: "multi-model",
    because: "cost",
  },
  {
    // By the words of AWS's pages one would take a multi-model endpoint; so few requests cost less than half of it without instances.
    what: "the same with a quarter of the traffic",
    asked:
      "--payload 20KB --duration 100ms --latency 1s --requests 5/second --pattern steady --models 20 --memory 512MB",
    first: "serverless",
    because: "cost",
  },
  {
    what: "three models of three frameworks that are asked all day",
    asked:
      "--payload 20KB --duration 100ms --latency 1s --requests 20/second --pattern steady --models 3 --frameworks 3",
    first: "multi-container",
    because: "cost",
    out: { "multi-model": "frameworks" },
  },
  {
    what: "features, a model, and wording of its answer",
    asked: "--payload 5KB --duration 60ms --latency 500ms --requests 10/second --pattern steady --steps 3",
    first: "inference-pipeline",
    because: "only",
    out: { serverless: "steps", "real-time": "steps", asynchronous: "interactive" },
  },
  {
    what: "a model that needs a GPU",
    asked: "--payload 1MB --duration 200ms --latency 1s --requests 5/second --pattern steady --gpu",
    first: "real-time",
    because: "only",
    out: { serverless: "gpu", lambda: "gpu" },
  },
  {
    what: "a database in a VPC that the container reads, asked now and then",
    asked: "--payload 10KB --duration 100ms --latency 1s --requests 1000/day --pattern spiky --vpc",
    first: "real-time",
    because: "only",
    out: { serverless: "vpc" },
  },
  {
    what: "a model of 8 GB, asked now and then",
    asked: "--payload 10KB --duration 2s --latency 10s --requests 300/day --pattern spiky --memory 8GB",
    first: "real-time",
    because: "only",
    out: { serverless: "memory" },
  },
  {
    what: "pictures of 5 MB, asked now and then",
    asked: "--payload 5MB --duration 500ms --latency 5s --requests 1000/day --pattern spiky",
    first: "real-time",
    because: "only",
    out: { serverless: "payload" },
  },
  {
    what: "scans of 20 MB that somebody waits for",
    asked: "--payload 20MB --duration 3s --latency 10s --requests 2000/day --pattern steady",
    first: "asynchronous",
    because: "only",
    out: { "real-time": "payload", serverless: "payload" },
  },
  {
    what: "documents that take a minute and a half",
    asked: "--payload 1MB --duration 90s --latency 3min --requests 2000/day --pattern spiky",
    first: "asynchronous",
    because: "only",
    out: { "real-time": "duration", serverless: "duration" },
  },
  {
    what: "bursts that need more at the same time than a serverless endpoint takes",
    asked: "--payload 10KB --duration 300ms --latency 1s --requests 1e7/day --pattern spiky",
    first: "real-time",
    because: "only",
    out: { serverless: "concurrency" },
  },
  {
    what: "classes of pictures by a model that runs in ONNX Runtime",
    asked: "--payload 1MB --duration 200ms --latency 3s --requests 10000/day --pattern spiky --onnx",
    first: "lambda",
    because: "cost",
  },
  {
    what: "the same with pictures too large for a function",
    asked: "--payload 5.5MB --duration 200ms --latency 3s --requests 10000/day --pattern spiky --onnx",
    first: "real-time",
    because: "only",
    out: { lambda: "payload", serverless: "payload" },
  },
  {
    what: "a chat that is used in bursts",
    asked: "--payload 4KB --duration 800ms --latency 3s --requests 20000/day --pattern spiky --memory 3GB",
    first: "serverless",
    because: "cost",
  },
  {
    what: "the same with twenty times the traffic, all day",
    asked: "--payload 4KB --duration 800ms --latency 3s --requests 400000/day --pattern steady --memory 3GB",
    first: "real-time",
    because: "cost",
  },
  {
    what: "few small requests that nobody waits for",
    asked: "--payload 100KB --duration 2s --latency 30min --requests 1000/day --pattern spiky",
    first: "serverless",
    because: "cost",
  },
  {
    what: "many long requests in bursts that nobody waits for",
    asked: "--payload 3MB --duration 50s --latency 1h --requests 20000/day --pattern spiky --memory 4GB",
    first: "asynchronous",
    because: "cost",
    out: { "batch-transform": "pattern" },
  },
  {
    what: "a stream that may be gathered for a day",
    asked: "--payload 2KB --duration 200ms --latency 24h --requests 1e6/day --pattern steady",
    first: "batch-transform",
    because: "cost",
  },
  {
    what: "sixty models that are rarely asked",
    asked:
      "--payload 10KB --duration 100ms --latency 2s --requests 5000/day --pattern spiky --models 60 --memory 512MB",
    first: "multi-model",
    because: "cost",
    out: { serverless: "models" },
  },
  {
    what: "twelve models that are hardly ever asked",
    asked: "--payload 10KB --duration 100ms --latency 2s --requests 100/day --pattern spiky --models 12 --memory 1GB",
    first: "serverless",
    because: "cost",
  },
  {
    what: "a hundred models of five frameworks",
    asked:
      "--payload 10KB --duration 100ms --latency 2s --requests 10000/day --pattern spiky --models 100 --frameworks 5 --memory 1GB",
    first: "real-time",
    because: "only",
    out: { "multi-model": "frameworks", "multi-container": "models", serverless: "models" },
  },
];
