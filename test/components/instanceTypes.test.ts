import { deepEqual, equal } from "node:assert/strict";
import { ProductionVariantInstanceType } from "@aws-sdk/client-sagemaker";
import {
  hasLocalStorage,
  INSTANCE_TYPE,
  imagePlatform,
  isAccelerated,
  isGraviton,
} from "../../components/instanceTypes";

/** Every type that SageMaker's API names for hosting. */
const HOSTING = Object.values(ProductionVariantInstanceType);

const familiesOf = (types: readonly string[]) => [...new Set(types.map((type) => type.split(".")[1]))].sort();

describe("instance types of hosting", () => {
  it("are all read", () => {
    deepEqual(
      HOSTING.filter((type) => !INSTANCE_TYPE.test(type)),
      [],
    );
  });

  it("are accelerated where the family's letters say so", () => {
    deepEqual(familiesOf(HOSTING.filter(isAccelerated)), [
      "dl1",
      "g4dn",
      "g5",
      "g6",
      "g6e",
      "g7",
      "g7e",
      "inf1",
      "inf2",
      "p2",
      "p3",
      "p4d",
      "p4de",
      "p5",
      "p5e",
      "p5en",
      "p6-b200",
      "p6-b300",
      "p6e-gb200",
      "trn1",
      "trn1n",
      "trn2",
    ]);
  });

  it("are Graviton, and run arm64 images, where the letter after the generation says so", () => {
    const graviton = HOSTING.filter(isGraviton);
    deepEqual(familiesOf(graviton), [
      "c6g",
      "c6gd",
      "c6gn",
      "c7g",
      "c8g",
      "m6g",
      "m6gd",
      "m8g",
      "r6g",
      "r6gd",
      "r7gd",
      "r8g",
    ]);
    for (const type of HOSTING) {
      equal(imagePlatform(type), graviton.includes(type) ? "linux/arm64" : "linux/amd64", type);
    }
  });

  it("bring storage of their own where a d says so", () => {
    const processors = HOSTING.filter((type) => !isAccelerated(type));
    deepEqual(familiesOf(processors.filter(hasLocalStorage)), ["c5d", "c6gd", "m5d", "m6gd", "r5d", "r6gd", "r7gd"]);
  });
});
