import { seededRandom } from "../../contracts/seededRandom";
import { OnnxGraph, type Value } from "./onnxGraph";

/** What a generated network is. */
export interface GeneratedNetwork {
  /** The ONNX file. */
  readonly bytes: Uint8Array;
  readonly parameters: number;
  /** Multiplications with an addition, for one picture. */
  readonly multiplyAdds: number;
}

/** Pictures of 299 × 299 RGB, as a plane for each channel. */
export const INCEPTION_SIDE = 299;
/** Outputs, as of ImageNet. */
export const INCEPTION_LABELS = 1000;

type Size = readonly [height: number, width: number];

/** Weights of one seed, layer after layer: what they are does not change the time that they take. */
const SEED = 20_261_126;

/**
 * Inception v3 (Szegedy and others, "Rethinking the Inception Architecture for Computer Vision", 2015) without its training
 * branch, batch normalisation folded into the convolutions as a conversion for inference leaves it, with generated weights.
 */
export function inceptionNetwork(): GeneratedNetwork {
  const input = { name: "picture", shape: [1, 3, INCEPTION_SIDE, INCEPTION_SIDE] };
  const network = new Network(new OnnxGraph("inception-v3", input));
  let at: Value = network.stem(input);
  for (const pooled of [32, 64, 64]) at = network.blockA(at, pooled);
  at = network.reduceB(at);
  for (const inner of [128, 160, 160, 192]) at = network.blockC(at, inner);
  at = network.reduceD(at);
  for (let block = 0; block < 2; block++) at = network.blockE(at);
  return network.finish(network.probabilities(at));
}

class Network {
  #parameters = 0;
  #multiplyAdds = 0;
  readonly #random = seededRandom(SEED);

  constructor(private readonly graph: OnnxGraph) {}

  stem(input: Value): Value {
    const first = this.#convolution(this.#convolution(input, 32, [3, 3], 2, [0, 0]), 32, [3, 3], 1, [0, 0]);
    const pooled = this.#maximum(this.#convolution(first, 64, [3, 3]));
    return this.#maximum(this.#convolution(this.#convolution(pooled, 80, [1, 1]), 192, [3, 3], 1, [0, 0]));
  }

