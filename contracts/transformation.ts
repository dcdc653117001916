import { createHash } from "node:crypto";
import { integerField, type OptionFields, oneOfField, optionProblems, withDefaults } from "./optionFields";
import type { Problem } from "./problems";

/** Channels of the result: `grey` is one channel, BT.601 luma as OpenCV's BGR2GRAY; `rgb` is three. */
export const Channels = { Grey: "grey", Rgb: "rgb" } as const;
export type Channels = (typeof Channels)[keyof typeof Channels];

/**
 * How the picture meets the size. `fill` stretches, as OpenCV's resize does; `cover` fills and crops the middle;
 * `contain` fits inside and pads with the background; `inside` fits inside, so one side may come out shorter.
 */
export const Fit = { Fill: "fill", Cover: "cover", Contain: "contain", Inside: "inside" } as const;
export type Fit = (typeof Fit)[keyof typeof Fit];

/**
 * Format of the result. `raw` is the samples alone, row by row; `npy` is the same as a NumPy array (height × width,
 * and × 3 for rgb): with both a loader decodes nothing.
 */
export const Format = { Jpeg: "jpeg", Png: "png", Raw: "raw", Npy: "npy" } as const;
export type Format = (typeof Format)[keyof typeof Format];

/** `exif` turns the picture upright as its EXIF orientation says, as OpenCV does; `stored` leaves it as it is stored. */
export const Orientation = { Exif: "exif", Stored: "stored" } as const;
export type Orientation = (typeof Orientation)[keyof typeof Orientation];

/** `ignore` takes the samples as they are, as OpenCV does; `convert` converts an embedded ICC profile to sRGB. */
export const Icc = { Ignore: "ignore", Convert: "convert" } as const;
export type Icc = (typeof Icc)[keyof typeof Icc];

/** `fail` answers an image that cannot be read with a coded error; `placeholder` with the background, flagged in metadata. */
export const OnBadImage = { Fail: "fail", Placeholder: "placeholder" } as const;
export type OnBadImage = (typeof OnBadImage)[keyof typeof OnBadImage];

/** What is done to an image while it is read. Every field is set; see {@link DEFAULT_TRANSFORMATION}. */
export interface Transformation {
  /** Width of the result in pixels. */
  readonly width: number;
  /** Height of the result in pixels. */
  readonly height: number;
  readonly fit: Fit;
  readonly channels: Channels;
  readonly format: Format;
  /** JPEG quality, 1 to 100; of no effect in other formats. */
  readonly quality: number;
  readonly orientation: Orientation;
  readonly icc: Icc;
  /** Colour of padding and placeholders, `#rrggbb`. */
  readonly background: string;
  readonly onBadImage: OnBadImage;
}

/** The seed's normalisation: 256×256, area averaging, grey, JPEG at OpenCV's default quality. */
export const DEFAULT_TRANSFORMATION: Transformation = {
  width: 256,
  height: 256,
  fit: Fit.Fill,
  channels: Channels.Grey,
  format: Format.Jpeg,
  quality: 95,
  orientation: Orientation.Exif,
  icc: Icc.Ignore,
  background: "#000000",
  onBadImage: OnBadImage.Fail,
};

/** Largest side of a result in pixels; keeps one answer far below every delivery's limit. */
export const MAX_SIDE = 4096;

/**
 * Number of the transformation's pixels. It rises when the same options give other bytes than before,
 * so that a hash never names two different pictures.
 */
export const TRANSFORMATION_REVISION = 1;

const SIDE = integerField(1, MAX_SIDE, "pixels");

const FIELDS: OptionFields<Transformation> = {
  width: SIDE,
  height: SIDE,
  fit: oneOfField(Fit),
  channels: oneOfField(Channels),
  format: oneOfField(Format),
  quality: integerField(1, 100),
  orientation: oneOfField(Orientation),
  icc: oneOfField(Icc),
  background: {
    allowed: "a colour as #rrggbb, in lower-case hexadecimal",
    test: (v) => typeof v === "string" && /^#[0-9a-f]{6}$/.test(v),
  },
  onBadImage: oneOfField(OnBadImage),
};

/** Every problem of the given options; an empty list when they can be used. Unknown fields are problems too. */
export function transformationProblems(options: unknown, property = "transformation"): Problem[] {
  return optionProblems(options, property, FIELDS, "options");
}

/**
 * Fills in the defaults and validates.
 * @throws InvalidInputError with every problem at once
 */
export function parseTransformation(options: unknown = {}): Transformation {
  return withDefaults(options, DEFAULT_TRANSFORMATION, transformationProblems(options), "transformation");
}

/**
 * The one spelling of a transformation: revision, then the options that differ from the default, in alphabetical
 * order. Options that later versions add with a default leave it unchanged, and so its hash.
 */
export function canonicalTransformation(transformation: Transformation): string {
  const differing = (Object.keys(FIELDS) as (keyof Transformation)[])
    .filter((name) => transformation[name] !== DEFAULT_TRANSFORMATION[name])
    .sort()
    .map((name) => [name, transformation[name]] as const);
  return JSON.stringify({ revision: TRANSFORMATION_REVISION, ...Object.fromEntries(differing) });
}

/**
 * Reads what {@link canonicalTransformation} wrote, or options as a person would write them as JSON. The revision is
 * not compared: whoever transforms does it by the code it has, and names that in the hash.
 * @throws InvalidInputError with every problem at once; SyntaxError when it is no JSON
 */
export function parseCanonicalTransformation(text: string): Transformation {
  const options: unknown = JSON.parse(text);
  if (typeof options !== "object" || options === null || !("revision" in options)) return parseTransformation(options);
  const { revision: _, ...rest } = options;
  return parseTransformation(rest);
}

/** Twelve hexadecimal digits that name a transformation in ETags, metadata, derived prefixes and logs. */
export function transformationHash(transformation: Transformation): string {
  return createHash("sha256").update(canonicalTransformation(transformation)).digest("hex").slice(0, 12);
}
