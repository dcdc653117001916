/**
 * Images for inference that AWS keeps, for processors only: repositories, tags and the accounts that hold them. Source:
 * aws/sagemaker-python-sdk, sagemaker-core/src/sagemaker/core/image_uri_config/{tensorflow,pytorch,huggingface,mxnet,sklearn,
 * xgboost}.json and the tags that image_uris.py beside it makes of them, at the commit below. Left out: older versions, images for accelerators, and
 * Regions that some version lacks.
 */
export const FRAMEWORK_IMAGES_SOURCE = {
  commit: "a24812666d258d9d19c9a82d0c9385ca0bd3ba01",
  /** ISO date on which the files were last changed. */
  publishedOn: "2026-07-20",
  /** ISO date of the commit. */
  readOn: "2026-08-21",
} as const;

/** Regions, by the account that holds a registry's repositories there. */
export const FRAMEWORK_REGISTRIES = {
  /** AWS Deep Learning Containers. */
  deepLearning: {
    "626614931356": "af-south-1",
    "871362719292": "ap-east-1",
    "763104351884":
      "ap-northeast-1 ap-northeast-2 ap-south-1 ap-southeast-1 ap-southeast-2 ca-central-1 eu-central-1 eu-north-1 eu-west-1 eu-west-2 eu-west-3 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2",
    "364406365360": "ap-northeast-3",
    "772153158452": "ap-south-2",
    "907027046896": "ap-southeast-3",
    "457447274322": "ap-southeast-4",
    "204538143572": "ca-west-1",
    "727897471807": "cn-north-1 cn-northwest-1",
    "380420809688": "eu-central-2",
    "692866216735": "eu-south-1",
    "503227376785": "eu-south-2",
    "780543022126": "il-central-1",
    "914824155844": "me-central-1",
    "217643126080": "me-south-1",
    "446045086412": "us-gov-east-1",
    "442386744353": "us-gov-west-1",
  },
  /** SageMaker's own images of scikit-learn and XGBoost. */
  sagemaker: {
    "510948584623": "af-south-1",
    "651117190479": "ap-east-1",
    "354813040037": "ap-northeast-1",
    "366743142698": "ap-northeast-2",
    "867004704886": "ap-northeast-3",
    "720646828776": "ap-south-1",
    "628508329040": "ap-south-2",
    "121021644041": "ap-southeast-1",
    "783357654285": "ap-southeast-2",
    "951798379941": "ap-southeast-3",
    "106583098589": "ap-southeast-4",
    "341280168497": "ca-central-1",
    "190319476487": "ca-west-1",
    "450853457545": "cn-north-1",
    "451049120500": "cn-northwest-1",
    "492215442770": "eu-central-1",
    "680994064768": "eu-central-2",
    "662702820516": "eu-north-1",
    "978288397137": "eu-south-1",
    "104374241257": "eu-south-2",
    "141502667606": "eu-west-1",
    "764974769150": "eu-west-2",
    "659782779980": "eu-west-3",
    "898809789911": "il-central-1",
    "272398656194": "me-central-1",
    "801668240914": "me-south-1",
    "737474898029": "sa-east-1",
    "683313688378": "us-east-1",
    "257758044811": "us-east-2",
    "237065988967": "us-gov-east-1",
    "414596584902": "us-gov-west-1",
    "746614075791": "us-west-1",
    "246618743249": "us-west-2",
  },
} as const;

/** Tags by the framework's version, newest first; of Hugging Face by the version of Transformers, with PyTorch. */
export const FRAMEWORK_IMAGES = {
  tensorflow: {
    registry: "deepLearning",
    x86: {
      repository: "tensorflow-inference",
      tags: {
        "2.19.0": "2.19.0-cpu",
        "2.18.0": "2.18.0-cpu",
        "2.16.1": "2.16.1-cpu",
        "2.14.1": "2.14.1-cpu",
        "2.13.0": "2.13.0-cpu",
        "2.12.1": "2.12.1-cpu",
      },
    },
    graviton: {
      repository: "tensorflow-inference-graviton",
      tags: {
        "2.16.1": "2.16.1-cpu-py310-ubuntu20.04-sagemaker",
        "2.14.1": "2.14.1-cpu-py310-ubuntu20.04-sagemaker",
        "2.13.0": "2.13.0-cpu-py310-ubuntu20.04-sagemaker",
        "2.12.1": "2.12.1-cpu-py310-ubuntu20.04-sagemaker",
      },
    },
  },
  pytorch: {
    registry: "deepLearning",
    x86: {
      repository: "pytorch-inference",
      tags: {
        "2.6.0": "2.6.0-cpu-py312",
        "2.5.1": "2.5.1-cpu-py311",
        "2.4.0": "2.4.0-cpu-py311",
        "2.3.0": "2.3.0-cpu-py311",
        "2.2.0": "2.2.0-cpu-py310",
        "2.1.0": "2.1.0-cpu-py310",
        "2.0.1": "2.0.1-cpu-py310",
      },
    },
    graviton: {
      repository: "pytorch-inference-graviton",
      tags: {
        "2.4.0": "2.4.0-cpu-py311-ubuntu22.04-sagemaker",
        "2.3.0": "2.3.0-cpu-py311-ubuntu20.04-sagemaker",
        "2.2.1": "2.2.1-cpu-py310-ubuntu20.04-sagemaker",
        "2.1.0": "2.1.0-cpu-py310-ubuntu20.04-sagemaker",
        "2.0.1": "2.0.1-cpu-py310-ubuntu20.04-sagemaker",
      },
    },
  },
  huggingface: {
    registry: "deepLearning",
    x86: {
      repository: "huggingface-pytorch-inference",
      tags: {
        "5.5.3": "2.6.0-transformers5.5.3-cpu-py312-ubuntu22.04",
        "4.51.3": "2.6.0-transformers4.51.3-cpu-py312-ubuntu22.04",
        "4.49.0": "2.6.0-transformers4.49.0-cpu-py312-ubuntu22.04",
        "4.48.0": "2.3.0-transformers4.48.0-cpu-py311-ubuntu22.04",
        "4.37.0": "2.1.0-transformers4.37.0-cpu-py310-ubuntu22.04",
        "4.28.1": "2.0.0-transformers4.28.1-cpu-py310-ubuntu20.04",
      },
    },
  },
  mxnet: {
    registry: "deepLearning",
    x86: { repository: "mxnet-inference", tags: { "1.9.0": "1.9.0-cpu-py38", "1.8.0": "1.8.0-cpu-py37" } },
  },
  sklearn: {
    registry: "sagemaker",
    x86: {
      repository: "sagemaker-scikit-learn",
      tags: { "1.4-2-py312": "1.4-2-py312-cpu-py3", "1.2-1": "1.2-1-cpu-py3", "1.0-1": "1.0-1-cpu-py3" },
    },
    graviton: { repository: "sagemaker-scikit-learn", tags: { "1.0-1": "1.0-1-arm64-cpu-py3" } },
  },
  xgboost: {
    registry: "sagemaker",
    x86: {
      repository: "sagemaker-xgboost",
      tags: { "3.2-0": "3.2-0", "3.0-5": "3.0-5", "1.7-1": "1.7-1", "1.5-1": "1.5-1", "1.3-1": "1.3-1" },
    },
    graviton: { repository: "sagemaker-xgboost", tags: { "1.5-1": "1.5-1-arm64", "1.3-1": "1.3-1-arm64" } },
  },
} as const;
