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
from botocore.exceptions import ClientError

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


def ranges():
    """Reads as Mountpoint does: the length first, then ranges of what still has that ETag."""
    s3 = client(manifest["endpoint"], addressing_style="path")
    target = {"Bucket": object_lambda["alias"], "Key": key}
    head = s3.head_object(**target)
    length = head["ContentLength"]
    bounds = range(0, length, 4096)
    read = [
        s3.get_object(**target, Range=f"bytes={start}-{start + 4095}", IfMatch=head["ETag"])["Body"].read()
        for start in bounds
    ]
    return b"".join(read)


def conditions():
    """Conditions on the ETag that was answered hold; on another, or on the original's, they do not."""
    s3 = client(manifest["endpoint"], addressing_style="path")
    target = {"Bucket": object_lambda["alias"], "Key": key}
    etag = s3.head_object(**target)["ETag"]
    original = s3.head_object(Bucket=object_lambda["bucket"], Key=key)["ETag"]
    s3.get_object(**target, IfMatch=etag)["Body"].read()
    s3.get_object(**target, IfNoneMatch=original)["Body"].read()
    for expected, condition in [(304, {"IfNoneMatch": etag}), (412, {"IfMatch": original})]:
        for call in (s3.get_object, s3.head_object):
            try:
                call(**target, **condition)
            except ClientError as error:
                status = error.response["ResponseMetadata"]["HTTPStatusCode"]
                assert status == expected, f"{status} is not {expected}"
            else:
                raise AssertionError(f"{condition} was answered")


def listing():
    """Both listings name the ETag that GET answers."""
    s3 = client(manifest["endpoint"], addressing_style="path")
    etag = s3.head_object(Bucket=object_lambda["alias"], Key=key)["ETag"]
    for name in ("list_objects", "list_objects_v2"):
        pages = s3.get_paginator(name).paginate(
            Bucket=object_lambda["alias"], PaginationConfig={"PageSize": 2, "MaxItems": 100}
        )
        listed = {entry["Key"]: entry["ETag"] for page in pages for entry in page["Contents"]}
        assert listed[key] == etag, f"{name}: {listed[key]} is not {etag}"


def url_ranges():
    """The function URL, over HTTP: HEAD, then ranges of what still has that ETag."""
    answer, _ = requested("HEAD")
    length, etag = int(answer.headers["Content-Length"]), answer.headers["ETag"]
    half = length // 2
    parts = []
    for bounds in (f"bytes=0-{half - 1}", f"bytes={half}-"):
        answer, body = requested("GET", {"Range": bounds, "If-Match": etag})
        assert answer.status == 206, answer.status
        parts.append(body)
    return b"".join(parts)


def requested(method, headers=None):
    request = AWSRequest(method=method, url=function_url["url"] + key, headers=headers or {})
    credentials = Credentials(manifest["accessKeyId"], manifest["secretAccessKey"])
    SigV4Auth(credentials, "lambda", manifest["region"]).add_auth(request)
    sent = urllib.request.Request(request.url, headers=dict(request.headers), method=method)
    with urllib.request.urlopen(sent) as answer:
        return answer, answer.read()


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
check("boto3 head_object, then ranged get_object with IfMatch", ranges)
check("boto3 IfMatch and IfNoneMatch on our ETag", conditions)
check("boto3 list_objects and list_objects_v2, paged", listing)
check("function URL: HEAD, then ranges with If-Match", url_ranges)
check("botocore SigV4Auth reads the function URL", lambda: signed(secret, "lambda"))
check("function URL refuses a request that is not signed", lambda: refused(None, "lambda"))
check("function URL refuses a wrong secret", lambda: refused(secret[::-1], "lambda"))
check("function URL refuses a signature for another service", lambda: refused(secret, "s3"))
