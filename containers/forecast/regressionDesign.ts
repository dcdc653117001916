import { FREE_COLUMNS } from "./freeColumns";
import { LineSystems } from "./lineSystems";
import { PenalisedSystems } from "./penalisedSystems";
import type { Scratch } from "./scratch";
import { seasonalColumns, writeSeasonalTerms } from "./seasonalBasis";
import { ONE_STEP, tableIndex } from "./stepTable";
import { addRows } from "./termSums";
import { DAY_MS, type TimeAxis, timeAxis } from "./timeAxis";

/** Most places where the trend may bend, and the share of the series in which they stand: as Prophet has them. */
const CHANGEPOINTS = { most: 25, share: 0.8, pointsEach: 8 };

/** What a series is made of, one entry for each point. */
export interface Components {
  readonly year: Float64Array;
  /** The other seasons. */
  readonly rest: Float64Array;
  /** What neither trend nor seasons explain. */
  readonly residuals: Float64Array;
}

/**
 * Everything about a regression that the timestamps alone decide: columns `1, u, max(0, u - c₁) …, sin, cos …` with u
 * the time scaled to 0…1, their Gram matrix, and its factors. Customers with the same timestamps share one.
 */
export class RegressionDesign {
  readonly times: Float64Array;
  readonly axis: TimeAxis;
  /** Scaled time of each point. */
  readonly scaled: Float64Array;
  /** Where the trend may bend, scaled. */
  readonly changepoints: Float64Array;
  /** First point beyond each changepoint. */
  readonly starts: Int32Array;
  /** Fourier terms, row-major. */
  readonly terms: Float64Array;
  readonly termCount: number;
  /** Fourier terms of the yearly season, which come first. */
  readonly yearly: number;
  /** Columns before the Fourier terms. */
  readonly trendColumns: number;
  readonly columns: number;
  /** Distance of each point from the one before, as indexes of a step table; undefined when all are one step. */
  readonly gaps: Uint16Array | undefined;
  /** The usual distance of neighbours in scaled time. */
  readonly scaledStep: number;
  readonly lines: LineSystems;
  readonly systems: PenalisedSystems;

  /** @param scratch memory that is this design's own for as long as it lives */
  constructor(times: Float64Array, scratch: Scratch) {
    this.times = scratch.copy(times);
    this.axis = timeAxis(times);
    const { first, last, seasons, step } = this.axis;
    const span = last - first || 1;
    this.scaled = scratch.floats(times.length);
    for (let i = 0; i < times.length; i++) this.scaled[i] = ((times[i] as number) - first) / span;
    [this.changepoints, this.starts] = changepointsOf(this.scaled);
    this.termCount = seasonalColumns(seasons);
    this.yearly = seasons[0]?.name === "yearly" ? 2 * seasons[0].order : 0;
    this.terms = scratch.floats(times.length * this.termCount);
    writeSeasonalTerms(times, seasons, this.terms, this.termCount);
    this.trendColumns = FREE_COLUMNS + this.changepoints.length;
    this.columns = this.trendColumns + this.termCount;
    this.gaps = gapsOf(times, step * DAY_MS);
    this.scaledStep = (step * DAY_MS) / span;
    this.lines = new LineSystems(this.scaled, this.changepoints, this.starts, scratch);
    this.systems = new PenalisedSystems(this, scratch);
  }

  /** Xᵀy. */
  project(y: Float64Array, result: Float64Array): void {
    const { scaled, starts, changepoints, trendColumns } = this;
    let [s0, s1] = [0, 0];
    let end = scaled.length;
    for (let bend = starts.length - 1; bend >= -1; bend--) {
      const start = bend < 0 ? 0 : (starts[bend] as number);
      for (let i = end - 1; i >= start; i--) {
        s0 += y[i] as number;
        s1 += (y[i] as number) * (scaled[i] as number);
      }
      end = start;
      if (bend >= 0) result[FREE_COLUMNS + bend] = s1 - (changepoints[bend] as number) * s0;
    }
    result[0] = s0;
    result[1] = s1;
    addRows(this.terms, this.termCount, y, 0, scaled.length, result.subarray(trendColumns).fill(0));
  }

  /** Takes a series apart by the coefficients of its regression. */
  components(y: Float64Array, coefficients: Float64Array, scratch: Scratch): Components {
    const { scaled, terms, termCount, yearly, trendColumns, changepoints, starts } = this;
    const seasonal = coefficients.subarray(trendColumns);
    const [year, rest, residuals] = [scratch.floats(y.length), scratch.floats(y.length), scratch.floats(y.length)];
    let level = coefficients[0] as number;
    let slope = coefficients[1] as number;
    let next = 0;
    for (let i = 0; i < y.length; i++) {
      for (; next < starts.length && starts[next] === i; next++) {
        level -= (coefficients[next + FREE_COLUMNS] as number) * (changepoints[next] as number);
        slope += coefficients[next + FREE_COLUMNS] as number;
      }
      const row = i * termCount;
      // Sines and cosines each in a sum of their own: no product waits for the other's addition.
      let [sines, cosines] = [0, 0];
      let k = 0;
      for (; k < yearly; k += 2) {
        sines += (seasonal[k] as number) * (terms[row + k] as number);
        cosines += (seasonal[k + 1] as number) * (terms[row + k + 1] as number);
      }
      const ofYear = sines + cosines;
      [sines, cosines] = [0, 0];
      for (; k < termCount; k += 2) {
        sines += (seasonal[k] as number) * (terms[row + k] as number);
        cosines += (seasonal[k + 1] as number) * (terms[row + k + 1] as number);
      }
      year[i] = ofYear;
      rest[i] = sines + cosines;
      residuals[i] = (y[i] as number) - (level + slope * (scaled[i] as number)) - ofYear - (sines + cosines);
    }
    return { year, rest, residuals };
  }
}

/** Changepoints between the points at even shares of the first part of the series, as Prophet sets them. */
function changepointsOf(scaled: Float64Array): [Float64Array, Int32Array] {
  const reach = Math.floor(scaled.length * CHANGEPOINTS.share);
  const count = Math.max(0, Math.min(CHANGEPOINTS.most, Math.floor(reach / CHANGEPOINTS.pointsEach) - 1));
  const changepoints = new Float64Array(count);
  const starts = new Int32Array(count);
  for (let j = 0; j < count; j++) {
    const at = Math.round(((j + 1) * reach) / (count + 1));
    changepoints[j] = scaled[at] as number;
    // The term at the changepoint itself is 0.
    starts[j] = Math.min(at + 1, scaled.length - 1);
  }
  return [changepoints, starts];
}

function gapsOf(times: Float64Array, stepMs: number): Uint16Array | undefined {
  const gaps = new Uint16Array(times.length).fill(ONE_STEP);
  let regular = true;
  for (let i = 1; i < times.length; i++) {
    const gap = ((times[i] as number) - (times[i - 1] as number)) / stepMs;
    // Months and summer time are regular to anybody but a clock.
    if (Math.abs(gap - 1) < 0.1) continue;
    gaps[i] = tableIndex(gap);
    regular = false;
  }
  return regular ? undefined : gaps;
}
