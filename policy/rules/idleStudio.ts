import { type GraphValue, isUnknown } from "../../contracts/graph";
import type { Finding, Rule } from "../../contracts/rule";
import { boundProblems } from "../subjects/boundProblems";
import { valueAt } from "../subjects/valueAt";
import { numberParameter } from "../typedParameter";

/** Where each type keeps the settings of applications, and whether they are a default that must be there. */
const SETTINGS: Readonly<Record<string, { readonly at: string; readonly required: boolean }>> = {
  "aws:sagemaker/domain:Domain": { at: "defaultUserSettings", required: true },
  "aws-native:sagemaker:Domain": { at: "defaultUserSettings", required: true },
  "aws:sagemaker/userProfile:UserProfile": { at: "userSettings", required: false },
  "aws-native:sagemaker:UserProfile": { at: "userSettings", required: false },
};

/** Applications that Studio can shut down (Amazon SageMaker API reference, IdleSettings). */
const APPS = ["jupyterLabAppSettings", "codeEditorAppSettings"] as const;

/** Studio shuts applications down that nobody uses. */
export const idleStudio: Rule = {
  id: "idle-studio",
  pack: "guardrails",
  severity: "medium",
  enforcement: "advisory",
  onUnknown: "report",
  title: "Studio shuts idle applications down",
  why:
    "Every user's JupyterLab and Code Editor run on an instance that is billed until it is shut down: ten users who forget " +
    "an ml.m5.xlarge each cost $1,679 a month ($0.23 an hour, us-east-1, AWS price list of 2026-09-24). Idle shutdown " +
    "is off unless it is turned on.",
  fix:
    "Set appLifecycleManagement.idleSettings of jupyterLabAppSettings and codeEditorAppSettings in the domain's " +
    'defaultUserSettings: lifecycleManagement "ENABLED" and idleTimeoutInMinutes.',
  docs: "https://docs.aws.amazon.com/sagemaker/latest/dg/studio-updated-idle-shutdown.html",
  config: {
    maxIdleMinutes: { type: "number", description: "Longest idle time, in minutes.", default: 120 },
  },
  types: Object.keys(SETTINGS),
  // Studio takes 60 minutes at least (API reference, IdleSettings).
  configProblems: (config) => boundProblems(config, { maxIdleMinutes: 60 }),

  check({ type, inputs }, { config }) {
    const { at = "", required = false } = SETTINGS[type] ?? {};
    const most = numberParameter(config, "maxIdleMinutes");
    return APPS.flatMap((app) => {
      const idle = valueAt(inputs, at, app, "appLifecycleManagement", "idleSettings");
      return judge(`${at}.${app}.appLifecycleManagement.idleSettings`, idle, required, most);
    });
  },
};

function judge(path: string, idle: GraphValue | undefined, required: boolean, most: number): readonly Finding[] {
  const status = valueAt(idle, "lifecycleManagement");
  if (isUnknown(status))
    return [{ status: "unknown", path, message: "not known yet; lifecycleManagement must be ENABLED" }];
  // A profile without settings of its own has its domain's.
  if (status === undefined && !required) return [];
  if (status !== "ENABLED") return [{ status: "fail", path, message: "not ENABLED, so idle applications run on" }];
  const minutes = valueAt(idle, "idleTimeoutInMinutes");
  if (typeof minutes !== "number" || minutes <= most) return [];
  const message = `longer than the ${most} minutes that are allowed`;
  return [{ status: "fail", path: `${path}.idleTimeoutInMinutes`, message }];
}
