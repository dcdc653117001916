import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { CannotRunError } from "../../contracts/cannotRunError";
import type { ResourceGraph } from "../../contracts/graph";
import type { RunSummary } from "../../contracts/runSummary";
import { checkGraph } from "../check/checkGraph";
import { type CheckResult, violations } from "../check/checkResult";
import { captureGraph } from "../graph/captureGraph";
import { readProject } from "../graph/project";
import { readStackConfig } from "../graph/stackConfig";
import { LocalClassifier } from "../local/localClassifier";
import { LocalFleet } from "../local/localFleet";
import { LocalPlane } from "../local/localPlane";
import { LocalPlaneError } from "../local/localPlaneError";
import { LocalPooledModel } from "../local/localPooledModel";
import { checkDataset } from "./fleetDataset";
import { classifyPart } from "./parts/classify";
import { newcomersPart } from "./parts/newcomers";
import { normalizePart } from "./parts/normalize";
import { servePart } from "./parts/serve";
import { trainPart } from "./parts/train";
import { photographs } from "./photographs";
import { priceFigures, priceStack, type StackPrice } from "./priceStack";
import { rounded } from "./readings";
import type { RunExhibits } from "./runExhibits";

/** Seconds that composing, checking, pricing and starting may take on two cores. */
const BUDGETS = { compose: 15, check: 5, price: 5, start: 10 };

/** How the main job is run. */
export interface MainJobOptions {
  /** Folder of the program. */
  readonly program: string;
  readonly stack: string;
  /** Port on 127.0.0.1; 0 takes a free one. */
  readonly port: number;
  /** Folder of a user's own photographs; defaults to the shipped ones. */
  readonly images?: string;
  /** A user's own dataset for the fleet, a CSV file; defaults to the seed's. */
  readonly data?: string;
  /** Whether training machines are taken away once, as spot capacity goes. */
  readonly interrupt?: boolean;
  /** Folder for the summary. */
  readonly out: string;
  /** Ends the job before it is done. */
  readonly signal?: AbortSignal;
}

/** Is told how the job goes. */
export interface JobListener {
  /** A part began. */
  begin(part: string): void;
  /** How far it has come. */
  progress(text: string): void;
  /** It ended, with what it found in one line. */
  end(part: string, line: string, seconds: number, budget: number): void;
}

/** A plane that runs a stack, and what the job found. */
export interface MainJobResult {
  readonly plane: LocalPlane;
  readonly summary: RunSummary;
  readonly exhibits: RunExhibits;
}

/**
 * The main job: compose the stack, check it, run it on this machine, and carry real work through it.
 * The plane still runs when this returns; when it throws, nothing does.
 * @throws CannotRunError when the program, its configuration, the port or the photographs cannot be used, or when the
 *   job was interrupted
 */
export async function runMainJob(options: MainJobOptions, listener: JobListener): Promise<MainJobResult> {
  // Photographs that are not there would otherwise be missed only after everything has started.
  await photographs(options.images);
  await checkDataset(options.data);
  const plane = await listen(options);
  const work = carryOut(plane, options, listener);
  try {
    return { plane, ...(await Promise.race([work, interruption(options.signal)])) };
  } catch (error) {
    await plane.stop();
    // What was under way when the job was interrupted may have started something since.
    await Promise.allSettled([work]);
    await plane.stop();
    throw error;
  }
}

