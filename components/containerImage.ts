import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type ContainerImageArgs, checkContainerImageArgs } from "./containerImageArgs";
import { buildImage } from "./imageBuild";

/**
 * A container image in a repository of its own: built with Docker and pushed, or named by its digest. What takes
 * `imageUri` is created after the push, so that the first `pulumi up` works.
 *
 * @example
 * const image = new ContainerImage("forecast", { dockerfile: "containers/forecast/Dockerfile" });
 */
export class ContainerImage extends pulumi.ComponentResource {
  /** Name of the repository. */
  public readonly repositoryName: pulumi.Output<string>;
  /** Address of the repository, without `https://`. */
  public readonly repositoryUrl: pulumi.Output<string>;
  /** ARN of the repository. */
  public readonly repositoryArn: pulumi.Output<string>;
  /** Address of the image, pinned by digest. */
  public readonly imageUri: pulumi.Output<string>;

  /**
   * @param name unique in the stack
   * @throws pulumi.InputPropertiesError with every problem of the arguments at once
   */
  constructor(name: string, args: ContainerImageArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("frugal-ml:index:ContainerImage", name, args, opts);
    const checked = checkContainerImageArgs(name, args);
    const { kmsKeyArn, tags } = checked;
    const repository = new aws.ecr.Repository(
      `${name}-repository`,
      {
        name: checked.repository,
        imageTagMutability: "IMMUTABLE",
        imageScanningConfiguration: { scanOnPush: true },
        encryptionConfigurations: [
          kmsKeyArn === undefined ? { encryptionType: "AES256" } : { encryptionType: "KMS", kmsKey: kmsKeyArn },
        ],
        forceDelete: args.forceDestroy ?? false,
        tags,
      },
      { parent: this },
    );
    new aws.ecr.LifecyclePolicy(
      `${name}-lifecycle`,
      { repository: repository.name, policy: keepNewest(checked.keepImages) },
      { parent: this },
    );
    const digest = checked.digest ?? buildImage(name, checked, repository, this);

    this.repositoryName = repository.name;
    this.repositoryUrl = repository.repositoryUrl;
    this.repositoryArn = repository.arn;
    this.imageUri = pulumi.interpolate`${repository.repositoryUrl}@${digest}`;
    this.registerOutputs({
      repositoryName: this.repositoryName,
      repositoryUrl: this.repositoryUrl,
      repositoryArn: this.repositoryArn,
      imageUri: this.imageUri,
    });
  }
}

function keepNewest(count: number): string {
  return JSON.stringify({
    rules: [
      {
        rulePriority: 1,
        description: `Keeps the newest ${count} images.`,
        selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: count },
        action: { type: "expire" },
      },
    ],
  });
}
