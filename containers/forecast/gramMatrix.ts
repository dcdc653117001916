import type { Scratch } from "./scratch";
import { addProducts, addRows } from "./termSums";
import type { TimeAxis } from "./timeAxis";

/** The columns of a regression, as far as their products need them: see `RegressionDesign`. */
export interface DesignColumns {
  readonly scaled: Float64Array;
  readonly changepoints: Float64Array;
  readonly starts: Int32Array;
  readonly terms: Float64Array;
  readonly termCount: number;
  readonly trendColumns: number;
  readonly columns: number;
  readonly axis: Pick<TimeAxis, "seasons">;
}

/**
 * XᵀX, its lower triangle. The trend's part comes from sums over the points beyond each bend, and a season's own part from
 * sums of its sines and cosines, since their products are such; only seasons with each other are multiplied out.
 */
export function gramMatrix(design: DesignColumns, scratch: Scratch): Float64Array {
  const gram = scratch.floats(design.columns * design.columns);
  writeTrend(design, gram, scratch);
  let offset = 0;
  for (const { order } of design.axis.seasons) {
    const corner = design.trendColumns * design.columns + design.trendColumns;
    const rows = [offset, offset + 2 * order] as const;
    const block = { rows, columns: [0, offset] as const };
    addProducts(design.terms, design.scaled.length, design.termCount, block, gram, corner, design.columns);
    writeSeason(design, gram, offset, order, scratch);
    offset += 2 * order;
  }
  return gram;
}

/** Products of the trend's columns with each other and with the terms. */
function writeTrend(design: DesignColumns, gram: Float64Array, scratch: Scratch): void {
  const { scaled, terms, termCount, changepoints, starts, trendColumns, columns } = design;
  const free = trendColumns - changepoints.length;
  const [t0, t1, ones] = [scratch.floats(termCount), scratch.floats(termCount), scratch.floats(scaled.length).fill(1)];
  let [s0, s1, s2] = [0, 0, 0];
  let end = scaled.length;
  // From the last bend to the first, and then the line itself, whose bend is at 0.
  for (let bend = changepoints.length - 1; bend >= -1; bend--) {
    const start = bend < 0 ? 0 : (starts[bend] as number);
    addRows(terms, termCount, ones, start, end, t0);
    addRows(terms, termCount, scaled, start, end, t1);
    for (let i = start; i < end; i++) {
      const u = scaled[i] as number;
      s0 += 1;
      s1 += u;
      s2 += u * u;
    }
    end = start;
    const column = bend < 0 ? 1 : free + bend;
    const own = bend < 0 ? 0 : (changepoints[bend] as number);
    const row = column * columns;
    gram[row] = s1 - own * s0;
    gram[row + 1] = s2 - own * s1;
    for (let other = 0; other <= bend; other++) {
      const place = changepoints[other] as number;
      gram[row + free + other] = s2 - (own + place) * s1 + own * place * s0;
    }
    for (let k = 0; k < termCount; k++) {
      gram[(trendColumns + k) * columns + column] = (t1[k] as number) - own * (t0[k] as number);
    }
  }
  gram[0] = s0;
  for (let k = 0; k < termCount; k++) gram[(trendColumns + k) * columns] = t0[k] as number;
}

/** Products of a season's terms with each other: sin a · sin b = (cos(a - b) - cos(a + b)) / 2, and so on. */
function writeSeason(design: DesignColumns, gram: Float64Array, offset: number, order: number, scratch: Scratch): void {
  const { trendColumns, columns } = design;
  const [sines, cosines] = harmonicSums(design, offset, order, scratch);
  const corner = (trendColumns + offset) * columns + trendColumns + offset;
  for (let a = 1; a <= order; a++) {
    const sine = corner + 2 * (a - 1) * columns;
    const cosine = sine + columns;
    for (let b = 1; b <= a; b++) {
      const [otherSine, otherCosine] = [2 * (b - 1), 2 * (b - 1) + 1];
      const [less, more] = [cosines[a - b] as number, cosines[a + b] as number];
      const [lessSine, moreSine] = [sines[a - b] as number, sines[a + b] as number];
      gram[sine + otherSine] = (less - more) / 2;
      gram[cosine + otherCosine] = (less + more) / 2;
      gram[cosine + otherSine] = (moreSine - lessSine) / 2;
      if (b < a) gram[sine + otherCosine] = (moreSine + lessSine) / 2;
    }
  }
}

/** Sums of the sines and of the cosines of harmonics 0 to twice the order. */
function harmonicSums(
  { terms, termCount, scaled }: DesignColumns,
  offset: number,
  order: number,
  scratch: Scratch,
): readonly [Float64Array, Float64Array] {
  const [sines, cosines] = [scratch.floats(2 * order + 1), scratch.floats(2 * order + 1)];
  cosines[0] = scaled.length;
  const last = offset + 2 * order - 2;
  for (let i = 0; i < scaled.length; i++) {
    const row = i * termCount;
    const lastSine = terms[row + last] as number;
    const lastCosine = terms[row + last + 1] as number;
    for (let k = 1; k <= order; k++) {
      const sine = terms[row + offset + 2 * k - 2] as number;
      const cosine = terms[row + offset + 2 * k - 1] as number;
      sines[k] = (sines[k] as number) + sine;
      cosines[k] = (cosines[k] as number) + cosine;
      sines[order + k] = (sines[order + k] as number) + lastSine * cosine + lastCosine * sine;
      cosines[order + k] = (cosines[order + k] as number) + lastCosine * cosine - lastSine * sine;
    }
  }
  return [sines, cosines];
}
