import { instanceFamily } from "../../../contracts/instanceFamilies";
import type { InstanceUse, WasteBill } from "./wasteBill";
import type { NotJudged, WasteFinding } from "./wasteKind";

/** Which instances are to be replaced, and by what. */
export interface Replacement {
  /** Uses of SageMaker that it is about, as usage types spell them. */
  readonly components: readonly string[];
  applies(use: InstanceUse): boolean;
  /** Types that can take their place, the best first. */
  by(use: InstanceUse): readonly string[];
  what(use: InstanceUse): string;
  /** What to do, given the type to take. */
  fix(other: string, use: InstanceUse): string;
  readonly provided?: string;
}

/**
 * Findings about instances that others do as well for less. The best type is taken that is in the book and cheaper; where
 * none is in the book, or the instance itself is not, there is no amount.
 */
export function replaceInstances(bill: WasteBill, given: Replacement): readonly WasteFinding[] {
  return bill
    .instances(given.components)
    .filter((use) => given.applies(use))
    .flatMap((use): readonly WasteFinding[] => {
      const { line, component, resource } = use;
      const others = given.by(use);
      const finding = (other: string): Pick<WasteFinding, "resources" | "what" | "fix" | "provided"> => ({
        resources: [resource],
        what: given.what(use),
        fix: given.fix(other, use),
        ...(given.provided !== undefined && { provided: given.provided }),
      });
      const [best] = others;
      if (best === undefined) return [];
      if (line === undefined)
        return [{ ...finding(best), claims: [], unpriced: `no price of ${use.instanceType} is in the book` }];
      const priced = others.filter((other) => bill.priceLeft(line, `${component}:${other}`) !== undefined);
      if (priced.length === 0)
        return [{ ...finding(best), claims: [], unpriced: `no price of ${others.join(", ")} is in the book` }];
      for (const other of priced) {
        const share = bill.cheaperBy(line, `${component}:${other}`);
        if (share) return [{ ...finding(other), claims: [{ line, share, lever: "price" }] }];
      }
      return [];
    });
}

/** Types of some families in the same size, which has the same number of vCPUs in all but the oldest families. */
export function sameSize({ size }: InstanceUse, families: readonly string[]): readonly string[] {
  return families.map((family) => `ml.${family}.${size}`);
}

/** Instances of families that the data does not know: they may be accelerated, or may not. */
export function unknownFamilies(bill: WasteBill, components: readonly string[]): readonly NotJudged[] {
  return bill
    .instances(components)
    .filter(({ family }) => instanceFamily(family) === undefined)
    .map(({ resource, instanceType }) => ({
      resource,
      why: `the family of ${instanceType} is not known: it may be accelerated`,
    }));
}
