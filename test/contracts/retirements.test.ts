import { deepEqual, equal } from "node:assert/strict";
import { RETIREMENTS } from "../../contracts/retirements";

/** Days in which AWS announces retirements well before they happen. */
const FRESH_DAYS = 270;

describe("retirements", () => {
  it("were read not long ago", () => {
    const days = (Date.now() - Date.parse(RETIREMENTS.readOn)) / 86_400_000;
    equal(
      days > -1 && days < FRESH_DAYS,
      true,
      `read ${Math.round(days)} days ago: read contracts/retirements.ts again`,
    );
  });

  it("name what is gone once, and nothing of today", () => {
    const { lambdaRuntimes, retiredFamilies, previousFamilies } = RETIREMENTS;
    for (const list of [lambdaRuntimes, [...retiredFamilies, ...previousFamilies]]) {
      equal(new Set(list).size, list.length);
    }
    const today = ["nodejs24.x", "nodejs22.x", "python3.14", "python3.13", "provided.al2023", "java25"];
    deepEqual(
      today.filter((runtime) => lambdaRuntimes.some((retired) => retired === runtime)),
      [],
    );
    const families = ["m5", "m7i", "c5", "c7g", "r8g", "g4dn", "g5", "p4d", "p5", "t3", "inf2", "trn1"];
    deepEqual(
      families.filter((family) => [...retiredFamilies, ...previousFamilies].some((gone) => gone === family)),
      [],
    );
  });
});