  blockA(x: Value, pooled: number): Value {
    return this.#joined(
      this.#convolution(x, 64, [1, 1]),
      this.#convolution(this.#convolution(x, 48, [1, 1]), 64, [5, 5]),
      this.#convolution(this.#convolution(this.#convolution(x, 64, [1, 1]), 96, [3, 3]), 96, [3, 3]),
      this.#convolution(this.#average(x), pooled, [1, 1]),
    );
  }

  reduceB(x: Value): Value {
    const double = this.#convolution(this.#convolution(x, 64, [1, 1]), 96, [3, 3]);
    return this.#joined(
      this.#convolution(x, 384, [3, 3], 2, [0, 0]),
      this.#convolution(double, 96, [3, 3], 2, [0, 0]),
      this.#maximum(x),
    );
  }

  blockC(x: Value, inner: number): Value {
    const row: Size = [1, 7];
    const column: Size = [7, 1];
    const single = this.#convolution(this.#convolution(x, inner, [1, 1]), inner, row);
    const twice = this.#convolution(this.#convolution(this.#convolution(x, inner, [1, 1]), inner, column), inner, row);
    return this.#joined(
      this.#convolution(x, 192, [1, 1]),
      this.#convolution(single, 192, column),
      this.#convolution(this.#convolution(twice, inner, column), 192, row),
      this.#convolution(this.#average(x), 192, [1, 1]),
    );
  }

  reduceD(x: Value): Value {
    const crossed = this.#convolution(this.#convolution(this.#convolution(x, 192, [1, 1]), 192, [1, 7]), 192, [7, 1]);
    return this.#joined(
      this.#convolution(this.#convolution(x, 192, [1, 1]), 320, [3, 3], 2, [0, 0]),
      this.#convolution(crossed, 192, [3, 3], 2, [0, 0]),
      this.#maximum(x),
    );
  }

  blockE(x: Value): Value {
    const single = this.#convolution(x, 384, [1, 1]);
    const double = this.#convolution(this.#convolution(x, 448, [1, 1]), 384, [3, 3]);
    return this.#joined(
      this.#convolution(x, 320, [1, 1]),
      ...[single, double].flatMap((branch) => [
        this.#convolution(branch, 384, [1, 3]),
        this.#convolution(branch, 384, [3, 1]),
      ]),
      this.#convolution(this.#average(x), 192, [1, 1]),
    );
  }

  probabilities(x: Value): Value {
    const [, channels = 0] = x.shape;
    const pooled = this.graph.node("GlobalAveragePool", [x.name], [1, channels, 1, 1]);
    const flat = this.graph.node("Flatten", [pooled.name], [1, channels], { axis: 1 });
    const weights = this.#weights([channels, INCEPTION_LABELS], channels);
    const bias = this.graph.constant([INCEPTION_LABELS], new Float32Array(INCEPTION_LABELS));
    this.#count(channels * INCEPTION_LABELS + INCEPTION_LABELS, channels * INCEPTION_LABELS);
    const logits = this.graph.node("Gemm", [flat.name, weights, bias], [1, INCEPTION_LABELS]);
    return this.graph.node("Softmax", [logits.name], [1, INCEPTION_LABELS], { axis: 1 });
  }

  finish(output: Value): GeneratedNetwork {
    return { bytes: this.graph.model(output), parameters: this.#parameters, multiplyAdds: this.#multiplyAdds };
  }

  /** A convolution with a bias, and ReLU. Without other padding it keeps the size. */
  #convolution(x: Value, filters: number, [high, wide]: Size, stride = 1, padding?: Size): Value {
    const [, channels = 0, height = 0, width = 0] = x.shape;
    const [above, left] = padding ?? [(high - 1) / 2, (wide - 1) / 2];
    const shape = [1, filters, side(height, high, above, stride), side(width, wide, left, stride)];
    const weights = this.#weights([filters, channels, high, wide], channels * high * wide);
    const bias = this.graph.constant([filters], new Float32Array(filters));
    const size = filters * channels * high * wide;
    this.#count(size + filters, size * (shape[2] ?? 0) * (shape[3] ?? 0));
    const convolved = this.graph.node("Conv", [x.name, weights, bias], shape, {
      kernel_shape: [high, wide],
      pads: [above, left, above, left],
      strides: [stride, stride],
    });
    return this.graph.node("Relu", [convolved.name], shape);
  }

  #maximum(x: Value): Value {
    const [, channels = 0, height = 0, width = 0] = x.shape;
    const shape = [1, channels, side(height, 3, 0, 2), side(width, 3, 0, 2)];
    return this.graph.node("MaxPool", [x.name], shape, { kernel_shape: [3, 3], strides: [2, 2] });
  }

  #average(x: Value): Value {
    const attributes = { kernel_shape: [3, 3], pads: [1, 1, 1, 1], strides: [1, 1], count_include_pad: 1 };
    return this.graph.node("AveragePool", [x.name], x.shape, attributes);
  }

  #joined(...parts: readonly Value[]): Value {
    const [, , ...size] = parts[0]?.shape ?? [];
    const channels = parts.reduce((sum, { shape }) => sum + (shape[1] ?? 0), 0);
    const names = parts.map(({ name }) => name);
    return this.graph.node("Concat", names, [1, channels, ...size], { axis: 1 });
  }

  /** Spread so that values neither grow nor vanish from layer to layer (He and others, 2015). */
  #weights(shape: readonly number[], inputs: number): string {
    const spread = Math.sqrt(6 / inputs);
    const numbers = new Float32Array(shape.reduce((product, size) => product * size, 1));
    for (let at = 0; at < numbers.length; at++) numbers[at] = (this.#random() * 2 - 1) * spread;
    return this.graph.constant(shape, numbers);
  }

  #count(parameters: number, multiplyAdds: number): void {
    this.#parameters += parameters;
    this.#multiplyAdds += multiplyAdds;
  }
}

function side(size: number, kernel: number, padding: number, stride: number): number {
  return Math.floor((size + 2 * padding - kernel) / stride) + 1;
}
