import { Message } from "./protobuf";

/** Of onnx.proto (github.com/onnx/onnx), what is written here. */
const Field = {
  model: { irVersion: 1, producer: 2, graph: 7, opset: 8 },
  opset: { domain: 1, version: 2 },
  graph: { node: 1, name: 2, initializer: 5, input: 11, output: 12 },
  node: { input: 1, output: 2, name: 3, type: 4, attribute: 5 },
  attribute: { name: 1, integer: 3, integers: 8, type: 20 },
  tensor: { dimension: 1, type: 2, name: 8, raw: 9 },
  value: { name: 1, type: 2 },
  type: { tensor: 1 },
  tensorType: { element: 1, shape: 2 },
} as const;
const AttributeType = { Integer: 2, Integers: 7 } as const;
const FLOAT = 1;
/** Version 8 of the format and 17 of the operators: ONNX 1.12. */
const VERSIONS = { ir: 8, opset: 17 } as const;

/** A value between nodes; the first dimension is the batch. */
export interface Value {
  readonly name: string;
  readonly shape: readonly number[];
}

/** An ONNX graph that is written node by node. */
export class OnnxGraph {
  readonly #graph = new Message();
  #values = 0;

  constructor(
    readonly name: string,
    readonly input: Value,
  ) {
    this.#graph.bytes(Field.graph.input, valueInfo(input));
  }

  /** Adds a node with one output. */
  node(
    type: string,
    inputs: readonly string[],
    shape: readonly number[],
    attributes: Readonly<Record<string, number | readonly number[]>> = {},
  ): Value {
    const output = `v${this.#values++}`;
    const node = new Message();
    for (const input of inputs) node.bytes(Field.node.input, input);
    node.bytes(Field.node.output, output).bytes(Field.node.name, output).bytes(Field.node.type, type);
    for (const [name, value] of Object.entries(attributes)) node.bytes(Field.node.attribute, attribute(name, value));
    this.#graph.bytes(Field.graph.node, node);
    return { name: output, shape };
  }

  /** Adds constant numbers of float32. */
  constant(shape: readonly number[], numbers: Float32Array): string {
    const name = `c${this.#values++}`;
    const tensor = new Message();
    for (const size of shape) tensor.integer(Field.tensor.dimension, size);
    const raw = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
    tensor.integer(Field.tensor.type, FLOAT).bytes(Field.tensor.name, name).bytes(Field.tensor.raw, raw);
    this.#graph.bytes(Field.graph.initializer, tensor);
    return name;
  }

  /** The file of the model whose answer is this value. */
  model(output: Value): Uint8Array {
    this.#graph.bytes(Field.graph.output, valueInfo(output)).bytes(Field.graph.name, this.name);
    const opset = new Message().bytes(Field.opset.domain, "").integer(Field.opset.version, VERSIONS.opset);
    return new Message()
      .integer(Field.model.irVersion, VERSIONS.ir)
      .bytes(Field.model.producer, "frugal-ml")
      .bytes(Field.model.graph, this.#graph)
      .bytes(Field.model.opset, opset)
      .encode();
  }
}

function attribute(name: string, value: number | readonly number[]): Message {
  const message = new Message().bytes(Field.attribute.name, name);
  if (typeof value === "number") {
    return message.integer(Field.attribute.integer, value).integer(Field.attribute.type, AttributeType.Integer);
  }
  for (const each of value) message.integer(Field.attribute.integers, each);
  return message.integer(Field.attribute.type, AttributeType.Integers);
}

function valueInfo({ name, shape }: Value): Message {
  const sizes = new Message();
  for (const size of shape) sizes.bytes(1, new Message().integer(1, size));
  const tensor = new Message().integer(Field.tensorType.element, FLOAT).bytes(Field.tensorType.shape, sizes);
  return new Message()
    .bytes(Field.value.name, name)
    .bytes(Field.value.type, new Message().bytes(Field.type.tensor, tensor));
}
