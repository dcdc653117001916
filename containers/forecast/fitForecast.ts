import { DesignShelf } from "./designShelf";
import type { FitFunction, FittedModel, Series } from "./fitFunction";
import { type ForecastData, ForecastModel } from "./forecastModel";
import type { Components, RegressionDesign } from "./regressionDesign";
import { robustDeviation } from "./robustDeviation";
import { Scratch } from "./scratch";
import { type Regression, StructuralRegression } from "./structuralRegression";
import { combineTrends } from "./trendCombination";

/** Deviations from the fit, in robust standard deviations, beyond which a point is drawn in. */
const OUTLIER = 4;

/** Half of the interval that 80 % of a normal distribution lie in, in standard deviations. */
const NORMAL_80 = 1.2816;

/** Penalty from which on a season is nearly off. */
const SEASON_OFF = 1e4;

/** Decimals of coefficients, which stand for values of about 1: more only make archives longer. */
const PRECISION = 1e12;

/** Coefficients from here on are not cut. */
const LARGE = 1e3;

const scratch = new Scratch();
const designs = new DesignShelf();

/**
 * Fits a Prophet-like model in closed form: a trend with bends, yearly, weekly and daily seasons as far as the data show
 * them, with penalties that the evidence chooses, additive or multiplicative. How the trend goes on is decided by what
 * would have been right in the past.
 */
export const fitForecast: FitFunction = (series: Series): FittedModel => {
  scratch.reset();
  const design = designs.of(series.times);
  const plain = onScale(design, series.values, false);
  const logarithmic = isPositive(series.values) ? onScale(design, series.values, true) : plain;
  return new ForecastModel(
    dataOf(design, series, fitOn(design, logarithmic.evidence > plain.evidence ? logarithmic : plain)),
  );
};

/** A series on one of two scales. */
interface ScaledSeries {
  readonly logarithmic: boolean;
  readonly centre: number;
  readonly scale: number;
  readonly scaled: Float64Array;
  readonly regression: StructuralRegression;
  /** Logarithm of the evidence of the values as they were given, under usual penalties. */
  readonly evidence: number;
}

/** A series and its regression. */
interface Fit {
  readonly series: ScaledSeries;
  /** Scaled values, outliers drawn in. */
  readonly scaled: Float64Array;
  readonly regression: Regression;
  readonly components: Components;
  /** Robust standard deviation of the noise, scaled. */
  readonly deviation: number;
}

function onScale(design: RegressionDesign, values: Float64Array, logarithmic: boolean): ScaledSeries {
  const scaled = scratch.copy(values);
  if (logarithmic) for (let i = 0; i < scaled.length; i++) scaled[i] = Math.log(values[i] as number);
  const [centre, scale] = centreAndScale(scaled);
  // The density of y is that of log y, over y.
  let change = -values.length * Math.log(scale);
  for (let i = 0; i < scaled.length; i++) {
    const value = scaled[i] as number;
    scaled[i] = (value - centre) / scale;
    if (logarithmic) change -= value;
  }
  const regression = new StructuralRegression(design, scaled, scratch);
  return { logarithmic, centre, scale, scaled, regression, evidence: regression.usualEvidence + change };
}

function fitOn(design: RegressionDesign, series: ScaledSeries): Fit {
  const first = fitWith(design, series, series.scaled, series.regression);
  const scaled = withoutSpikes(series.scaled, first.components.residuals, first.deviation);
  // What a spike did to the noise, it did to the choice of the penalties too.
  return scaled === undefined
    ? first
    : fitWith(design, series, scaled, new StructuralRegression(design, scaled, scratch));
}

function fitWith(
  design: RegressionDesign,
  series: ScaledSeries,
  scaled: Float64Array,
  structural: StructuralRegression,
): Fit {
  const regression = structural.fit();
  const components = design.components(scaled, regression.coefficients, scratch);
  return { series, scaled, regression, components, deviation: robustDeviation(components.residuals, scratch) };
}

/**
 * Draws single points in that stand far away from the fit, as a wrong reading does. Several on the same side are no wrong
 * readings but a change that the trend must follow, and stay.
 * @returns undefined when there is none
 */
