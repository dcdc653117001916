import type { ArchivedFramework, ModelLayout } from "../modelLayout";
import { huggingface } from "./huggingface";
import { mxnet } from "./mxnet";
import { onnx } from "./onnx";
import { pytorch } from "./pytorch";
import { sklearn } from "./sklearn";
import { tensorflow } from "./tensorflow";

/** The layout of each framework's archive. */
export const MODEL_LAYOUTS: Readonly<Record<ArchivedFramework, ModelLayout>> = {
  tensorflow,
  pytorch,
  huggingface,
  mxnet,
  sklearn,
  onnx,
};
