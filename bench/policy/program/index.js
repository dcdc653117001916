const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

/** What one service has, in the order in which its parts need each other: the same parts as in ../template.ts. */
const PARTS = [
  (s) => {
    s.role = new aws.iam.Role(`${s.name}-role`, { assumeRolePolicy: trust("lambda") });
  },
  (s) => {
    s.bucket = new aws.s3.Bucket(`${s.name}-bucket`, { tags: s.tags });
  },
  (s) => {
    s.policy = new aws.s3.BucketPolicy(`${s.name}-bucket-policy`, {
      bucket: s.bucket.id,
      policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Resource: pulumi.interpolate`${s.bucket.arn}/*`,
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ],
      }),
    });
  },
  (s) => {
    s.logs = new aws.cloudwatch.LogGroup(`${s.name}-logs`, { name: `/aws/lambda/${s.name}`, retentionInDays: 14 });
  },
  (s) => {
    s.dead = new aws.sqs.Queue(`${s.name}-dead`, { messageRetentionSeconds: 1209600, tags: s.tags });
  },
  (s) => {
    s.queue = new aws.sqs.Queue(`${s.name}-queue`, {
      visibilityTimeoutSeconds: 180,
      redrivePolicy: pulumi.jsonStringify({ deadLetterTargetArn: s.dead.arn, maxReceiveCount: 5 }),
      tags: s.tags,
    });
  },
  (s) => {
    s.function = new aws.lambda.Function(`${s.name}-preprocess`, {
      name: s.name,
      architectures: ["arm64"],
      runtime: "nodejs22.x",
      handler: "index.handler",
      timeout: 30,
      memorySize: 1024,
      role: s.role.arn,
      code: new pulumi.asset.AssetArchive({
        "index.js": new pulumi.asset.StringAsset("exports.handler = async () => {};"),
      }),
      environment: { variables: { BUCKET: s.bucket.bucket } },
      tags: s.tags,
    });
  },
  (s) => {
    new aws.lambda.EventSourceMapping(`${s.name}-events`, {
      eventSourceArn: s.queue.arn,
      functionName: s.function.arn,
      batchSize: 10,
    });
  },
  (s) => {
    s.hosting = new aws.iam.Role(`${s.name}-hosting`, { assumeRolePolicy: trust("sagemaker") });
  },
  (s) => {
    s.model = new aws.sagemaker.Model(`${s.name}-model`, {
      executionRoleArn: s.hosting.arn,
      enableNetworkIsolation: true,
      primaryContainer: {
        image: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/forecast@sha256:${"0".repeat(64)}`,
        modelDataUrl: pulumi.interpolate`s3://${s.bucket.bucket}/model.tar.gz`,
      },
      tags: s.tags,
    });
  },
  (s) => {
    s.config = new aws.sagemaker.EndpointConfiguration(`${s.name}-config`, {
      productionVariants: [
        {
          variantName: "main",
          modelName: s.model.name,
          // Every third service serves on a GPU, so that there is something to find.
          instanceType: s.index % 3 === 0 ? "ml.g5.xlarge" : "ml.c7g.large",
          initialInstanceCount: 1,
        },
      ],
      tags: s.tags,
    });
  },
  (s) => {
    new aws.sagemaker.Endpoint(`${s.name}-endpoint`, { endpointConfigName: s.config.name, tags: s.tags });
  },
];

function trust(service) {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: `${service}.amazonaws.com` }, Action: "sts:AssumeRole" }],
  });
}

const wanted = new pulumi.Config().requireNumber("resources");
for (let made = 0, service; made < wanted; made++) {
  const index = Math.floor(made / PARTS.length);
  if (made % PARTS.length === 0)
    service = { index, name: `service-${index}`, tags: { Environment: "dev", CostCenter: "ml" } };
  PARTS[made % PARTS.length](service);
}
