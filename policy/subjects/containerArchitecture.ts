import { type GraphValue, isGraphObject, isUnknown, reveal } from "../../contracts/graph";
import type { Finding, RuleResource } from "../../contracts/rule";
import { jsonValue } from "./jsonValue";
import { requiredText } from "./requiredText";
import { elementsOf, valueAt } from "./valueAt";

const ARM64 = {
  path: ["runtimePlatform", "cpuArchitecture"],
  allowed: ["ARM64"],
  absent: "absent, so it runs on X86_64",
};

/**
 * Why a task definition of ECS or a job definition of Batch does not run on Graviton. Both run on x86 unless they name
 * an architecture (ECS API reference, RuntimePlatform). A job on EC2 names none: its compute environment decides.
 */
export function containerArchitecture({ type, inputs }: RuleResource): readonly Finding[] {
  if (!type.includes(":batch")) return requiredText(inputs, ARM64);
  const capabilities = elementsOf(inputs["platformCapabilities"]);
  if (capabilities.some(isUnknown)) {
    return [{ status: "unknown", path: "platformCapabilities", message: "not known yet; on Fargate it must be ARM64" }];
  }
  if (!capabilities.includes("FARGATE")) return [];
  const given = ["containerProperties", "ecsProperties"].filter((name) => (reveal(inputs[name]) ?? null) !== null);
  return given.flatMap((name) => jobFindings(name, inputs[name]));
}

function jobFindings(name: string, given: GraphValue | undefined): readonly Finding[] {
  const properties = jsonValue(given);
  if (!isGraphObject(properties)) {
    return [{ status: "unknown", path: name, message: "not known yet; runtimePlatform.cpuArchitecture must be ARM64" }];
  }
  const prefix = typeof reveal(given) === "string" ? `${name}:$.` : `${name}.`;
  if (name === "containerProperties") return requiredText(properties, ARM64, prefix);
  return elementsOf(valueAt(properties, "taskProperties")).flatMap((task, index) =>
    requiredText(task, ARM64, `${prefix}taskProperties[${index}].`),
  );
}
