import { type GraphValue, isUnknown } from "../../contracts/graph";
import type { Finding, RuleConfig, RuleResource } from "../../contracts/rule";
import { ACCELERATOR_DOCUMENTS } from "./acceleratorDocuments";
import { ACCELERATOR_PLACES, type AcceleratorUse, type Places } from "./acceleratorPlaces";
import { READINGS } from "./acceleratorReading";
import { distinct, unknownSighting } from "./acceleratorSighting";
import type { DocumentSighting } from "./callAccelerators";
import { tokensOfCloudFormation } from "./cloudFormationType";
import { pathSegments, valuesAt } from "./propertyPath";
import { TAGGED_USES } from "./taggedUses";
import { trains } from "./trainingTag";

/** Sees what one kind of resource asks for; all that can be done before there is a resource is done. */
type Look = (resource: RuleResource) => readonly DocumentSighting[];

const LOOKS = looksByUse();

/** Type tokens of every resource that a use is about. */
export function acceleratorTypes(use: AcceleratorUse): readonly string[] {
  return [...(LOOKS.get(use)?.keys() ?? [])];
}

/** Every accelerator that a resource asks for in one use. */
export function acceleratorSightings(resource: RuleResource, use: AcceleratorUse): readonly DocumentSighting[] {
  return distinct((LOOKS.get(use)?.get(resource.type) ?? []).flatMap((look) => look(resource)));
}

/**
 * What a resource's accelerators mean: refused in favour of something else, unless a tag allows them where it may.
 * @param instead what to use instead, as the end of a sentence
 * @param config with `TRAINING_PARAMETERS`, for uses that a tag may allow
 */
export function acceleratorFindings(
  resource: RuleResource,
  use: AcceleratorUse,
  instead: string,
  config: RuleConfig = {},
): readonly Finding[] {
  return judged(acceleratorSightings(resource, use), [resource.inputs], instead, config);
}

/** The same for sightings whose work is tagged elsewhere, for example at the cluster that they belong to. */
export function judged(
  sightings: readonly DocumentSighting[],
  holders: readonly GraphValue[],
  instead: string,
  config: RuleConfig,
): readonly Finding[] {
  return sightings.flatMap(({ status, path, what, tagged }): readonly Finding[] => {
    const message = `${what}; ${instead}`;
    if (tagged === undefined) return [{ status, path, message }];
    const training = [tagged, ...holders].map((holder) => trains(holder, config));
    if (training.includes("yes")) return [];
    if (status === "unknown" || !training.includes("unknown")) return [{ status, path, message }];
    const untold = `${what}, and the tags that would say whether it is for training are not known yet; ${instead}`;
    return [{ status: "unknown", path, message: untold }];
  });
}

function looksByUse(): ReadonlyMap<AcceleratorUse, ReadonlyMap<string, readonly Look[]>> {
  const uses = new Map<AcceleratorUse, Map<string, Look[]>>();
  const add = (use: AcceleratorUse, type: string, look: Look): void => {
    const types = uses.get(use) ?? new Map<string, Look[]>();
    uses.set(use, types.set(type, [...(types.get(type) ?? []), look]));
  };
  for (const places of ACCELERATOR_PLACES) {
    const look = lookAt(places);
    const types = [...places.types, ...places.cloudFormation.flatMap(tokensOfCloudFormation)];
    for (const type of types) add(places.use, type, look);
  }
  for (const { use, types, see } of ACCELERATOR_DOCUMENTS)
    for (const type of types) add(use, type, ({ inputs }) => see(inputs));
  return uses;
}

function lookAt({ use, paths }: Places): Look {
  const tagged = TAGGED_USES.includes(use) ? { tagged: null } : {};
  const places = paths.map((path) => {
    const segments = pathSegments(path);
    const reading = READINGS.get(segments.findLast((segment) => segment !== "[*]")?.toLowerCase() ?? "");
    if (!reading) throw new Error(`no reading for ${path}`);
    return { segments, reading };
  });
  return ({ inputs }) =>
    places.flatMap(({ segments, reading }) =>
      valuesAt(inputs, segments)
        .flatMap(({ value, path, secret }) =>
          isUnknown(value) ? [unknownSighting(path)] : reading(value, path, secret),
        )
        .map((sighting) => ({ ...sighting, ...tagged })),
    );
}
