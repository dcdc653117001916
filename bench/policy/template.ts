/** A resource of a CloudFormation template. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties: object;
}

type Part = readonly [suffix: string, resource: (service: string, index: number) => TemplateResource];

const TAGS = [
  { Key: "Environment", Value: "dev" },
  { Key: "CostCenter", Value: "ml" },
];

const trust = (service: string): object => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: `${service}.amazonaws.com` }, Action: "sts:AssumeRole" }],
});

const arnOf = (name: string): object => ({ "Fn::GetAtt": [name, "Arn"] });
const ref = (name: string): object => ({ Ref: name });

/** What one service has: the same parts, in the same order and with the same properties, as in program/index.js. */
const PARTS: readonly Part[] = [
  ["Role", () => ({ Type: "AWS::IAM::Role", Properties: { AssumeRolePolicyDocument: trust("lambda") } })],
  ["Bucket", () => ({ Type: "AWS::S3::Bucket", Properties: { Tags: TAGS } })],
  [
    "BucketPolicy",
    (service) => ({
      Type: "AWS::S3::BucketPolicy",
      Properties: {
        Bucket: ref(`${service}Bucket`),
        PolicyDocument: {
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Deny",
              Principal: "*",
              Action: "s3:*",
              Resource: { "Fn::Sub": `\${${service}Bucket.Arn}/*` },
              Condition: { Bool: { "aws:SecureTransport": "false" } },
            },
          ],
        },
      },
    }),
  ],
  [
    "Logs",
    (service) => ({
      Type: "AWS::Logs::LogGroup",
      Properties: { LogGroupName: `/aws/lambda/${service}`, RetentionInDays: 14 },
    }),
  ],
  ["Dead", () => ({ Type: "AWS::SQS::Queue", Properties: { MessageRetentionPeriod: 1_209_600, Tags: TAGS } })],
  [
    "Queue",
    (service) => ({
      Type: "AWS::SQS::Queue",
      Properties: {
        VisibilityTimeout: 180,
        RedrivePolicy: { deadLetterTargetArn: arnOf(`${service}Dead`), maxReceiveCount: 5 },
        Tags: TAGS,
      },
    }),
  ],
  [
    "Preprocess",
    (service) => ({
      Type: "AWS::Lambda::Function",
      Properties: {
        FunctionName: service,
        Architectures: ["arm64"],
        Runtime: "nodejs22.x",
        Handler: "index.handler",
        Timeout: 30,
        MemorySize: 1024,
        Role: arnOf(`${service}Role`),
        Code: { ZipFile: "exports.handler = async () => {};" },
        Environment: { Variables: { BUCKET: ref(`${service}Bucket`) } },
        Tags: TAGS,
      },
    }),
  ],
  [
    "Events",
    (service) => ({
      Type: "AWS::Lambda::EventSourceMapping",
      Properties: {
        EventSourceArn: arnOf(`${service}Queue`),
        FunctionName: arnOf(`${service}Preprocess`),
        BatchSize: 10,
      },
    }),
  ],
  ["Hosting", () => ({ Type: "AWS::IAM::Role", Properties: { AssumeRolePolicyDocument: trust("sagemaker") } })],
  [
    "Model",
    (service) => ({
      Type: "AWS::SageMaker::Model",
      Properties: {
        ExecutionRoleArn: arnOf(`${service}Hosting`),
        EnableNetworkIsolation: true,
        PrimaryContainer: {
          Image: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/forecast@sha256:${"0".repeat(64)}`,
          ModelDataUrl: { "Fn::Sub": `s3://\${${service}Bucket}/model.tar.gz` },
        },
        Tags: TAGS,
      },
    }),
  ],
  [
    "Config",
    (service, index) => ({
      Type: "AWS::SageMaker::EndpointConfig",
      Properties: {
        ProductionVariants: [
          {
            VariantName: "main",
            ModelName: { "Fn::GetAtt": [`${service}Model`, "ModelName"] },
            InstanceType: index % 3 === 0 ? "ml.g5.xlarge" : "ml.c7g.large",
            InitialInstanceCount: 1,
          },
        ],
        Tags: TAGS,
      },
    }),
  ],
  [
    "Endpoint",
    (service) => ({
      Type: "AWS::SageMaker::Endpoint",
      Properties: {
        EndpointConfigName: { "Fn::GetAtt": [`${service}Config`, "EndpointConfigName"] },
        Tags: TAGS,
      },
    }),
  ],
];

/** A template of as many resources as the program of the same size declares, of the same kinds. */
export function template(resources: number): { readonly Resources: Readonly<Record<string, TemplateResource>> } {
  const all = Array.from({ length: resources }, (_, made): [string, TemplateResource] => {
    const index = Math.floor(made / PARTS.length);
    const [suffix, resource] = PARTS[made % PARTS.length] ?? ["", () => ({ Type: "", Properties: {} })];
    return [`Service${index}${suffix}`, resource(`Service${index}`, index)];
  });
  return { Resources: Object.fromEntries(all) };
}
