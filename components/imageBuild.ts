import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { CheckedContainerImageArgs } from "./containerImageArgs";

/**
 * Builds the image and pushes it by its digest: without a tag, which an immutable repository would take only once.
 * Docker's own media types, for not all of SageMaker reads OCI's.
 * @returns the digest, once the image is in the repository
 */
export function buildImage(
  name: string,
  { context, dockerfile, platform }: CheckedContainerImageArgs,
  repository: aws.ecr.Repository,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  // Loaded here and not above: a program that builds nothing needs neither the package nor its provider.
  const { Image } = require("@pulumi/docker-build") as typeof import("@pulumi/docker-build");
  const { repositoryUrl, registryId } = repository;
  const token = aws.ecr.getAuthorizationTokenOutput({ registryId }, { parent });
  const image = new Image(
    `${name}-image`,
    {
      context: { location: context },
      dockerfile: { location: dockerfile },
      platforms: [platform],
      // Raw, because the provider takes an export whose name is not known yet for one without a name.
      exports: [
        { raw: pulumi.interpolate`type=registry,name=${repositoryUrl},push-by-digest=true,oci-mediatypes=false` },
      ],
      push: false,
      buildOnPreview: false,
      registries: [{ address: repositoryUrl, username: token.userName, password: token.password }],
    },
    { parent },
  );
  return image.digest;
}
