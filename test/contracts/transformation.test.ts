import { deepEqual, equal, match, notEqual, throws } from "node:assert/strict";
import * as fc from "fast-check";
import { InvalidInputError } from "../../contracts/problems";
import {
  Channels,
  canonicalTransformation,
  DEFAULT_TRANSFORMATION,
  Fit,
  Format,
  Icc,
  MAX_SIDE,
  OnBadImage,
  Orientation,
  parseCanonicalTransformation,
  parseTransformation,
  type Transformation,
  transformationHash,
  transformationProblems,
} from "../../contracts/transformation";

const side = fc.integer({ min: 1, max: MAX_SIDE });
const transformations: fc.Arbitrary<Transformation> = fc.record(
  {
    width: side,
    height: side,
    fit: fc.constantFrom(...Object.values(Fit)),
    channels: fc.constantFrom(...Object.values(Channels)),
    format: fc.constantFrom(...Object.values(Format)),
    quality: fc.integer({ min: 1, max: 100 }),
    orientation: fc.constantFrom(...Object.values(Orientation)),
    icc: fc.constantFrom(...Object.values(Icc)),
    background: fc.integer({ min: 0, max: 0xffffff }).map((colour) => `#${colour.toString(16).padStart(6, "0")}`),
    onBadImage: fc.constantFrom(...Object.values(OnBadImage)),
  },
  { noNullPrototype: true },
);

describe("transformation", () => {
  it("defaults to what the seed did", () => {
    const seed = {
      width: 256,
      height: 256,
      fit: "fill",
      channels: "grey",
      format: "jpeg",
      quality: 95,
      orientation: "exif",
      icc: "ignore",
      background: "#000000",
      onBadImage: "fail",
    };
    deepEqual(parseTransformation(), seed);
    deepEqual(parseTransformation({ width: undefined }), seed);
    deepEqual(parseTransformation({ width: 32 }), { ...seed, width: 32 });
  });

  it("keeps the default's spelling and hash, which name pictures that exist already", () => {
    equal(canonicalTransformation(DEFAULT_TRANSFORMATION), '{"revision":1}');
    equal(transformationHash(DEFAULT_TRANSFORMATION), "d8560b7658c7");
  });

  it("spells the options that differ, in alphabetical order whatever the order given", () => {
    const spelt = '{"revision":1,"channels":"rgb","quality":80,"width":128}';
    equal(
      canonicalTransformation(parseTransformation({ width: 128, height: 256, channels: "rgb", quality: 80 })),
      spelt,
    );
    equal(
      canonicalTransformation(parseTransformation({ quality: 80, channels: "rgb", height: 256, width: 128 })),
      spelt,
    );
  });

  it("reads back what it wrote", () => {
    fc.assert(
      fc.property(transformations, (transformation) => {
        deepEqual(parseCanonicalTransformation(canonicalTransformation(transformation)), transformation);
        match(transformationHash(transformation), /^[0-9a-f]{12}$/);
      }),
    );
  });

  it("gives different transformations different hashes, and equal ones the same", () => {
    fc.assert(
      fc.property(transformations, transformations, (one, other) => {
        const same = JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());
        equal(transformationHash(one) === transformationHash(other), same);
        equal(transformationHash({ ...one }), transformationHash(one));
        const wider = { ...one, width: one.width === MAX_SIDE ? 1 : one.width + 1 };
        notEqual(transformationHash(wider), transformationHash(one));
      }),
    );
  });

  it("reads options as a person writes them, and another revision's spelling", () => {
    deepEqual(parseCanonicalTransformation("{}"), DEFAULT_TRANSFORMATION);
    deepEqual(parseCanonicalTransformation('{"height":64}'), { ...DEFAULT_TRANSFORMATION, height: 64 });
    deepEqual(parseCanonicalTransformation('{"revision":7,"height":64}'), { ...DEFAULT_TRANSFORMATION, height: 64 });
    throws(() => parseCanonicalTransformation("256x256"), SyntaxError);
    for (const text of ["null", "[]", "3", '{"revision":1,"depth":8}']) {
      throws(() => parseCanonicalTransformation(text), InvalidInputError);
    }
  });

  it("names every wrong and unknown option at once", () => {
    const given = { width: 0, height: MAX_SIDE + 1, channels: "cmyk", quality: 95.5, depth: 8 };
    deepEqual(transformationProblems(given), [
      { property: "transformation.width", given: "0", allowed: "an integer from 1 to 4096 (pixels)" },
      { property: "transformation.height", given: "4097", allowed: "an integer from 1 to 4096 (pixels)" },
      { property: "transformation.channels", given: '"cmyk"', allowed: "one of grey, rgb" },
      { property: "transformation.quality", given: "95.5", allowed: "an integer from 1 to 100" },
      {
        property: "transformation.depth",
        given: "8",
        allowed:
          "one of the options width, height, fit, channels, format, quality, orientation, icc, background, onBadImage",
      },
    ]);
    throws(
      () => parseTransformation(given),
      (error) => error instanceof InvalidInputError && error.problems.length === 5,
    );
  });

  it("takes no option from an object's prototype, and nothing but an object", () => {
    deepEqual(
      transformationProblems(JSON.parse('{"__proto__":{"width":1},"constructor":1}')).map(({ property }) => property),
      ["transformation.__proto__", "transformation.constructor"],
    );
    for (const given of [null, [], "grey", 256]) equal(transformationProblems(given).length, 1);
    for (const width of ["256", Number.NaN, Number.POSITIVE_INFINITY, -1, null]) {
      equal(transformationProblems({ width }).length, 1, `width ${width}`);
    }
  });
});
