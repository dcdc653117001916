import type { ConformCheck } from "../conformCheck";
import { CONCURRENCY_CHECKS } from "./concurrency";
import { HEALTH_CHECKS } from "./health";
import { INVOKING_CHECKS } from "./invoking";
import { LISTING_CHECKS } from "./listing";
import { LOADING_CHECKS } from "./loading";
import { MEMORY_CHECKS } from "./memory";
import { ROUTE_CHECKS } from "./routes";
import { STARTING_CHECK } from "./starting";
import { UNLOADING_CHECKS } from "./unloading";

/**
 * Every check in the order in which it runs: what others build upon stands first, and what may harm the container last.
 */
export const CONFORM_CHECKS: readonly ConformCheck[] = [
  STARTING_CHECK,
  ...LOADING_CHECKS,
  ...UNLOADING_CHECKS,
  ...LISTING_CHECKS,
  ...HEALTH_CHECKS,
  ...ROUTE_CHECKS,
  ...INVOKING_CHECKS,
  ...CONCURRENCY_CHECKS,
  ...MEMORY_CHECKS,
];
