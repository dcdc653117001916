// Pictures normalised while they are read, and every customer's model behind one endpoint.
package main

import (
	"example.com/pulumi-frugal-ml/sdk/go/frugalml"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		settings := config.New(ctx, "")
		costAllocation := &frugalml.CostAllocationArgsArgs{
			Environment: pulumi.StringRef("dev"),
			CostCenter:  pulumi.StringRef("ml-development"),
		}

		// Pictures stay as they are in their bucket; whoever trains gets them by HTTPS, in the size and format that it trains on.
		images, err := frugalml.NewNormalizingAccessPoint(ctx, "images", &frugalml.NormalizingAccessPointArgs{
			Transformation: &frugalml.TransformationArgsArgs{
				Width:    pulumi.Float64Ref(224),
				Height:   pulumi.Float64Ref(224),
				Channels: pulumi.StringRef("rgb"),
				Fit:      pulumi.StringRef("cover"),
			},
			Readers:        map[string]pulumi.StringInput{"training": pulumi.String(settings.Require("trainingRole"))},
			CostAllocation: costAllocation,
		})
		if err != nil {
			return err
		}

		// Every customer's model behind one endpoint on Graviton: a model is loaded when its customer first asks.
		forecasts, err := frugalml.NewMultiModelEndpoint(ctx, "forecasts", &frugalml.MultiModelEndpointArgs{
			Image:          pulumi.String(settings.Require("hostingImage")),
			ModelDataUrl:   pulumi.String(settings.Require("models")),
			InstanceType:   pulumi.StringRef("ml.c7g.large"),
			MaxInstances:   pulumi.Float64Ref(2),
			CostAllocation: costAllocation,
		})
		if err != nil {
			return err
		}

		ctx.Export("originals", images.BucketName)
		ctx.Export("url", images.Url)
		ctx.Export("endpoint", forecasts.EndpointName)
		return nil
	})
}
