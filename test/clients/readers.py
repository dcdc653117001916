"""Reads through a running plane with boto3 and botocore, unmodified.

    python readers.py MANIFEST KEY

Prints one line of JSON for each check: {"check", "ok", "detail", "sha256"}; `sha256` names the bytes that were read.
"""

import hashlib
import json
import socket
import sys
import urllib.error
import urllib.request

import boto3
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials

manifest = json.load(open(sys.argv[1], encoding="utf-8"))
key = sys.argv[2]
object_lambda = next(p for p in manifest["accessPoints"] if p["delivery"] == "object-lambda")
function_url = next(p for p in manifest["accessPoints"] if p["delivery"] == "function-url")

original_lookup = socket.getaddrinfo


def lookup(host, *rest, **options):
    """Every name below localhost is this machine (RFC 6761); not every system's resolver knows."""
    return original_lookup("127.0.0.1" if str(host).endswith(".localhost") else host, *rest, **options)


def client(endpoint, **s3):
    return boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name=manifest["region"],
        aws_access_key_id=manifest["accessKeyId"],
        aws_secret_access_key=manifest["secretAccessKey"],
        config=Config(s3=s3),
    )


def by_alias():
    answer = client(manifest["endpoint"], addressing_style="path").get_object(Bucket=object_lambda["alias"], Key=key)
    return answer["Body"].read()


def by_arn():
    socket.getaddrinfo = lookup
    try:
        endpoint = manifest["endpoint"].replace("127.0.0.1", "localhost")
        return client(endpoint).get_object(Bucket=object_lambda["arn"], Key=key)["Body"].read()
    finally:
        socket.getaddrinfo = original_lookup


def signed(secret, service):
    """GETs the function URL with a signature of botocore's SigV4Auth, or with none when there is no secret."""
    request = AWSRequest(method="GET", url=function_url["url"] + key)
    if secret is not None:
        credentials = Credentials(manifest["accessKeyId"], secret)
        SigV4Auth(credentials, service, manifest["region"]).add_auth(request)
    with urllib.request.urlopen(urllib.request.Request(request.url, headers=dict(request.headers))) as answer:
        return answer.read()


def refused(*arguments):
    try:
        signed(*arguments)
    except urllib.error.HTTPError as error:
        if error.code == 403:
            return None
        raise
    raise AssertionError("was answered")


def check(name, run):
    try:
        body = run()
        line = {"ok": True, "detail": "" if body is None else f"{len(body)} bytes"}
        if body is not None:
            line["sha256"] = hashlib.sha256(body).hexdigest()
    except Exception as error:  # whatever a client raises is the finding
        line = {"ok": False, "detail": f"{type(error).__name__}: {error}"}
    print(json.dumps({"check": name, **line}))


secret = manifest["secretAccessKey"]
check("boto3 get_object by alias", by_alias)
check("boto3 get_object by ARN", by_arn)
check("botocore SigV4Auth reads the function URL", lambda: signed(secret, "lambda"))
check("function URL refuses a request that is not signed", lambda: refused(None, "lambda"))
check("function URL refuses a wrong secret", lambda: refused(secret[::-1], "lambda"))
check("function URL refuses a signature for another service", lambda: refused(secret, "s3"))
