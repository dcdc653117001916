import { QuarantineReason, type TrainingResult } from "../../contracts/fleetManifest";
import { backtest } from "./backtest";
import type { LoadedModule } from "./loadedModule";
import { MODEL_SCHEMA, type ModelDocument, packModel } from "./modelArchive";
import { seriesAxis } from "./seriesAxis";
import { SeriesError } from "./seriesError";
import { readSeries } from "./seriesFile";

/** A customer's series, as it was split. */
export interface CustomerSeries {
  readonly customer: string;
  readonly inputHash: string;
  /** CSV, latin1. */
  readonly text: Uint8Array | string;
}

/** What came of a customer: an archive, unless it is in quarantine. */
export interface TrainedCustomer {
  readonly result: TrainingResult;
  readonly archive?: Uint8Array;
}

/** Reads, tests, fits and packs one customer. It never throws: what goes wrong is the customer's result. */
export function trainCustomer(
  { customer, inputHash, text }: CustomerSeries,
  module: LoadedModule,
  withBacktest = true,
): TrainedCustomer {
  const started = performance.now();
  const duration = (): number => Math.round((performance.now() - started) * 100) / 100;
  let points = 0;
  try {
    const series = readSeries(text, module.minimumPoints);
    points = series.times.length;
    const tested = withBacktest ? backtest(series, module) : undefined;
    const { model } = module.fit(series, module.options);
    if (model === undefined) throw new Error("fit returned no model");
    const document: ModelDocument = {
      schema: MODEL_SCHEMA,
      customer,
      module: module.name,
      inputHash,
      points,
      axis: seriesAxis(series.times),
      ...(tested && { backtest: tested }),
      model,
    };
    const archive = packModel(document);
    const result = { customer, inputHash, status: "fitted" as const, points, durationMs: duration() };
    return { archive, result: { ...result, ...(tested && { backtest: tested }) } };
  } catch (error) {
    const reason = error instanceof SeriesError ? error.code : QuarantineReason.FitFailed;
    const detail = (error instanceof Error ? error.message : String(error)).slice(0, 300);
    return { result: { customer, inputHash, status: "quarantined", reason, detail, points, durationMs: duration() } };
  }
}