function withoutSpikes(values: Float64Array, residuals: Float64Array, deviation: number): Float64Array | undefined {
  const bound = OUTLIER * deviation;
  let drawn: Float64Array | undefined;
  for (let i = 0; i < values.length; i++) {
    const residual = residuals[i] as number;
    if (!(Math.abs(residual) > bound && deviation > 0)) continue;
    const before = (residuals[i - 1] ?? 0) * Math.sign(residual);
    const after = (residuals[i + 1] ?? 0) * Math.sign(residual);
    if (Math.max(before, after) > bound / 2) continue;
    drawn ??= scratch.copy(values);
    drawn[i] = (values[i] as number) - residual + Math.sign(residual) * bound;
  }
  return drawn;
}

function dataOf(design: RegressionDesign, { times, values }: Series, fit: Fit): ForecastData {
  const { axis, trendColumns } = design;
  const { logarithmic, centre, scale } = fit.series;
  const { coefficients, penalties } = fit.regression;
  const { year: ofYear, rest } = fit.components;
  const [trend, withYear] = [scratch.floats(times.length), scratch.floats(times.length)];
  for (let i = 0; i < trend.length; i++) {
    withYear[i] = (fit.scaled[i] as number) - (rest[i] as number);
    trend[i] = (withYear[i] as number) - (ofYear[i] as number);
  }
  // A yearly season that is nearly off leaves both the same.
  const hasYear = design.yearly > 0 && (penalties.seasons[0] ?? 0) < SEASON_OFF;
  const { bends } = penalties;
  const seasonless = { trend, withYear: hasYear ? withYear : undefined, bends, deviation: fit.deviation };
  const { parts, year, spread, growth } = combineTrends(design, seasonless, scratch);
  return {
    kind: "frugal-ml/forecast",
    revision: 1,
    first: axis.first,
    last: axis.last,
    step: axis.step,
    logarithmic,
    centre,
    scale,
    ...(isNeverNegative(values) && { floor: 0 }),
    seasons: axis.seasons.map((season) => ({ ...season })),
    seasonal: rounded(coefficients.subarray(trendColumns)),
    trend: rounded(coefficients.subarray(0, trendColumns)),
    changepoints: rounded(design.changepoints),
    future: parts.map(({ weight, level, slope, damping, cycle }) => {
      const numbers = { weight: cut(weight), level: cut(level), slope: cut(slope), damping };
      return cycle === undefined ? numbers : { ...numbers, cycle: rounded(cycle) };
    }),
    year: cut(year),
    interval: { inside: cut(NORMAL_80 * fit.deviation), spread: cut(spread), growth: cut(growth) },
    history: { steps: stepsOf(times), values: listOf(values) },
  };
}

/** A plain array, as JSON needs it; spreading a typed array is many times slower. */
function listOf(numbers: Float64Array): number[] {
  const list = new Array<number>(numbers.length);
  for (let i = 0; i < list.length; i++) list[i] = numbers[i] as number;
  return list;
}

function rounded(numbers: ArrayLike<number>): number[] {
  const list = new Array<number>(numbers.length);
  for (let i = 0; i < list.length; i++) list[i] = cut(numbers[i] as number);
  return list;
}

function cut(number: number): number {
  return Math.abs(number) < LARGE ? Math.round(number * PRECISION) / PRECISION : number;
}

/** Distances of neighbours in milliseconds: times themselves are thirteen digits each. */
function stepsOf(times: Float64Array): number[] {
  const steps = new Array<number>(Math.max(0, times.length - 1));
  for (let i = 0; i < steps.length; i++) steps[i] = (times[i + 1] as number) - (times[i] as number);
  return steps;
}

function isNeverNegative(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) if ((values[i] as number) < 0) return false;
  return true;
}

function isPositive(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) if ((values[i] as number) <= 0) return false;
  return true;
}

function centreAndScale(values: Float64Array): [number, number] {
  const count = values.length;
  let sum = 0;
  for (let i = 0; i < count; i++) sum += values[i] as number;
  const mean = sum / count;
  let squares = 0;
  for (let i = 0; i < count; i++) squares += ((values[i] as number) - mean) ** 2;
  return [mean, Math.sqrt(squares / count) || Math.abs(mean) || 1];
}
