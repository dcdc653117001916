import type * as pulumi from "@pulumi/pulumi";
import type { ModelTuningArgs } from "./modelTuningArgs";

/** What answers in a container: your own image, or one that AWS keeps for a framework, and the model that it loads. */
export interface ModelSourceArgs extends ModelTuningArgs {
  /**
   * Your own container image in ECR, pinned by digest: `<repository>@sha256:<64 digits>`, for example a ContainerImage's
   * `imageUri`. Its processor must be the instance type's. Defaults to none: AWS's image of `framework`.
   */
  image?: pulumi.Input<string>;
  /**
   * Framework whose image AWS keeps: `tensorflow`, `pytorch`, `huggingface`, `mxnet`, `sklearn` or `xgboost`; instead of
   * `image`. Processor and Region decide which. Defaults to none.
   */
  framework?: string;
  /** Version of the framework, in full or its beginning, for example `2.16`; of Hugging Face that of Transformers. Defaults to none: it must be given with `framework`. */
  frameworkVersion?: string;
  /** `s3://` address of the model's archive, ending with `.tar.gz`. Defaults to none: the image has its model; AWS's have none. */
  modelDataUrl?: pulumi.Input<string>;
  /** Environment variables of the container, at most 16 with those that tuning becomes. Defaults to none, with `sklearn` to those by which its image finds `code/inference.py`. */
  environment?: Record<string, pulumi.Input<string>>;
}
