import { readFileSync } from "node:fs";
import type * as pulumi from "@pulumi/pulumi";
import { printGiven } from "../contracts/problems";
import type { CheckedInputs, InputRule } from "./checkedInputs";
import type { ClassifierApiArgs } from "./classifierApiArgs";
import { type LocalFile, localFile } from "./localFile";

/** An object that the function reads: a file to upload, or an object that is there. */
export type ClassifierObject =
  | { readonly local: LocalFile }
  | { readonly uri: pulumi.Input<string>; readonly sha256: pulumi.Input<string> | undefined };

/** Model, labels and the picture for a GET that names none. */
export interface ClassifierObjects {
  readonly model: ClassifierObject | undefined;
  readonly labels: ClassifierObject | undefined;
  readonly defaultImage: ClassifierObject | undefined;
}

const OBJECT_URI: InputRule<string> = {
  allowed: "an s3:// address of an object, without * and ?",
  test: (value) => /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/[^*?]*[^*?/]$/.test(value),
};

const SHA256: InputRule<string> = {
  allowed: "a SHA-256, 64 hexadecimal digits in lower case",
  test: (value) => /^[0-9a-f]{64}$/.test(value),
};

/** Checks where model, labels and default image come from; each from one place. */
export function checkClassifierObjects(args: ClassifierApiArgs, checks: CheckedInputs): ClassifierObjects {
  const model = objectOf("model", args.modelPath, args.modelUri, args.modelSha256, checks);
  const labels = objectOf("labels", args.labelsPath, args.labelsUri, args.labelsSha256, checks);
  if (labels && "local" in labels) checkLabels(labels.local.file, args.labelsPath, checks);
  const { defaultImagePath: file, defaultImageUri: uri } = args;
  if (file === undefined && uri === undefined) return { model, labels, defaultImage: undefined };
  return { model, labels, defaultImage: placeOf("defaultImage", file, uri, undefined, checks) };
}

function objectOf(
  name: "model" | "labels",
  file: string | undefined,
  uri: pulumi.Input<string> | undefined,
  sha256: pulumi.Input<string> | undefined,
  checks: CheckedInputs,
): ClassifierObject | undefined {
  if (uri !== undefined && sha256 === undefined) {
    const allowed = `only together with ${name}Sha256: what is replaced under the same key must not be served unseen`;
    checks.add([{ property: `${name}Uri`, given: "an address alone", allowed }]);
  }
  if (uri === undefined && sha256 !== undefined) {
    const allowed = `only together with ${name}Uri: of a file it is computed`;
    checks.add([{ property: `${name}Sha256`, given: "a hash alone", allowed }]);
  }
  return placeOf(name, file, uri, checks.optional(`${name}Sha256`, sha256, SHA256), checks);
}

function placeOf(
  name: string,
  file: string | undefined,
  uri: pulumi.Input<string> | undefined,
  sha256: pulumi.Input<string> | undefined,
  checks: CheckedInputs,
): ClassifierObject | undefined {
  if ((file === undefined) === (uri === undefined)) {
    const given = file === undefined ? "nothing" : `${name}Path and ${name}Uri`;
    checks.add([{ property: `${name}Path`, given, allowed: `either ${name}Path or ${name}Uri` }]);
  }
  if (uri !== undefined) return { uri: checks.input(`${name}Uri`, uri, OBJECT_URI), sha256 };
  const local = file === undefined ? undefined : localFile(`${name}Path`, file, checks);
  return local && { local };
}

function checkLabels(file: string, given: string | undefined, checks: CheckedInputs): void {
  try {
    const labels: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (Array.isArray(labels) && labels.length > 0 && labels.every((label) => typeof label === "string")) return;
  } catch {
    // No JSON: named below.
  }
  const allowed = "a JSON file with an array of texts, one for each output of the model";
  checks.add([{ property: "labelsPath", given: printGiven(given), allowed }]);
}
