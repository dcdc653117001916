import type { Rule } from "../../contracts/rule";
import { acceleratorAutoScaling } from "../rules/acceleratorAutoScaling";
import { acceleratorBuild } from "../rules/acceleratorBuild";
import { acceleratorCluster } from "../rules/acceleratorCluster";
import { acceleratorContainer } from "../rules/acceleratorContainer";
import { acceleratorEc2 } from "../rules/acceleratorEc2";
import { acceleratorEmr } from "../rules/acceleratorEmr";
import { acceleratorEndpoint } from "../rules/acceleratorEndpoint";
import { acceleratorFunction } from "../rules/acceleratorFunction";
import { acceleratorGlue } from "../rules/acceleratorGlue";
import { acceleratorNotebook } from "../rules/acceleratorNotebook";
import { acceleratorPipeline } from "../rules/acceleratorPipeline";
import { acceleratorProcessing } from "../rules/acceleratorProcessing";
import { acceleratorSchedule } from "../rules/acceleratorSchedule";
import { acceleratorStateMachine } from "../rules/acceleratorStateMachine";
import { acceleratorStudio } from "../rules/acceleratorStudio";
import { acceleratorTemplate } from "../rules/acceleratorTemplate";
import { acceleratorTransform } from "../rules/acceleratorTransform";

/** Accelerators are for training; everything else runs on CPU. */
export const acceleratorRules: readonly Rule[] = [
  acceleratorEndpoint,
  acceleratorTransform,
  acceleratorProcessing,
  acceleratorNotebook,
  acceleratorStudio,
  acceleratorPipeline,
  acceleratorStateMachine,
  acceleratorSchedule,
  acceleratorTemplate,
  acceleratorBuild,
  acceleratorFunction,
  acceleratorGlue,
  acceleratorEc2,
  acceleratorAutoScaling,
  acceleratorCluster,
  acceleratorContainer,
  acceleratorEmr,
];
