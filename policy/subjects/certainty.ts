/** Whether something is so, when not everything is known. */
export type Certainty = "yes" | "no" | "unknown";
