import { NormalizedImages } from "frugal-ml/client";
import { CustomerModels, ResolveError } from "frugal-ml/models";

/** What reads and asks beside the stack. */
export const callers = { NormalizedImages, CustomerModels, ResolveError };
