/** How a stored picture becomes upright: axes mirrored as stored, then rows and columns exchanged. */
export interface Turn {
  readonly mirrorX: boolean;
  readonly mirrorY: boolean;
  readonly transpose: boolean;
}

/** By EXIF orientation, 1 to 8. */
export const TURNS: readonly Turn[] = [
  { mirrorX: false, mirrorY: false, transpose: false },
  { mirrorX: false, mirrorY: false, transpose: false },
  { mirrorX: true, mirrorY: false, transpose: false },
  { mirrorX: true, mirrorY: true, transpose: false },
  { mirrorX: false, mirrorY: true, transpose: false },
  { mirrorX: false, mirrorY: false, transpose: true },
  { mirrorX: false, mirrorY: true, transpose: true },
  { mirrorX: true, mirrorY: true, transpose: true },
  { mirrorX: true, mirrorY: false, transpose: true },
];
/** Nothing to turn. */
export const UPRIGHT: Turn = { mirrorX: false, mirrorY: false, transpose: false };
