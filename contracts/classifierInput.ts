import {
  integerField,
  type OptionField,
  type OptionFields,
  oneOfField,
  optionProblems,
  withDefaults,
} from "./optionFields";
import { type Problem, printGiven } from "./problems";

/** Samples of a pixel, in the order in which the model expects them. */
export const InputChannels = { Rgb: "rgb", Bgr: "bgr", Grey: "grey" } as const;
export type InputChannels = (typeof InputChannels)[keyof typeof InputChannels];

/** `nhwc` is rows of pixels, as TensorFlow has it; `nchw` is a plane for each channel, as PyTorch has it. */
export const InputLayout = { Nhwc: "nhwc", Nchw: "nchw" } as const;
export type InputLayout = (typeof InputLayout)[keyof typeof InputLayout];

/** How a picture meets the size: `fill` stretches; `cover` fills and crops the middle. */
export const InputFit = { Fill: "fill", Cover: "cover" } as const;
export type InputFit = (typeof InputFit)[keyof typeof InputFit];

/** What the model's output is: `probabilities` as they are, or `logits`, of which the softmax is taken. */
export const ModelOutput = { Probabilities: "probabilities", Logits: "logits" } as const;
export type ModelOutput = (typeof ModelOutput)[keyof typeof ModelOutput];

/**
 * What a model expects of a picture, and what its output is. Its first input is one picture, float32, of shape
 * 1 × height × width × channels or, for `nchw`, 1 × channels × height × width; its first output has one number a label.
 */
export interface ClassifierInput {
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
  readonly channels: InputChannels;
  readonly layout: InputLayout;
  readonly fit: InputFit;
  /** Subtracted from each sample, which is 0 to 255: one number for each channel, or one for all. */
  readonly mean: readonly number[];
  /** What the difference is multiplied by: one number for each channel, or one for all. */
  readonly scale: readonly number[];
  readonly output: ModelOutput;
}

/** The seed's network, Inception v3 of Keras: 299 × 299 RGB, samples from −1 to 1, probabilities. */
export const DEFAULT_CLASSIFIER_INPUT: ClassifierInput = {
  width: 299,
  height: 299,
  channels: InputChannels.Rgb,
  layout: InputLayout.Nhwc,
  fit: InputFit.Fill,
  mean: [127.5],
  scale: [1 / 127.5],
  output: ModelOutput.Probabilities,
};

/** Largest side in pixels. */
export const MAX_INPUT_SIDE = 2048;

const SIDE = integerField(1, MAX_INPUT_SIDE, "pixels");

const NUMBERS: OptionField = {
  allowed: "one finite number, or one for each channel, as a list",
  test: (value) => Array.isArray(value) && [1, 3].includes(value.length) && value.every(Number.isFinite),
};

const FIELDS: OptionFields<ClassifierInput> = {
  width: SIDE,
  height: SIDE,
  channels: oneOfField(InputChannels),
  layout: oneOfField(InputLayout),
  fit: oneOfField(InputFit),
  mean: NUMBERS,
  scale: NUMBERS,
  output: oneOfField(ModelOutput),
};

/** Every problem of the given input; an empty list when it can be used. Unknown fields are problems too. */
export function classifierInputProblems(input: unknown, property = "input"): Problem[] {
  const problems = optionProblems(input, property, FIELDS, "fields");
  if (problems.length > 0) return problems;
  const given = input as Partial<ClassifierInput>;
  if (given.channels !== InputChannels.Grey) return [];
  return (["mean", "scale"] as const)
    .filter((name) => given[name]?.length === 3)
    .map((name) => ({
      property: `${property}.${name}`,
      given: printGiven(given[name]),
      allowed: "one number for grey",
    }));
}

/**
 * Fills in the defaults and validates.
 * @throws InvalidInputError with every problem at once
 */
export function parseClassifierInput(input: unknown = {}): ClassifierInput {
  return withDefaults(input, DEFAULT_CLASSIFIER_INPUT, classifierInputProblems(input), "input of the classifier");
}
