import { FRAMEWORK_IMAGES, FRAMEWORK_REGISTRIES } from "./frameworkImageData";
import { InvalidInputError, printGiven } from "./problems";

/** Frameworks for which AWS keeps images for inference. */
export const Framework = {
  TensorFlow: "tensorflow",
  PyTorch: "pytorch",
  HuggingFace: "huggingface",
  Mxnet: "mxnet",
  ScikitLearn: "sklearn",
  Xgboost: "xgboost",
} as const;
export type Framework = (typeof Framework)[keyof typeof Framework];

/** Processors that images run on: `graviton` is arm64. */
export type ImageProcessor = "x86" | "graviton";

/** An image of AWS's, wherever it will be pulled from. */
export interface FrameworkImage {
  readonly registry: keyof typeof FRAMEWORK_REGISTRIES;
  readonly repository: string;
  readonly tag: string;
}

interface Images {
  readonly registry: keyof typeof FRAMEWORK_REGISTRIES;
  readonly x86: Variants;
  readonly graviton?: Variants;
}

interface Variants {
  readonly repository: string;
  readonly tags: Readonly<Record<string, string>>;
}

const IMAGES: Readonly<Record<Framework, Images>> = FRAMEWORK_IMAGES;

/** Versions of a framework that have an image for a processor, newest first; empty when there is none. */
export function frameworkVersions(framework: Framework, processor: ImageProcessor): readonly string[] {
  return Object.keys(IMAGES[framework][processor]?.tags ?? {});
}

/**
 * The image of a framework's version.
 * @param version in full, as in `2.16.1`, or its beginning, as in `2.16`: the newest that begins so
 * @returns undefined when there is none
 */
export function frameworkImage(
  framework: Framework,
  version: string,
  processor: ImageProcessor,
): FrameworkImage | undefined {
  const images = IMAGES[framework];
  const found = frameworkVersions(framework, processor).find(
    (known) => known === version || known.startsWith(`${version}.`),
  );
  const variants = images[processor];
  const tag = found === undefined ? undefined : variants?.tags[found];
  if (variants === undefined || tag === undefined) return undefined;
  return { registry: images.registry, repository: variants.repository, tag };
}

/**
 * Where an image is pulled from in a Region.
 * @throws InvalidInputError when AWS keeps none there, as far as the data knows
 */
export function frameworkImageUri({ registry, repository, tag }: FrameworkImage, region: string): string {
  const accounts: readonly (readonly [string, string])[] = Object.entries(FRAMEWORK_REGISTRIES[registry]);
  const account = accounts.find(([, regions]) => regions.split(" ").includes(region))?.[0];
  if (account === undefined) {
    const regions = accounts.flatMap(([, names]) => names.split(" ")).sort();
    const problem = { property: "region", given: printGiven(region), allowed: `one of ${regions.join(", ")}` };
    throw new InvalidInputError(`the image ${repository}:${tag}`, [problem]);
  }
  const suffix = region.startsWith("cn-") ? ".cn" : "";
  return `${account}.dkr.ecr.${region}.amazonaws.com${suffix}/${repository}:${tag}`;
}
