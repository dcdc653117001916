/**
 * Limits of AWS services that several parts rely on. Each names its page; all were read on the date below.
 * Bytes are bytes, times are seconds.
 */
export const SERVICE_LIMITS = {
  /** ISO date on which the limits were read. */
  readOn: "2026-11-01",
  lambda: {
    /** Memory in MB; docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
    memoryMb: { min: 128, max: 10240 },
    timeoutSeconds: { min: 1, max: 900 },
    /** Memory at which a function has one whole vCPU. */
    oneVcpuMemoryMb: 1769,
    /** Largest buffered answer, request or response. */
    bufferedPayloadBytes: 6 * 1024 * 1024,
    nameLength: 64,
    /** A function's archive that is uploaded with it, zipped, and everything in it; docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
    archiveBytes: 50 * 1024 * 1024,
    unpackedBytes: 250 * 1024 * 1024,
    /** Room below /tmp; docs.aws.amazon.com/lambda/latest/dg/configuration-ephemeral-storage.html */
    ephemeralStorageMb: { min: 512, max: 10240 },
  },
  /** docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
  httpApi: {
    /** Longest that an integration is waited for, in milliseconds. */
    integrationMs: 30_000,
    payloadBytes: 10 * 1024 * 1024,
    /** Requests a second of an account in a Region, all its APIs together, and at once: quotas that can be raised. */
    accountRate: 10_000,
    accountBurst: 5_000,
  },
  objectLambda: {
    /** A function answers within this time; docs.aws.amazon.com/AmazonS3/latest/userguide/olap-writing-lambda.html */
    answerSeconds: 60,
    /** Access point names; docs.aws.amazon.com/AmazonS3/latest/userguide/olap-create.html */
    nameLength: { min: 3, max: 45 },
  },
  s3: {
    bucketNameLength: { min: 3, max: 63 },
    accessPointNameLength: { min: 3, max: 50 },
    keyBytes: 1024,
    /** Parts of one multipart upload. */
    parts: 10_000,
    /** Smallest part but the last. */
    partBytes: 5 * 1024 * 1024,
    /** Largest answer to one listing. */
    listKeys: 1000,
    /** Keys in one DeleteObjects. */
    deleteKeys: 1000,
  },
  /** docs.aws.amazon.com/sagemaker/latest/APIReference: the shapes of the named properties. */
  sagemaker: {
    /** PipelineDefinition of CreatePipeline, in characters. */
    pipelineDefinitionCharacters: 1_048_576,
    /** A value of Environment of CreateProcessingJob; of CreateTrainingJob it may have 512. */
    environmentCharacters: 256,
    /** InputDataConfig of CreateTrainingJob. */
    channels: 20,
    channelNameLength: 64,
    hyperparameters: { count: 100, keyCharacters: 256, valueCharacters: 2500 },
    /** ImageUri and TrainingImage. */
    imageUriCharacters: 255,
    volumeGb: { min: 1, max: 16_384 },
    /** Longest training job without a quota increase; docs.aws.amazon.com/general/latest/gr/sagemaker.html */
    trainingSeconds: 432_000,
    subnets: 16,
    securityGroups: 5,
    /** Names of endpoints, configurations and models. */
    endpointNameLength: 63,
    /** Answers of containers: realtime-endpoints-test-endpoints.html, your-algorithms-inference-code.html, mms-container-apis.html. */
    serving: {
      /** A container answers an invocation within this time. */
      answerSeconds: 60,
      /** GET /ping is answered within this time. */
      pingSeconds: 2,
      /** A container is healthy this long after its start at the latest. */
      startSeconds: 240,
      /** Loading a model goes on this long; the caller hears ModelNotReadyException after `answerSeconds`. */
      loadSeconds: 360,
      /** Between SIGTERM and SIGKILL. */
      stopSeconds: 30,
      /** Body of InvokeEndpoint, and of its answer. */
      payloadBytes: 6 * 1024 * 1024,
      /** TargetModel of InvokeEndpoint. */
      targetModelCharacters: 1024,
      /** CustomAttributes of InvokeEndpoint. */
      customAttributesCharacters: 1024,
      /** Models in one answer of GET /models. */
      listModels: 100,
    },
    /**
     * What each option of inference takes and refuses: the one source of components, chooser and policy. Pages are of
     * docs.aws.amazon.com/sagemaker/latest/dg unless they say otherwise. Real time shares the limits of `serving` above.
     */
    options: {
      /** ISO date on which these limits were read. */
      readOn: "2026-11-26",
      realTime: {
        /** ProductionVariants of CreateEndpointConfig. */
        variants: 10,
        /** With a shadow variant there is one production variant and one shadow; CreateEndpointConfig. */
        variantsWithShadow: 1,
        /** shadow-tests-exclusions.html */
        shadowExcludes: ["serverless", "async", "marketplace", "multi-container", "multi-model", "inf1"],
        /** Alarms of AutoRollbackConfig. */
        rollbackAlarms: 10,
      },
      /** serverless-endpoints.html; serverless-endpoints-invoke.html */
      serverless: {
        /** MemorySizeInMB of ProductionVariantServerlessConfig. */
        memoryMb: { min: 1024, max: 6144, step: 1024 },
        /** MaxConcurrency, and ProvisionedConcurrency, which is at most that. */
        concurrency: { min: 1, max: 200 },
        payloadBytes: 4 * 1024 * 1024,
        answerSeconds: 60,
        /** A model is there and /ping answered this long after a start at the latest. */
        startSeconds: 180,
        diskGb: 5,
        imageGb: 10,
        variants: 1,
        /** Variants of an account in a Region. */
        variantsPerRegion: 50,
        excludes: [
          "gpu",
          "marketplace",
          "private-registry",
          "multi-model",
          "vpc",
          "network-isolation",
          "data-capture",
          "variants",
          "model-monitor",
          "inference-pipeline",
        ],
      },
      /** async-inference.html; async-inference-invoke-endpoint.html */
      async: {
        payloadBytes: 1024 * 1024 * 1024,
        /** Requests up to this size need no object in S3. */
        inlinePayloadBytes: 128_000,
        answerSeconds: 3600,
        /** Without InvocationTimeoutSeconds. */
        defaultAnswerSeconds: 900,
        /** MaxConcurrentInvocationsPerInstance. */
        concurrentInvocations: { min: 1, max: 1000 },
        /** Instances when nothing is asked; only this option goes so low. */
        leastInstances: 0,
        /** github.com/aws/aws-cdk-rfcs/pull/433: one variant, on instances. */
        variants: 1,
      },
      /** CreateTransformJob, ModelClientConfig; batch-transform.html */
      batchTransform: {
        /** MaxPayloadInMB; 0 streams in chunks. */
        payloadMb: { min: 0, max: 100 },
        defaultPayloadMb: 6,
        /** MaxConcurrentTransforms times MaxPayloadInMB. */
        payloadsMb: 100,
        answerSeconds: { min: 1, max: 3600 },
        retries: { min: 0, max: 3 },
        environmentVariables: 16,
      },
      /** multi-container-create.html, multi-container-direct.html */
      multiContainer: { containers: { min: 2, max: 15 }, hostnameLength: 63 },
      /** inference-pipelines.html; one container may be multi-model: multi-model-endpoints.html */
      inferencePipeline: { containers: { min: 2, max: 15 }, multiModelContainers: 1 },
    },
  },
  logs: {
    /** Retentions that CloudWatch Logs takes, in days; 0 keeps for ever. */
    retentionDays: [
      0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
    ],
  },
} as const;
