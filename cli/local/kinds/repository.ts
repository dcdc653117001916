import { physicalName } from "../identify";
import type { ResourceKind } from "../resourceKind";

/** A repository of container images. Nothing is pushed here: programs of this machine stand for its images. */
export const kind: ResourceKind = {
  types: ["aws:ecr/repository:Repository"],

  identify(registration, { partition, region, accountId }) {
    const name = physicalName(registration, "name");
    return {
      id: name,
      outputs: {
        name,
        arn: `arn:${partition}:ecr:${region}:${accountId}:repository/${name}`,
        registryId: accountId,
        repositoryUrl: `${accountId}.dkr.ecr.${region}.amazonaws.com/${name}`,
      },
    };
  },
};
