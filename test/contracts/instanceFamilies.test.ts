import { deepEqual, equal, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import * as sagemaker from "@aws-sdk/client-sagemaker";
import * as z from "zod";
import { INSTANCE_FAMILIES, instanceFamily, sageMakerFamilies } from "../../contracts/instanceFamilies";
import { FAMILIES_PUBLISHED } from "../../contracts/instanceFamilyData";

/** Days after which AWS has surely sold families that the data does not know. */
const MOST_DAYS = 400;

const observed = z
  .object({ families: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(path.join(__dirname, "fixtures", "observedFamilies.json"), "utf8"))).families;

/** EC2's letters that name accelerated families, as a pattern of its own. */
const LETTERS = /^(p|g|gr|cg|trn|inf|dl|vt|f)\d/;

const names = (families: readonly { readonly name: string }[]) => families.map(({ name }) => name);

describe("instance families", () => {
  it("are not older than a year and a month", () => {
    const days = (Date.now() - Date.parse(FAMILIES_PUBLISHED)) / 86_400_000;
    ok(
      days >= 0 && days < MOST_DAYS,
      `${days} days: raise the versions in build/instanceFamilies.ts, npm run families`,
    );
  });

  it("are told apart as EC2 itself told them apart", () => {
    const wrong: string[] = [];
    for (const [group, families] of Object.entries(observed)) {
      const [device, architecture] = group.split(" ");
      for (const name of families.split(" ")) {
        const family = instanceFamily(name);
        // The record says which have NVIDIA's and Neuron devices; g4ad has AMD's, the rest of the others none.
        const expected = device === "nvidia" || name === "g4ad" ? "gpu" : device === "neuron" ? "neuron" : undefined;
        const accelerator = family?.accelerator;
        const other = ["fpga", "media", "deep-learning"].includes(accelerator ?? "") && device === "none";
        if (accelerator !== expected && !other) wrong.push(`${name}: ${accelerator}`);
        if ((architecture === "arm64") === (family?.processor === "x86")) wrong.push(`${name}: ${family?.processor}`);
      }
    }
    deepEqual(wrong, []);
    ok(Object.values(observed).join(" ").split(" ").length > 170);
  });

  it("are accelerated exactly where the letters before the generation say so", () => {
    const wrong = INSTANCE_FAMILIES.filter(
      ({ name, accelerator }) => LETTERS.test(name) !== (accelerator !== undefined),
    );
    deepEqual(names(wrong), []);
    ok(INSTANCE_FAMILIES.length > 200);
  });

  it("cover every type of SageMaker's clusters, recommendations and reservations", () => {
    const types = [
      ...Object.values(sagemaker.ClusterInstanceType),
      ...Object.values(sagemaker.OptimizationJobDeploymentInstanceType),
    ].map((type) => type.split(".")[1] ?? "");
    deepEqual(
      types.filter((family) => instanceFamily(family) === undefined),
      [],
    );
    const accelerated = [...Object.values(sagemaker.ReservedCapacityInstanceType)];
    for (const type of accelerated) ok(instanceFamily(type.split(".")[1] ?? "")?.accelerator, type);
  });

  it("have Graviton in SageMaker for hosting only", () => {
    const graviton = (use: Parameters<typeof sageMakerFamilies>[0]) =>
      sageMakerFamilies(use).some(({ processor }) => processor === "graviton");
    ok(graviton("hosting"));
    for (const use of ["training", "processing", "transform", "notebook", "studio"] as const)
      equal(graviton(use), false);
  });

  it("are unknown when the data does not know them", () => {
    for (const name of ["g99", "p", "", "toString", "ml"]) equal(instanceFamily(name), undefined);
  });

  for (const look of ["c7g", "m7g", "r8g", "x2gd", "im4gn", "t4g", "hpc7g", "mac2", "u-6tb1"]) {
    it(`${look} is not accelerated`, () =>
      deepEqual([instanceFamily(look)?.name, instanceFamily(look)?.accelerator], [look, undefined]));
  }
});
