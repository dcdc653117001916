"""Pictures normalised while they are read, and every customer's model behind one endpoint."""

import pulumi
import pulumi_frugal_ml as frugal_ml

config = pulumi.Config()
cost_allocation = {"environment": "dev", "cost_center": "ml-development"}

# Pictures stay as they are in their bucket; whoever trains gets them by HTTPS, in the size and format that it trains on.
images = frugal_ml.NormalizingAccessPoint(
    "images",
    transformation={"width": 224, "height": 224, "channels": "rgb", "fit": "cover"},
    readers={"training": config.require("trainingRole")},
    cost_allocation=cost_allocation,
)

# Every customer's model behind one endpoint on Graviton: a model is loaded when its customer first asks.
forecasts = frugal_ml.MultiModelEndpoint(
    "forecasts",
    image=config.require("hostingImage"),
    model_data_url=config.require("models"),
    instance_type="ml.c7g.large",
    max_instances=2,
    cost_allocation=cost_allocation,
)

pulumi.export("originals", images.bucket_name)
pulumi.export("url", images.url)
pulumi.export("endpoint", forecasts.endpoint_name)
