import { type GraphValue, isGraphObject, isUnknown, reveal } from "../../contracts/graph";
import { scan } from "./acceleratorScan";
import { unknownSighting } from "./acceleratorSighting";
import { byTag, callAccelerators, type DocumentSighting } from "./callAccelerators";
import { readDocument } from "./hiddenDocument";
import { type PlacedValue, valuesAt } from "./propertyPath";

/** What a target says, in the spelling of one package or API. */
export interface TargetNames {
  readonly arn: string;
  readonly input: string;
  /** Properties that say that the target is work of ECS or Batch. */
  readonly work: readonly string[];
}

/** Names as `@pulumi/aws` and `aws-native` spell them. */
const PULUMI: TargetNames = {
  arn: "arn",
  input: "input",
  work: ["ecsParameters", "batchParameters", "ecsTarget", "batchTarget"],
};

/** Names as CloudFormation spells them. */
export const CLOUDFORMATION_TARGET: TargetNames = {
  arn: "Arn",
  input: "Input",
  work: ["EcsParameters", "BatchParameters"],
};

/** A target of EventBridge: an API call by name, or work of ECS or Batch with what its input overrides. */
export function targetAccelerators(
  { path, value, secret }: PlacedValue,
  names: TargetNames = PULUMI,
): readonly DocumentSighting[] {
  if (isUnknown(value)) return [unknownSighting(path)];
  if (!isGraphObject(value)) return [];
  const arn = reveal(value[names.arn]);
  const work = names.work.find((name) => reveal(value[name]));
  if (work === undefined && typeof arn !== "string") return [];
  return valuesAt(value, [names.input])
    .flatMap((place) =>
      readDocument<DocumentSighting>(
        {
          path: path === "" ? place.path : `${path}.${place.path}`,
          value: place.value,
          secret: secret || place.secret,
        },
        (input, at, hidden) =>
          work === undefined
            ? callAccelerators(String(arn), input, at, hidden)
            : byTag(scan(input, at, hidden), value[work] ?? null),
      ),
    )
    .filter((sighting) => work !== undefined || startsWork(arn) || sighting.status === "fail");
}

/** Whether a target is an API call; the input of any other is data, and an unknown one means nothing. */
function startsWork(arn: GraphValue | undefined): boolean {
  return typeof arn === "string" && /:scheduler:::/.test(arn);
}
