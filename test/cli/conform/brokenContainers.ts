import { ANSWERING } from "./brokenAnswering";
import { LOADING } from "./brokenLoading";
import { OUTSIDE } from "./brokenOutside";
import { TELLING } from "./brokenTelling";
import type { BrokenContainer } from "./flaws";

/** Every way in which a container is broken here; each check has one that it alone, or with others, must see. */
export const BROKEN_CONTAINERS: readonly BrokenContainer[] = [...OUTSIDE, ...LOADING, ...TELLING, ...ANSWERING];
