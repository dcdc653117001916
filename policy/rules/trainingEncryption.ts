import type { Finding, Rule, RuleResource } from "../../contracts/rule";
import { keyFinding } from "../subjects/encryptionKey";
import { instanceTypeIn } from "../subjects/instanceType";
import { JOB_TYPES, type Job, judgeJobs } from "../subjects/job";

/** Where each kind of job names its instance type and the key of its volume. */
const RESOURCES = {
  training: ["resourceConfig"],
  processing: ["processingResources", "clusterConfig"],
} as const;

/** Volumes and outputs of jobs are encrypted with a key of one's own. */
export const trainingEncryption: Rule = {
  id: "training-encryption",
  pack: "guardrails",
  severity: "low",
  // SageMaker encrypts with keys of its own where no key is named, so that this is a matter of who may revoke it.
  enforcement: "advisory",
  onUnknown: "report",
  title: "Volumes and outputs of training and processing are encrypted with a key of yours",
  why:
    "Training volumes hold the whole dataset, outputs the model. Without a key of yours they are encrypted with keys that " +
    "AWS owns: nobody can revoke access or see in CloudTrail who decrypted (Amazon SageMaker developer guide, " +
    "encryption-at-rest.html). A key costs $1 a month (AWS price list of 2025-08-28).",
  fix:
    "Set resourceConfig.volumeKmsKeyId and outputDataConfig.kmsKeyId, for processing VolumeKmsKeyId and " +
    "ProcessingOutputConfig.KmsKeyId. Instance types with NVMe storage take no key for the volume and encrypt it themselves.",
  docs: "https://docs.aws.amazon.com/sagemaker/latest/dg/encryption-at-rest.html",
  config: {},
  types: JOB_TYPES,
  check: () => [],
  checkInStack(resource, { dependenciesOf }) {
    const keyed = dependenciesOf(resource);
    const findings = judgeJobs(resource, ["training", "processing"], (job) => [
      ...volumeFinding(job, keyed),
      ...outputFinding(job, keyed),
    ]);
    return inOneWord(findings);
  },
};

/** A pipeline of five steps has ten places for a key, and usually the same reason for all. */
function inOneWord(findings: readonly Finding[]): readonly Finding[] {
  const failed = findings.filter(({ status }) => status === "fail");
  const [first] = failed;
  if (!first) return findings;
  const others = failed.length - 1;
  const message = others === 0 ? first.message : `${first.message}; so it is in ${others} more places`;
  return [{ ...first, message }, ...findings.filter(({ status }) => status !== "fail")];
}

function volumeFinding(job: Job, keyed: readonly RuleResource[]): readonly Finding[] {
  const at = RESOURCES[job.kind === "training" ? "training" : "processing"];
  const instance = instanceTypeIn(job.read(...at, "instanceType"));
  if (instance?.hasLocalStorage) return [];
  return keyFindingOf(job, [...at, "volumeKmsKeyId"], keyed);
}

function outputFinding(job: Job, keyed: readonly RuleResource[]): readonly Finding[] {
  if (job.kind === "training") return keyFindingOf(job, ["outputDataConfig", "kmsKeyId"], keyed);
  if (job.read("processingOutputConfig") === undefined) return [];
  return keyFindingOf(job, ["processingOutputConfig", "kmsKeyId"], keyed);
}

function keyFindingOf(job: Job, path: readonly string[], keyed: readonly RuleResource[]): readonly Finding[] {
  return keyFinding(job.at(...path), job.read(...path), keyed, job.isReference(...path));
}
