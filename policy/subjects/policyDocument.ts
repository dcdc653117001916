import { type GraphValue, isGraphObject, isUnknown } from "../../contracts/graph";
import { jsonValue } from "./jsonValue";
import { elementsOf, valueAt } from "./valueAt";

/** One statement that allows something. */
export interface AllowStatement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Whether some of its actions or resources are not known. */
  readonly partlyUnknown: boolean;
}

/**
 * What a policy document, as JSON text or as a value, allows.
 * @returns undefined when the document is not known, or no document
 */
export function allowStatements(document: GraphValue | undefined): readonly AllowStatement[] | undefined {
  const policy = jsonValue(document);
  if (!isGraphObject(policy)) return undefined;
  return elementsOf(policy["Statement"])
    .filter((statement) => valueAt(statement, "Effect") !== "Deny")
    .map((statement) => {
      const given = ["Action", "Resource"].map((name) => elementsOf(valueAt(statement, name)));
      const [actions = [], resources = []] = given.map((values) => values.filter((value) => typeof value === "string"));
      // Everything but a few actions, or but a few resources, is everything else.
      const allBut = (name: string) => (valueAt(statement, name) === undefined ? [] : ["*"]);
      return {
        actions: [...actions, ...allBut("NotAction")],
        resources: [...resources, ...allBut("NotResource")],
        partlyUnknown: isUnknown(statement) || given.flat().some(isUnknown),
      };
    });
}
