import { isUnknown, reveal, typeChain } from "../../contracts/graph";
import type { RuleResource } from "../../contracts/rule";
import type { Certainty } from "./certainty";
import { tagValue } from "./tagValue";

/** How a resource says what it works for. Any one of these is enough. */
export interface WorkloadSigns {
  /** Key of the tag that names the workload. */
  readonly tagKey: string;
  /** Values of that tag that count, in any case. */
  readonly tagValues: readonly string[];
  /** Regular expressions that names are tried against, in any case. */
  readonly namePatterns: readonly string[];
  /** Type tokens of components whose descendants count. */
  readonly components: readonly string[];
}

/** Inputs that name a Lambda function: of aws, of aws-native. */
const NAME_INPUTS = ["name", "functionName"] as const;

/** Whether a resource bears the signs of a workload; unknown when only a tag could tell and it is not known yet. */
export function bearsSigns(resource: RuleResource, signs: WorkloadSigns): Certainty {
  const ancestors = typeChain(resource.urn).slice(0, -1);
  if (signs.components.some((type) => ancestors.includes(type))) return "yes";

  const tag = tagValue(resource.inputs, signs.tagKey);
  const values = signs.tagValues.map((value) => value.toLowerCase());
  if (typeof tag === "string" && values.includes(tag.toLowerCase())) return "yes";

  const patterns = signs.namePatterns.map((pattern) => new RegExp(pattern, "i"));
  if (spellings(resource).some((name) => patterns.some((pattern) => pattern.test(name)))) return "yes";
  return isUnknown(tag) ? "unknown" : "no";
}

/** Every known name as it is, and with its words apart (`imageURLResizer` → `image-url-resizer`), so that `\b` works. */
function spellings(resource: RuleResource): readonly string[] {
  const names = [resource.name, ...NAME_INPUTS.map((input) => reveal(resource.inputs[input]))];
  return names
    .filter((name) => typeof name === "string")
    .flatMap((name) => [
      name,
      name
        .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
        .replace(/([A-Z])([A-Z][a-z])/g, "$1-$2")
        .replaceAll("_", "-"),
    ]);
}
