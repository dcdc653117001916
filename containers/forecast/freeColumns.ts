/** Columns of a trend that are not penalised in earnest: intercept and slope. */
export const FREE_COLUMNS = 2;

/** So small that they only keep a system from being singular. */
export const FREE_PENALTIES = { intercept: 1e-8, slope: 1e-6 } as const;
