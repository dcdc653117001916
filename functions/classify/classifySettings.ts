import { type ClassifierInput, classifierInputProblems, parseClassifierInput } from "../../contracts/classifierInput";
import { ClassifyEnvironment, DEFAULT_TOP_K, MAX_TOP_K } from "../../contracts/classifyEnvironment";
import { type ClassifyLimits, classifyLimitsProblems, parseClassifyLimits } from "../../contracts/classifyLimits";
import { type ImageLinkRules, imageLinkProblems, parseImageLinkRules } from "../../contracts/imageLinkRules";
import { InvalidInputError, type Problem, printGiven } from "../../contracts/problems";
import { s3LocationOf } from "../../contracts/s3Location";

/** An object in S3. */
export interface S3Object {
  readonly bucket: string;
  readonly key: string;
}

/** An object in S3 whose bytes are known. */
export interface Artifact extends S3Object {
  /** SHA-256 of its bytes, hexadecimal in lower case. */
  readonly sha256: string;
}

/** Where results of a queue's pictures go. */
export type ResultsPlace =
  | { readonly kind: "bucket"; readonly bucket: string; readonly prefix: string }
  | { readonly kind: "queue"; readonly url: string };

/** What the function is configured with. */
export interface ClassifySettings {
  readonly model: Artifact;
  readonly labels: Artifact;
  readonly input: ClassifierInput;
  readonly limits: ClassifyLimits;
  readonly topK: number;
  /** Undefined when no link is followed. */
  readonly imageLink: ImageLinkRules | undefined;
  /** Undefined when a GET must bring a link. */
  readonly defaultImage: S3Object | undefined;
  /** Undefined for a function that no queue feeds. */
  readonly results: ResultsPlace | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the configuration of the function from its environment.
 * @throws InvalidInputError with every problem at once
 */
export function classifySettings(environment: Environment): ClassifySettings {
  const problems: Problem[] = [];
  const text = (name: string): string | undefined => environment[name] || undefined;
  const refuse = (property: string, given: unknown, allowed: string): void => {
    problems.push({ property, given: printGiven(given), allowed });
  };

  const object = (name: string): S3Object => {
    const location = s3LocationOf(text(name) ?? "");
    if (location === undefined || location.prefix === "") refuse(name, text(name), "s3://<bucket>/<key>");
    return { bucket: location?.bucket ?? "", key: location?.prefix ?? "" };
  };
  const artifact = (name: string, sha256Name: string): Artifact => {
    const sha256 = text(sha256Name) ?? "";
    if (!/^[0-9a-f]{64}$/.test(sha256)) refuse(sha256Name, text(sha256Name), "64 hexadecimal digits in lower case");
    return { ...object(name), sha256 };
  };
  const json = <T>(
    name: string,
    absent: T,
    find: (value: unknown, property: string) => Problem[],
    parse: (value: unknown) => T,
  ): T => {
    const given = text(name);
    if (given === undefined) return absent;
    const value = parsed(given);
    const found = find(value, name);
    problems.push(...found);
    return found.length > 0 ? absent : parse(value);
  };

  const settings: ClassifySettings = {
    model: artifact(ClassifyEnvironment.Model, ClassifyEnvironment.ModelSha256),
    labels: artifact(ClassifyEnvironment.Labels, ClassifyEnvironment.LabelsSha256),
    input: json(ClassifyEnvironment.Input, parseClassifierInput(), classifierInputProblems, parseClassifierInput),
    limits: json(ClassifyEnvironment.Limits, parseClassifyLimits(), classifyLimitsProblems, parseClassifyLimits),
    topK: Number(text(ClassifyEnvironment.TopK) ?? DEFAULT_TOP_K),
    imageLink: json<ImageLinkRules | undefined>(
      ClassifyEnvironment.ImageLink,
      undefined,
      imageLinkProblems,
      parseImageLinkRules,
    ),
    defaultImage: text(ClassifyEnvironment.DefaultImage) ? object(ClassifyEnvironment.DefaultImage) : undefined,
    results: resultsPlace(text(ClassifyEnvironment.Results)),
  };
  if (!Number.isInteger(settings.topK) || settings.topK < 1 || settings.topK > MAX_TOP_K) {
    refuse(ClassifyEnvironment.TopK, text(ClassifyEnvironment.TopK), `an integer from 1 to ${MAX_TOP_K}`);
  }
  if (text(ClassifyEnvironment.Results) !== undefined && settings.results === undefined) {
    const allowed = "s3://<bucket>/<prefix> or the URL of a queue";
    refuse(ClassifyEnvironment.Results, text(ClassifyEnvironment.Results), allowed);
  }
  if (problems.length > 0) throw new InvalidInputError("environment of the function that classifies", problems);
  return settings;
}

function resultsPlace(given: string | undefined): ResultsPlace | undefined {
  if (given === undefined) return undefined;
  const location = s3LocationOf(given);
  if (location !== undefined) return { kind: "bucket", ...location };
  return /^https?:\/\/[^/]+\/.+/.test(given) ? { kind: "queue", url: given } : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
