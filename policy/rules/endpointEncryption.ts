import type { Rule } from "../../contracts/rule";
import { keyFinding } from "../subjects/encryptionKey";
import { ENDPOINT_CONFIGURATION_TYPES, variantsOf } from "../subjects/endpoint";
import { instanceTypeIn } from "../subjects/instanceType";
import { valueAt } from "../subjects/valueAt";

/** Models on the volumes of endpoints are encrypted with a key of one's own. */
export const endpointEncryption: Rule = {
  id: "endpoint-encryption",
  pack: "guardrails",
  severity: "low",
  // SageMaker encrypts with keys of its own where no key is named, so that this is a matter of who may revoke it.
  enforcement: "advisory",
  onUnknown: "report",
  title: "Volumes of endpoints are encrypted with a key of yours",
  why:
    "A model is what the training was paid for, and often repeats the data that it was trained on. Without a key of yours " +
    "its volume is encrypted with one that AWS owns: nobody can revoke access or see who decrypted (Amazon SageMaker " +
    "developer guide, encryption-at-rest.html). A key costs $1 a month (AWS price list of 2025-08-28).",
  fix: "Set kmsKeyArn of the endpoint configuration. Instance types with NVMe storage take none and encrypt it themselves.",
  docs: "https://docs.aws.amazon.com/sagemaker/latest/dg/encryption-at-rest.html",
  config: {},
  types: ENDPOINT_CONFIGURATION_TYPES,
  check: () => [],

  checkInStack(resource, { dependenciesOf }) {
    const path = resource.type.startsWith("aws-native:") ? "kmsKeyId" : "kmsKeyArn";
    const onVolumes = variantsOf(resource).filter(
      ({ onInstances, value }) => onInstances && !instanceTypeIn(valueAt(value, "instanceType"))?.hasLocalStorage,
    );
    if (onVolumes.length === 0) return [];
    return keyFinding(path, valueAt(resource.inputs, path), dependenciesOf(resource, [path]));
  },
};
