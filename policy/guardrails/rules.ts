import type { Rule } from "../../contracts/rule";
import { abandonedUploads } from "../rules/abandonedUploads";
import { bucketKey } from "../rules/bucketKey";
import { budgetPresent } from "../rules/budgetPresent";
import { callerTimeout } from "../rules/callerTimeout";
import { costTags } from "../rules/costTags";
import { dataCapture } from "../rules/dataCapture";
import { deletionProtection } from "../rules/deletionProtection";
import { endpointEncryption } from "../rules/endpointEncryption";
import { endpointScaling } from "../rules/endpointScaling";
import { functionLogGroup } from "../rules/functionLogGroup";
import { functionTimeout } from "../rules/functionTimeout";
import { idleDevEndpoint } from "../rules/idleDevEndpoint";
import { idleNotebook } from "../rules/idleNotebook";
import { idleStudio } from "../rules/idleStudio";
import { imageLifecycle } from "../rules/imageLifecycle";
import { inferenceOptionLimits } from "../rules/inferenceOptionLimits";
import { invocationDeadLetters } from "../rules/invocationDeadLetters";
import { logRetention } from "../rules/logRetention";
import { maxRuntime } from "../rules/maxRuntime";
import { natWithoutEndpoint } from "../rules/natWithoutEndpoint";
import { networkIsolation } from "../rules/networkIsolation";
import { noncurrentVersions } from "../rules/noncurrentVersions";
import { previousInstance } from "../rules/previousInstance";
import { queueDeadLetters } from "../rules/queueDeadLetters";
import { queueVisibility } from "../rules/queueVisibility";
import { retiredInstance } from "../rules/retiredInstance";
import { retiredRuntime } from "../rules/retiredRuntime";
import { savingsPlanBudget } from "../rules/savingsPlanBudget";
import { savingsPlanPurchase } from "../rules/savingsPlanPurchase";
import { savingsPlanTags } from "../rules/savingsPlanTags";
import { scalingCeiling } from "../rules/scalingCeiling";
import { trainingEncryption } from "../rules/trainingEncryption";
import { trainingOnSpot } from "../rules/trainingOnSpot";
import { wildcardDataAccess } from "../rules/wildcardDataAccess";

/** What keeps machine learning from costing more than it is worth, and from losing data. */
export const guardrailRules: readonly Rule[] = [
  trainingOnSpot,
  maxRuntime,
  scalingCeiling,
  endpointScaling,
  inferenceOptionLimits,
  idleDevEndpoint,
  idleNotebook,
  idleStudio,
  dataCapture,
  logRetention,
  functionLogGroup,
  functionTimeout,
  callerTimeout,
  queueVisibility,
  queueDeadLetters,
  invocationDeadLetters,
  costTags,
  savingsPlanTags,
  savingsPlanBudget,
  savingsPlanPurchase,
  budgetPresent,
  retiredRuntime,
  retiredInstance,
  previousInstance,
  networkIsolation,
  trainingEncryption,
  endpointEncryption,
  wildcardDataAccess,
  deletionProtection,
  abandonedUploads,
  noncurrentVersions,
  bucketKey,
  imageLifecycle,
  natWithoutEndpoint,
];
