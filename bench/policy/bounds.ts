import type { Bound } from "../fleet/bounds";
import { CHECKOV, PROGRAM } from "./contestants";
import type { Evaluated } from "./evaluation";
import { ratioOf, type WallTimes } from "./wallTimes";

/** Of checkov's wall time, at most, by resources. */
const MOST_OF_CHECKOV: ReadonlyMap<number, number> = new Map([
  [12, 1],
  [100, 0.5],
  [500, 0.5],
]);

/** Milliseconds of evaluation of as many resources, at most. */
const MOST_OF_EVALUATION = { resources: 5_000, milliseconds: 250 } as const;

/** A resource of a large stack may take this many times what one of a smaller takes: caches are of a size. */
const MOST_TIMES_LINEAR = 1.5;

/** What is asked of a check against checkov in the same rounds. */
export function wallTimeBounds(measured: readonly WallTimes[]): Bound[] {
  return measured.flatMap((times) => {
    const most = MOST_OF_CHECKOV.get(times.resources);
    if (most === undefined) return [];
    return [
      { name: `${times.resources} resources: over checkov's wall time`, value: ratioOf(times, PROGRAM, CHECKOV), most },
    ];
  });
}

/** What is asked of the rules. */
export function evaluationBounds(measured: readonly Evaluated[]): Bound[] {
  const each = ({ resources, milliseconds }: Evaluated): number => milliseconds / resources;
  return [
    ...measured
      .filter(({ resources }) => resources === MOST_OF_EVALUATION.resources)
      .map(({ resources, milliseconds }) => ({
        name: `all rules over ${resources} resources, ms`,
        value: milliseconds,
        most: MOST_OF_EVALUATION.milliseconds,
      })),
    ...measured.slice(1).flatMap((larger, index) => {
      const smaller = measured[index];
      if (smaller === undefined) return [];
      const name = `a resource of ${larger.resources} over one of ${smaller.resources}`;
      return [{ name, value: each(larger) / each(smaller), most: MOST_TIMES_LINEAR }];
    }),
  ];
}
