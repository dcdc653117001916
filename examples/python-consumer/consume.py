"""Reads normalised pictures and asks one customer's forecast, from what `pulumi stack output --json` printed.

Needs boto3, and clients/python/frugal_ml.py and frugal_ml_models.py beside it or on PYTHONPATH.
"""

import json
import os
import sys

import boto3
from frugal_ml import NormalizedImages
from frugal_ml_models import CustomerModels


def read_pictures(outputs, region, most=3):
    """The first pictures: key, bytes and media type of each, as the transformation gives them."""
    images = NormalizedImages(outputs["url"], region)
    keys = [key for _, key in zip(range(most), images.list())]
    return [(read.key, len(read.data), read.content_type) for read in images.get_all(keys)]


def forecast(outputs, customer, days):
    """The next days of one customer, from that customer's newest model."""
    models = CustomerModels(outputs["pointers"])
    answer = boto3.client("sagemaker-runtime").invoke_endpoint(
        EndpointName=outputs["endpointName"],
        TargetModel=models.resolve_model(customer),
        ContentType="application/json",
        Body=json.dumps({"period": days}),
    )
    return json.load(answer["Body"])


def main(outputs_file, customer, days):
    with open(outputs_file, encoding="utf-8") as file:
        outputs = json.load(file)
    for key, size, media_type in read_pictures(outputs, os.environ["AWS_REGION"]):
        print(f"{key}: {size} bytes of {media_type}")
    print(json.dumps(forecast(outputs, customer, days)))


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit("usage: consume.py outputs.json CUSTOMER DAYS")
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
