import { servePack } from "../pack";
import { guardrailRules } from "./rules";

servePack(
  "guardrails",
  "What keeps machine learning from costing more than it is worth, and from losing data.",
  guardrailRules,
);
