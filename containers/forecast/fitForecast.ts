import type { FitFunction, FittedModel, Series } from "./fitFunction";
import { type ForecastData, ForecastModel } from "./forecastModel";
import { RegressionDesign } from "./regressionDesign";
import { select } from "./select";
import { fitRegression, type Regression, usualRegression } from "./structuralRegression";
import { combineTrends } from "./trendCombination";

/** Deviations from the fit, in robust standard deviations, beyond which a point is drawn in. */
const OUTLIER = 4;

/** The median absolute deviation of a normal distribution, as a share of its standard deviation. */
const MAD_SHARE = 0.6745;

/** Half of the interval that 80 % of a normal distribution lie in, in standard deviations. */
const NORMAL_80 = 1.2816;

/** Penalty from which on a season is nearly off. */
const SEASON_OFF = 1e4;

/** The last designs: customers that are measured together have the same timestamps. */
const designs: RegressionDesign[] = [];
const KEPT_DESIGNS = 4;

/**
 * Fits a Prophet-like model in closed form: a trend with bends, yearly, weekly and daily seasons as far as the data show
 * them, with penalties that the evidence chooses, additive or multiplicative. How the trend goes on is decided by what
 * would have been right in the past.
 */
export const fitForecast: FitFunction = (series: Series): FittedModel => {
  const design = designFor(series.times);
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
  /** Under usual penalties. */
  readonly usual: Regression;
  /** Logarithm of the evidence of the values as they were given, under usual penalties. */
  readonly evidence: number;
}

/** A regression of a series. */
interface Fit extends ScaledSeries {
  /** Scaled values, outliers drawn in. */
  readonly scaled: Float64Array;
  readonly regression: Regression;
  /** Robust standard deviation of the noise, scaled. */
  readonly deviation: number;
}

function onScale(design: RegressionDesign, values: Float64Array, logarithmic: boolean): ScaledSeries {
  const transformed = logarithmic ? values.map(Math.log) : values;
  const [centre, scale] = centreAndScale(transformed);
  const scaled = new Float64Array(values.length);
  // The density of y is that of log y, over y.
  let change = -values.length * Math.log(scale);
  for (let i = 0; i < scaled.length; i++) {
    const value = transformed[i] as number;
    scaled[i] = (value - centre) / scale;
    if (logarithmic) change -= value;
  }
  const usual = usualRegression(design, scaled);
  return { logarithmic, centre, scale, scaled, usual, evidence: usual.evidence + change };
}

function fitOn(design: RegressionDesign, series: ScaledSeries): Fit {
  const first = fitRegression(design, series.scaled, series.usual);
  const residuals = residualsOf(design, series.scaled, first.coefficients);
  const deviation = robustDeviation(residuals);
  const scaled = withoutSpikes(series.scaled, residuals, deviation);
  if (scaled === undefined) return { ...series, regression: first, deviation };
  // What a spike did to the noise, it did to the choice of the penalties too.
  const regression = fitRegression(design, scaled, usualRegression(design, scaled));
  return {
    ...series,
    scaled,
    regression,
    deviation: robustDeviation(residualsOf(design, scaled, regression.coefficients)),
  };
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
    drawn ??= values.slice();
    drawn[i] = (values[i] as number) - residual + Math.sign(residual) * bound;
  }
  return drawn;
}

