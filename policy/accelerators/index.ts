import { servePack } from "../pack";
import { acceleratorRules } from "./rules";

servePack(
  "accelerators",
  "Accelerators for training only: what serves, prepares or waits runs on CPU.",
  acceleratorRules,
);
