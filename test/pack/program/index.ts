import * as ml from "frugal-ml";

const image = `123456789012.dkr.ecr.us-east-1.amazonaws.com/forecast@sha256:${"0".repeat(64)}`;
const model = { image, modelDataUrl: "s3://our-models/churn/model.tar.gz" };
const places = { inputUri: "s3://our-models/in/", outputUri: "s3://our-models/out/" };
const containers = ["first", "second"].map((name) => ({ name, ...model }));
const reader = "arn:aws:iam::123456789012:role/training";

const images = new ml.NormalizingAccessPoint("images", { readers: { training: reader } });
const built = new ml.ContainerImage("built", { digest: `sha256:${"0".repeat(64)}` });
const fleet = new ml.TrainingFleet("fleet", { image: built.imageUri });
const many = new ml.MultiModelEndpoint("many", { image, modelDataUrl: fleet.modelDataUrl });
new ml.RealTimeEndpoint("now", model);
new ml.ServerlessEndpoint("bare", model);
new ml.AsyncEndpoint("later", { ...model, ...places });
new ml.BatchTransform("batch", { ...model, ...places });
new ml.MultiContainerEndpoint("beside", { containers });
new ml.InferencePipelineEndpoint("after", { containers });
const digits = new ml.ClassifierApi("digits", {
  modelPath: "model.onnx",
  labelsPath: "labels.json",
  defaultImagePath: "3-0.png",
  input: { width: 28, height: 28, channels: "grey", mean: [0], scale: [1 / 255] },
});
new ml.PooledModel("pooled", { archive: "pooled.tar.gz", image });
new ml.SavingsPlanCoverage("savings", { emails: ["ml-costs@example.com"], monthlyUsd: 100 });

export const names = [images.functionName, many.endpointName, digits.url];
