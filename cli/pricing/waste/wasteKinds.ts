import { acceleratedNotebook } from "./kinds/acceleratedNotebook";
import { acceleratedPreparation } from "./kinds/acceleratedPreparation";
import { acceleratedServing } from "./kinds/acceleratedServing";
import { endpointPerModel } from "./kinds/endpointPerModel";
import { functionOnX86 } from "./kinds/functionOnX86";
import { idleConcurrency } from "./kinds/idleConcurrency";
import { idleInstances } from "./kinds/idleInstances";
import { logsForEver } from "./kinds/logsForEver";
import { natToS3 } from "./kinds/natToS3";
import { restApi } from "./kinds/restApi";
import { retiredFamily } from "./kinds/retiredFamily";
import { s3InterfaceEndpoint } from "./kinds/s3InterfaceEndpoint";
import { seldomAsked } from "./kinds/seldomAsked";
import { servingOnX86 } from "./kinds/servingOnX86";
import { trainingOnDemand } from "./kinds/trainingOnDemand";
import { unstoppedNotebook } from "./kinds/unstoppedNotebook";
import { unusedAddress } from "./kinds/unusedAddress";
import { versionsForEver } from "./kinds/versionsForEver";
import type { WasteKind } from "./wasteKind";

/** Every kind of waste that is looked for. */
export const WASTE_KINDS: readonly WasteKind[] = [
  acceleratedServing,
  acceleratedNotebook,
  acceleratedPreparation,
  endpointPerModel,
  idleInstances,
  seldomAsked,
  servingOnX86,
  functionOnX86,
  idleConcurrency,
  trainingOnDemand,
  unstoppedNotebook,
  retiredFamily,
  natToS3,
  s3InterfaceEndpoint,
  unusedAddress,
  logsForEver,
  versionsForEver,
  restApi,
];
