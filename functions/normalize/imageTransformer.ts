import { parseCanonicalTransformation, type Transformation, transformationHash } from "../../contracts/transformation";
import { DEFAULT_IMAGE_LIMITS, type ImageLimits, normalizeImage } from "./image";
import { placeholder } from "./placeholder";
import type { ParseTransformer, Transformer } from "./transformer";

/** The transformation of images: what the function does unless a module takes its place when it is bundled. */
export function imageTransformer(
  transformation: Transformation,
  limits: ImageLimits = DEFAULT_IMAGE_LIMITS,
): Transformer {
  return {
    hash: transformationHash(transformation),
    maxBytes: limits.bytes,
    transform: (bytes, left) => normalizeImage(bytes, transformation, limits, left),
    standIn: (error) => placeholder(transformation, error),
  };
}

/** @see ParseTransformer */
export const parseTransformer: ParseTransformer = (text) =>
  imageTransformer(parseCanonicalTransformation(text || "{}"));
