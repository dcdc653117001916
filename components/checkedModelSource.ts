import type * as pulumi from "@pulumi/pulumi";
import { Framework, frameworkImage, frameworkVersions } from "../contracts/frameworkImages";
import { SCRIPT_ENVIRONMENT } from "../contracts/modelTuning";
import { ServingEnvironment } from "../contracts/servingContainer";
import { type CheckedInputs, type InputRule, oneOf } from "./checkedInputs";
import { checkModelTuning } from "./checkedModelTuning";
import { MODEL_ARCHIVE_URI, PINNED_IMAGE, S3_FOLDER_URI } from "./inputRules";
import { isGraviton } from "./instanceTypes";
import type { ModelImage } from "./modelImage";
import type { ModelSourceArgs } from "./modelSourceArgs";

/** What answers in a container, checked. */
export interface CheckedModelSource {
  readonly image: ModelImage;
  readonly modelDataUrl: pulumi.Input<string> | undefined;
  /** Whether `modelDataUrl` is a prefix that `TargetModel` is joined to. */
  readonly multiModel: boolean;
  readonly environment: Readonly<Record<string, pulumi.Input<string>>>;
}

/** Where a source stands in the arguments, and what it runs on. */
export interface ModelSourceOptions {
  /** Path before its properties: empty, or ending with a dot. */
  readonly at: string;
  /** Instance type that runs it; undefined where SageMaker chooses, which is x86. */
  readonly instanceType: string | undefined;
  readonly multiModel?: boolean;
}

/** Checks a source; problems go to `checks`. */
export function checkModelSource(
  args: ModelSourceArgs,
  { at, instanceType, multiModel = false }: ModelSourceOptions,
  checks: CheckedInputs,
): CheckedModelSource {
  const { modelDataUrl } = args;
  const environment = { ...SCRIPT_ENVIRONMENT[args.framework ?? ""], ...args.environment };
  const rule: InputRule<string> = multiModel ? S3_FOLDER_URI : MODEL_ARCHIVE_URI;
  const url = `${at}${multiModel ? "modelPrefixUrl" : "modelDataUrl"}`;
  if (modelDataUrl === undefined && (multiModel || args.framework !== undefined)) {
    const why = multiModel ? "the prefix that TargetModel is joined to" : "AWS's images bring no model";
    checks.add([{ property: url, given: "nothing", allowed: `${rule.allowed}: ${why}` }]);
  }
  const framework = Object.values(Framework).find((name) => name === args.framework);
  const tuning = checkModelTuning(args, { at, framework, multiModel }, environment, checks);
  checkEnvironment(`${at}environment`, { ...environment, ...tuning }, checks);
  return {
    image: checkImage(args, { at, instanceType }, checks),
    modelDataUrl: checks.optional(url, modelDataUrl, rule),
    multiModel,
    environment: { ...environment, ...tuning },
  };
}

function checkImage(
  { image, framework, frameworkVersion }: ModelSourceArgs,
  { at, instanceType }: ModelSourceOptions,
  checks: CheckedInputs,
): ModelImage {
  const none: ModelImage = { uri: "" };
  if ((image === undefined) === (framework === undefined)) {
    const given = image === undefined ? "neither image nor framework" : "image and framework";
    checks.add([{ property: `${at}image`, given, allowed: "one of the two: your own image, or AWS's of a framework" }]);
    return none;
  }
  if (image !== undefined) {
    if (frameworkVersion !== undefined) {
      const allowed = "only together with framework";
      checks.add([{ property: `${at}frameworkVersion`, given: "with image", allowed }]);
    }
    return { uri: checks.input(`${at}image`, image, PINNED_IMAGE) };
  }
  const known = Object.values(Framework).find((name) => name === framework);
  if (known === undefined) {
    checks.plain(`${at}framework`, framework ?? "", oneOf<string>(Object.values(Framework)));
    return none;
  }
  const processor = instanceType !== undefined && isGraviton(instanceType) ? "graviton" : "x86";
  const found = frameworkImage(known, frameworkVersion ?? "", processor);
  if (found !== undefined) return { framework: found };
  const versions = frameworkVersions(known, processor);
  const on = processor === "graviton" ? `the Graviton processors of ${instanceType}` : "x86 processors";
  checks.plain(`${at}frameworkVersion`, frameworkVersion ?? "", {
    allowed:
      versions.length === 0
        ? `none: AWS keeps no image of ${known} for ${on}; take an instance type with x86 processors`
        : `for ${on} one of ${versions.join(", ")}, or the beginning of one`,
    test: () => false,
  });
  return none;
}

/** docs.aws.amazon.com/sagemaker/latest/APIReference/API_ContainerDefinition.html, Environment. */
function checkEnvironment(property: string, environment: Readonly<Record<string, unknown>>, checks: CheckedInputs) {
  const taken: readonly string[] = [ServingEnvironment.MultiModel, ServingEnvironment.BindToPort];
  const names = Object.keys(environment);
  checks.plain(property, names, {
    allowed: `at most 16 variables, with names of at most 1024 letters, digits and _, none of ${taken.join(", ")}`,
    test: () =>
      names.length <= 16 &&
      names.every((name) => /^[a-zA-Z_][a-zA-Z0-9_]{0,1023}$/.test(name) && !taken.includes(name)),
  });
}