async function carryOut(
  plane: LocalPlane,
  options: MainJobOptions,
  listener: JobListener,
): Promise<Omit<MainJobResult, "plane">> {
  const { program, stack, images, data, interrupt, out, signal } = options;
  const started = performance.now();
  const clock = new PartClock(listener, signal);
  const [graph, resolved] = await clock.time("compose", BUDGETS.compose, async () => {
    const graphs = await Promise.all([
      captureGraph({ program, stack, mode: "preview" }),
      captureGraph({ program, stack, mode: "resolved", provider: plane.provider }),
    ]);
    const own = graphs[0].resources.filter(({ implicit }) => !implicit);
    return [`stack ${stack}: ${own.length} resources`, graphs];
  });
  const checked = await clock.time("check", BUDGETS.check, () => check(graph));
  const priced = await clock.time("price", BUDGETS.price, async () => price(graph, program));
  await clock.time("start", BUDGETS.start, async () => {
    await plane.start(resolved);
    return [`${plane.cloud.endpoint}, ${plane.manifest().accessPoints.length} ways to read`, undefined];
  });
  const normalize = await clock.time("normalize", normalizePart.budgetSeconds, async () => {
    const report = await normalizePart.run({ plane, images, out, progress: listener.progress });
    return [report.line, report];
  });
  const train = plane.all(LocalFleet).some(({ settings }) => settings.dataUri !== undefined)
    ? await clock.time("train", trainPart.budgetSeconds, async () => {
        const report = await trainPart.run({ plane, data, interrupt, out, progress: listener.progress });
        return [report.line, report];
      })
    : undefined;
  const serve = plane.manifest().endpoints.some(({ kind }) => kind === "multi-model")
    ? await clock.time("serve", servePart.budgetSeconds, async () => {
        const report = await servePart.run({ plane, data, out, progress: listener.progress });
        return [report.line, report];
      })
    : undefined;
  const classify = plane.all(LocalClassifier).some(({ modelPath }) => modelPath !== undefined)
    ? await clock.time("classify", classifyPart.budgetSeconds, async () => {
        const report = await classifyPart.run({ plane, out, progress: listener.progress });
        return [report.line, report];
      })
    : undefined;
  const newcomers =
    plane.all(LocalPooledModel).length > 0
      ? await clock.time("newcomers", newcomersPart.budgetSeconds, async () => {
          const report = await newcomersPart.run({ plane, out, progress: listener.progress });
          return [report.line, report];
        })
      : undefined;
  const reports = [normalize, ...[train, serve, newcomers, classify].filter((report) => report !== undefined)];
  const failures = [
    ...checked.failures,
    ...priced.failures,
    ...plane.skipped,
    ...reports.flatMap((report) => report.failures),
  ];
  const summary: RunSummary = {
    ok: failures.length === 0,
    seconds: rounded((performance.now() - started) / 1000),
    parts: clock.parts,
    check: checked.figures,
    normalize: normalize.figures,
    ...(train && { train: train.figures }),
    ...(serve && { serve: serve.figures }),
    ...(newcomers && { newcomers: newcomers.figures }),
    ...(classify && { classify: classify.figures }),
    ...(priced.stack && { price: priceFigures(priced.stack.result) }),
    failures,
  };
  await mkdir(out, { recursive: true });
  await writeFile(path.join(out, "summary.json"), `${JSON.stringify(summary, null, 2)}\n`);
  const exhibits: RunExhibits = {
    graph: resolved,
    check: checked.result,
    price: priced.stack,
    pictures: normalize.pictures ?? [],
    forecasts: serve?.forecasts ?? [],
    classified: classify?.classified ?? [],
  };
  return { summary, exhibits };
}

/** Rejects when the job is interrupted, and never resolves. */
function interruption(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    const interrupt = (): void => reject(new CannotRunError("Interrupted", "the job was stopped before it was done"));
    if (signal?.aborted) interrupt();
    signal?.addEventListener("abort", interrupt, { once: true });
  });
}

async function listen({ port, program, stack }: MainJobOptions): Promise<LocalPlane> {
  const { values } = readStackConfig(readProject(program), stack);
  try {
    return await LocalPlane.listen({
      port,
      region: values["aws:region"] ?? "us-east-1",
      program: path.resolve(program),
    });
  } catch (error) {
    throw error instanceof LocalPlaneError ? new CannotRunError(error.code, error.message, { cause: error }) : error;
  }
}

async function check(
  graph: ResourceGraph,
): Promise<[string, { result: CheckResult; figures: RunSummary["check"]; failures: readonly string[] }]> {
  const result = await checkGraph(graph);
  const refused = violations(result);
  const packs = result.packs.map(({ pack }) => pack);
  const failures = refused.map(({ rule, resource, finding }) => {
    return `${resource?.name ?? "the stack"}: ${rule.id}: ${finding.message}`;
  });
  const line = `${result.resources} resources against ${packs.join(", ")}: ${refused.length} violations`;
  return [line, { result, figures: { resources: result.resources, packs, violations: refused.length }, failures }];
}

/** A usage file or price book that cannot be read fails the job at its end, and keeps nothing else from being tried. */
function price(
  graph: ResourceGraph,
  program: string,
): [string, { readonly stack?: StackPrice; readonly failures: readonly string[] }] {
  try {
    const stack = priceStack(graph, program, new Date());
    const { monthly, low, high, bookDate } = priceFigures(stack.result);
    return [`${monthly} US dollars a month, ${low} to ${high}, at prices of ${bookDate}`, { stack, failures: [] }];
  } catch (error) {
    if (!(error instanceof CannotRunError)) throw error;
    return ["no price", { failures: [`price: ${error.code}: ${error.message}`] }];
  }
}

/** Times the parts of the job. */
class PartClock {
  readonly parts: Record<string, { seconds: number; budget: number }> = {};

  constructor(
    private readonly listener: JobListener,
    private readonly signal: AbortSignal | undefined,
  ) {}

  /** Runs a part, unless the job was interrupted; it returns its line and its result. */
  async time<T>(part: string, budget: number, run: () => Promise<[string, T]>): Promise<T> {
    this.signal?.throwIfAborted();
    this.listener.begin(part);
    const started = performance.now();
    const [line, result] = await run();
    this.signal?.throwIfAborted();
    const seconds = rounded((performance.now() - started) / 1000);
    this.parts[part] = { seconds, budget };
    this.listener.end(part, line, seconds, budget);
    return result;
  }
}
