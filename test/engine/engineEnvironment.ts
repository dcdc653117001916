/** Environment variables through which the scenarios reach the provider double that the engine starts. */
export const EngineEnvironment = {
  /** Folder that keeps the double's account. */
  Account: "FRUGAL_ML_ENGINE_ACCOUNT",
  /** Part of the URN of a resource whose first creation fails. */
  FailCreate: "FRUGAL_ML_ENGINE_FAIL_CREATE",
} as const;
