import * as pulumi from "@pulumi/pulumi";
import { Workload } from "../contracts/tags";
import { CheckedInputs, integerWithin, oneOf } from "./checkedInputs";
import { type CostAllocationArgs, componentTags } from "./costAllocation";
import { accountName } from "./physicalName";

/** Arguments of a ContainerImage. */
export interface ContainerImageArgs {
  /** Name of the ECR repository. Defaults to `<project>-<stack>/<name>`. */
  repository?: string;
  /**
   * Digest of an image that is in the repository, `sha256:<64 digits>`: nothing is built then. Defaults to building one,
   * which needs Docker where `pulumi up` runs.
   */
  digest?: pulumi.Input<string>;
  /** Folder that is built from. Defaults to `.`, the program's. */
  context?: string;
  /** Path of the Dockerfile. Defaults to `Dockerfile`. */
  dockerfile?: string;
  /** What the image runs on, `linux/amd64` or `linux/arm64`: one, since SageMaker takes no index of several. Defaults to `linux/amd64`. */
  platform?: string;
  /** What the image works for, `training` or `inference`: the value of its tag `frugal-ml:workload`. Defaults to `training`. */
  workload?: string;
  /** Newest images that stay in the repository, 1 to 1000. Defaults to 10. */
  keepImages?: number;
  /** ARN of the KMS key that encrypts the repository. Defaults to a key of ECR's own. */
  kmsKeyArn?: pulumi.Input<string>;
  /** Delete the repository even when it holds images. Defaults to false. */
  forceDestroy?: pulumi.Input<boolean>;
  /** Environment and cost centre for the cost allocation tags. Defaults to neither. */
  costAllocation?: CostAllocationArgs;
  /** Further tags of every resource. Defaults to none. */
  tags?: Record<string, string>;
}

const WORKLOADS = [Workload.Training, Workload.Inference] as const;

/** Defaults of the arguments, as their descriptions say them. */
export const CONTAINER_IMAGE_DEFAULTS = {
  context: ".",
  dockerfile: "Dockerfile",
  platform: "linux/amd64",
  workload: "training",
  keepImages: 10,
} as const;

/** Platforms that SageMaker has: x86 everywhere, arm64 for serving. */
const PLATFORMS = ["linux/amd64", "linux/arm64"] as const;

/** Names of repositories (docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html). */
const REPOSITORY = /^(?:[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*\/)*[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;

/** The arguments, checked and with defaults. */
export interface CheckedContainerImageArgs {
  readonly repository: string;
  readonly digest: pulumi.Input<string> | undefined;
  readonly context: string;
  readonly dockerfile: string;
  readonly platform: (typeof PLATFORMS)[number];
  readonly keepImages: number;
  readonly kmsKeyArn: pulumi.Input<string> | undefined;
  readonly tags: Record<string, string>;
}

/**
 * Checks the arguments and fills in the defaults.
 * @throws pulumi.InputPropertiesError with every problem at once
 */
export function checkContainerImageArgs(name: string, args: ContainerImageArgs): CheckedContainerImageArgs {
  const defaults = CONTAINER_IMAGE_DEFAULTS;
  const checks = new CheckedInputs(`ContainerImage ${name}`);
  const stack = accountName(pulumi.getProject(), pulumi.getStack());
  const platform = args.platform ?? defaults.platform;
  checks.plain("platform", platform, oneOf<string>(PLATFORMS));
  const workload = args.workload ?? defaults.workload;
  checks.plain("workload", workload, oneOf<string>(WORKLOADS));
  const checked = {
    repository: checks.plain("repository", args.repository ?? `${stack}/${name}`, {
      allowed: "2 to 256 lower-case letters, digits and separators . _ - between them, in parts separated by /",
      test: (value) => REPOSITORY.test(value) && value.length >= 2 && value.length <= 256,
    }),
    digest:
      args.digest &&
      checks.input("digest", args.digest, {
        allowed: "sha256: and 64 hexadecimal digits",
        test: (value) => /^sha256:[0-9a-f]{64}$/.test(value),
      }),
    context: args.context ?? defaults.context,
    dockerfile: args.dockerfile ?? defaults.dockerfile,
    platform: PLATFORMS.find((known) => known === platform) ?? defaults.platform,
    keepImages: checks.plain("keepImages", args.keepImages ?? defaults.keepImages, integerWithin(1, 1000, "images")),
    kmsKeyArn: args.kmsKeyArn,
    tags: componentTags(
      name,
      WORKLOADS.find((known) => known === workload) ?? Workload.Training,
      args.costAllocation,
      args.tags,
      checks,
    ),
  };
  checks.assert();
  return checked;
}
