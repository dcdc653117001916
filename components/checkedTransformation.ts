import {
  canonicalModuleTransformation,
  moduleOptionsProblems,
  moduleTransformationHash,
} from "../contracts/moduleTransformation";
import {
  canonicalTransformation,
  DEFAULT_TRANSFORMATION,
  type Transformation,
  transformationHash,
  transformationProblems,
} from "../contracts/transformation";
import type { CheckedInputs } from "./checkedInputs";
import { moduleArchive } from "./moduleArchive";
import type { NormalizingAccessPointArgs, TransformationArgs } from "./normalizingAccessPointArgs";

/** What is done to an object while it is read: the transformation of images, or a module. */
export interface CheckedTransformation {
  /** The one spelling of it, for the function. */
  readonly canonical: string;
  /** Twelve digits that name it. */
  readonly hash: string;
  /** Absolute path of the module's archive; undefined for images. */
  readonly moduleFile?: string;
}

/** Checks `transformation`, or `code` and `moduleOptions` in its place. */
export function checkTransformation(
  { transformation, code, moduleOptions }: NormalizingAccessPointArgs,
  checks: CheckedInputs,
): CheckedTransformation {
  if (code === undefined) {
    if (moduleOptions !== undefined) {
      checks.add([{ property: "moduleOptions", given: "options without code", allowed: "only together with code" }]);
    }
    checks.add(transformationProblems(transformation ?? {}));
    const whole = { ...DEFAULT_TRANSFORMATION, ...given(transformation ?? {}) } as Transformation;
    return { canonical: canonicalTransformation(whole), hash: transformationHash(whole) };
  }
  if (transformation !== undefined) {
    const allowed = "one of transformation and code: a module takes options as moduleOptions";
    checks.add([{ property: "transformation", given: "a transformation of images with code", allowed }]);
  }
  const packed = moduleArchive(code, checks);
  const problems = moduleOptionsProblems(moduleOptions ?? "{}");
  checks.add(problems);
  const options: unknown = problems.length > 0 ? {} : JSON.parse(moduleOptions ?? "{}");
  const module = { module: packed?.manifest.module ?? "", options };
  return {
    canonical: canonicalModuleTransformation(module),
    hash: moduleTransformationHash(module),
    ...(packed && { moduleFile: packed.file }),
  };
}

function given(options: TransformationArgs): TransformationArgs {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
