import { type GraphValue, UNKNOWN } from "../../../contracts/graph";
import { idleStudio } from "../../../policy/rules/idleStudio";
import { declared } from "../declared";
import { testRule } from "../ruleCases";

const at = (settings: string, app: string) => `${settings}.${app}.appLifecycleManagement.idleSettings`;
const app = (idleSettings: GraphValue) => ({ appLifecycleManagement: { idleSettings } });
const enabled = { lifecycleManagement: "ENABLED", idleTimeoutInMinutes: 60 };
const domain = (lab: GraphValue, type = "aws:sagemaker/domain:Domain") =>
  declared(type, "domain", {
    defaultUserSettings: { executionRole: "r", jupyterLabAppSettings: app(lab), codeEditorAppSettings: app(enabled) },
  });
const profile = (userSettings: GraphValue) =>
  declared("aws:sagemaker/userProfile:UserProfile", "user", { userSettings });
const lab = at("defaultUserSettings", "jupyterLabAppSettings");

testRule(idleStudio, [
  ["idle shutdown passes", domain(enabled), []],
  ["none fails", domain(null), [`fail ${lab}`]],
  ["turned off fails", domain({ lifecycleManagement: "DISABLED" }), [`fail ${lab}`]],
  ["a long time fails", domain({ ...enabled, idleTimeoutInMinutes: 600 }), [`fail ${lab}.idleTimeoutInMinutes`]],
  [
    "a long time passes where it is allowed",
    domain({ ...enabled, idleTimeoutInMinutes: 600 }),
    [],
    { maxIdleMinutes: 600 },
  ],
  ["unknown cannot be told", domain(UNKNOWN), [`unknown ${lab}`]],
  ["aws-native fails", domain(null, "aws-native:sagemaker:Domain"), [`fail ${lab}`]],
  ["a profile without settings has its domain's", profile({}), []],
  [
    "a profile that turns it off fails",
    profile({ codeEditorAppSettings: app({ lifecycleManagement: "DISABLED" }) }),
    [`fail ${at("userSettings", "codeEditorAppSettings")}`],
  ],
]);
