"""Invokes endpoints of a plane with boto3.

Reads on standard input {"endpoint", "region", "accessKeyId", "secretAccessKey"}, prints a line of JSON for each check.
"""

import datetime
import json
import sys

import boto3
from botocore.exceptions import ClientError


def main():
    given = json.load(sys.stdin)
    keys = {"aws_access_key_id": given["accessKeyId"], "aws_secret_access_key": given["secretAccessKey"]}
    runtime = boto3.client("sagemaker-runtime", endpoint_url=given["endpoint"], region_name=given["region"], **keys)
    sagemaker = boto3.client("sagemaker", endpoint_url=given["endpoint"], region_name=given["region"], **keys)

    def invoke(target, body=b"{}", name="many"):
        more = {} if target is None else {"TargetModel": target}
        return runtime.invoke_endpoint(EndpointName=name, Body=body, ContentType="application/json", **more)

    def check(what, holds):
        try:
            detail, ok = "", bool(holds())
        except Exception as error:  # A check that breaks is one that does not hold.
            detail, ok = repr(error), False
        print(json.dumps({"check": f"boto3 {what}", "ok": ok, "detail": detail}))

    def refused(code, status, call, **members):
        try:
            call()
        except ClientError as error:
            answer = error.response
            return (
                answer["Error"]["Code"] == code
                and answer["ResponseMetadata"]["HTTPStatusCode"] == status
                and all(answer.get(name) == value for name, value in members.items())
            )
        return False

    def served():
        answer = invoke("v1/a.tar.gz")
        return json.load(answer["Body"])["value"] == "a" and answer["InvokedProductionVariant"] == "main"

    def failed():
        body = json.dumps({"status": 422, "message": "bad"}).encode()
        return refused("ModelError", 424, lambda: invoke("v1/a.tar.gz", body), OriginalStatusCode=422, OriginalMessage="bad")

    def counted():
        watch = boto3.client("cloudwatch", endpoint_url=given["endpoint"], region_name=given["region"], **keys)
        listed = watch.list_metrics(Namespace="AWS/SageMaker", MetricName="Invocations")["Metrics"]
        now = datetime.datetime.now(datetime.timezone.utc)
        window = {"StartTime": now - datetime.timedelta(minutes=10), "EndTime": now + datetime.timedelta(minutes=1)}
        points = watch.get_metric_statistics(**listed[0], **window, Period=60, Statistics=["Sum", "Average"])["Datapoints"]
        stat = {"Metric": listed[0], "Period": 600, "Stat": "Maximum"}
        query = [{"Id": "loads", "MetricStat": stat}]
        data = watch.get_metric_data(MetricDataQueries=query, **window)["MetricDataResults"][0]
        return len(listed) == 1 and sum(point["Sum"] for point in points) >= 2 and data["Values"][0] == 1.0

    def percentile():
        watch = boto3.client("cloudwatch", endpoint_url=given["endpoint"], region_name=given["region"], **keys)
        now = datetime.datetime.now(datetime.timezone.utc)
        stat = {"Metric": {"Namespace": "AWS/SageMaker", "MetricName": "ModelLatency"}, "Period": 60, "Stat": "p99"}
        query = [{"Id": "slow", "MetricStat": stat}]
        return refused(
            "InvalidParameterValue",
            400,
            lambda: watch.get_metric_data(MetricDataQueries=query, StartTime=now, EndTime=now),
        )

    check("waits for an endpoint", lambda: sagemaker.get_waiter("endpoint_in_service").wait(EndpointName="many") is None)
    check("invokes a model of many", served)
    check("reads a ModelError", failed)
    check("reads that a model is missing", lambda: refused("ValidationError", 400, lambda: invoke("v1/none.tar.gz")))
    check("reads that TargetModel is required", lambda: refused("ValidationError", 400, lambda: invoke(None)))
    check("reads that a target climbs", lambda: refused("ValidationError", 400, lambda: invoke("../a.tar.gz")))
    check("reads that an endpoint is missing", lambda: refused("ValidationError", 400, lambda: invoke("a", name="none")))
    check("reads the metrics by CloudWatch", counted)
    check("reads that percentiles are not kept", percentile)


if __name__ == "__main__":
    main()
