/** Kept back of the time that is left, in milliseconds, so that a coded answer still gets through. */
export const ANSWER_MARGIN_MS = 500;