function dataOf(design: RegressionDesign, { times, values }: Series, fit: Fit): ForecastData {
  const { axis, termCount, terms, trendColumns } = design;
  const { coefficients, penalties } = fit.regression;
  const seasonal = coefficients.subarray(trendColumns);
  // The yearly season comes first, where there is one.
  const yearly = axis.seasons[0]?.name === "yearly" ? 2 * axis.seasons[0].order : 0;
  const trend = new Float64Array(times.length);
  const withYear = new Float64Array(times.length);
  for (let i = 0; i < trend.length; i++) {
    const row = i * termCount;
    let year = 0;
    for (let k = 0; k < yearly; k++) year += (seasonal[k] as number) * (terms[row + k] as number);
    let rest = 0;
    for (let k = yearly; k < termCount; k++) rest += (seasonal[k] as number) * (terms[row + k] as number);
    withYear[i] = (fit.scaled[i] as number) - rest;
    trend[i] = (withYear[i] as number) - year;
  }
  const { parts, year, spread, growth } = combineTrends(design, {
    trend,
    // A yearly season that is nearly off leaves both the same.
    withYear: yearly > 0 && (penalties.seasons[0] ?? 0) < SEASON_OFF ? withYear : undefined,
    bends: penalties.bends,
    deviation: fit.deviation,
  });
  return {
    kind: "frugal-ml/forecast",
    revision: 1,
    first: axis.first,
    last: axis.last,
    step: axis.step,
    logarithmic: fit.logarithmic,
    centre: fit.centre,
    scale: fit.scale,
    ...(isNeverNegative(values) && { floor: 0 }),
    seasons: axis.seasons.map((season) => ({ ...season })),
    seasonal: listOf(seasonal),
    trend: listOf(coefficients.subarray(0, trendColumns)),
    changepoints: listOf(design.changepoints),
    future: parts.map(({ weight, level, slope, damping, cycle }) => {
      return { weight, level, slope, damping, ...(cycle && { cycle: Array.from(cycle) }) };
    }),
    year,
    interval: { inside: NORMAL_80 * fit.deviation, spread, growth },
    history: { steps: stepsOf(times), values: listOf(values) },
  };
}

/** The design of some timestamps, which is the last one's when they are the same. */
function designFor(times: Float64Array): RegressionDesign {
  const index = designs.findIndex((design) => sameTimes(design.times, times));
  const [design = new RegressionDesign(times.slice())] = index < 0 ? [] : designs.splice(index, 1);
  designs.unshift(design);
  designs.length = Math.min(designs.length, KEPT_DESIGNS);
  return design;
}

function sameTimes(a: Float64Array, b: Float64Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = a.length - 1; i >= 0; i--) if (a[i] !== b[i]) return false;
  return true;
}

/** A plain array, as JSON needs it; spreading a typed array is many times slower. */
function listOf(numbers: Float64Array): number[] {
  const list = new Array<number>(numbers.length);
  for (let i = 0; i < list.length; i++) list[i] = numbers[i] as number;
  return list;
}

/** Distances of neighbours in milliseconds: times themselves are thirteen digits each. */
function stepsOf(times: Float64Array): number[] {
  const steps = new Array<number>(Math.max(0, times.length - 1));
  for (let i = 0; i < steps.length; i++) steps[i] = (times[i + 1] as number) - (times[i] as number);
  return steps;
}

function isNeverNegative(values: Float64Array): boolean {
  for (const value of values) if (value < 0) return false;
  return true;
}

function isPositive(values: Float64Array): boolean {
  for (const value of values) if (value <= 0) return false;
  return true;
}

function centreAndScale(values: Float64Array): [number, number] {
  let mean = 0;
  for (const value of values) mean += value / values.length;
  let variance = 0;
  for (const value of values) variance += (value - mean) ** 2 / values.length;
  return [mean, Math.sqrt(variance) || Math.abs(mean) || 1];
}

function residualsOf(design: RegressionDesign, y: Float64Array, coefficients: Float64Array): Float64Array {
  const { scaled, terms, termCount, trendColumns, changepoints, starts } = design;
  const residuals = new Float64Array(y.length);
  let level = coefficients[0] as number;
  let slope = coefficients[1] as number;
  let next = 0;
  for (let i = 0; i < y.length; i++) {
    for (; next < starts.length && starts[next] === i; next++) {
      level -= (coefficients[next + 2] as number) * (changepoints[next] as number);
      slope += coefficients[next + 2] as number;
    }
    let fitted = level + slope * (scaled[i] as number);
    const row = i * termCount;
    for (let k = 0; k < termCount; k++)
      fitted += (coefficients[trendColumns + k] as number) * (terms[row + k] as number);
    residuals[i] = (y[i] as number) - fitted;
  }
  return residuals;
}

function robustDeviation(residuals: Float64Array): number {
  const sizes = new Float64Array(residuals.length);
  for (let i = 0; i < sizes.length; i++) sizes[i] = Math.abs(residuals[i] as number);
  return (sizes.length === 0 ? 0 : select(sizes, sizes.length >> 1)) / MAD_SHARE;
}
