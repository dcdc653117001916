"""Reads what a NormalizingAccessPoint makes of its originals, and feeds it to training.

    images = NormalizedImages(url, region="eu-central-1")                 # delivery function-url
    images = NormalizedObjects("images-xyz--ol-s3")                       # delivery object-lambda, by alias or ARN
    images = NormalizedObjects("derived-bucket", prefix="d8560b7658c7/")  # delivery materialized

    dataset = ImageDataset(images, keys=list(images.list("train/")))
    loader = torch.utils.data.DataLoader(dataset, batch_size=64, num_workers=4)

Needs botocore, and boto3 for NormalizedObjects. NumPy is needed for the formats npy and raw only, Pillow only to
decode JPEG and PNG; torch is not imported at all.
"""

import io
import json
import os
import random
import time
import xml.etree.ElementTree as ElementTree
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import quote, unquote_plus, urlencode

import botocore.session
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import ClientError, HTTPClientError
from botocore.httpsession import URLLib3Session

__all__ = ["ImageDataset", "NormalizedImages", "NormalizedObjects", "ReadError", "ReadObject"]

#: Statuses that another attempt may change.
RETRIED = frozenset({429, 500, 502, 503, 504})
#: The first pause is up to this many seconds, each further one up to twice as many.
FIRST_PAUSE = 0.1
LONGEST_PAUSE = 10.0


class ReadError(Exception):
    """A read that was refused, or that no number of attempts could finish.

    status is the HTTP status, 0 when nothing was answered; code for example CorruptImage.
    """

    def __init__(self, key, status, code, message):
        # All arguments go up, so that the error can be pickled: a worker's error reaches the training process.
        super().__init__(key, status, code, message)
        self.key, self.status, self.code, self.message = key, status, code, message

    def __str__(self):
        return f"{self.status} {self.code}: {self.message} ({self.key})"


@dataclass(frozen=True)
class ReadObject:
    """A normalised object, or with empty data what is known of it."""

    key: str
    data: bytes
    content_type: str
    #: Bytes of the object.
    length: int
    #: Names original and transformation, quotes included; None when the original has none.
    etag: "str | None" = None
    #: User metadata without x-amz-meta-.
    metadata: dict = field(default_factory=dict)


class _Reads:
    """What both ways to read share: live connections belong to one process, and are never pickled."""

    def __init__(self):
        self._live, self._pid = None, None

    def _connected(self):
        # After a fork, a socket is the parent's: two processes on one would read each other's answers.
        if self._live is None or self._pid != os.getpid():
            self._live, self._pid = self._connect(), os.getpid()
        return self._live

    def __getstate__(self):
        return {**self.__dict__, "_live": None, "_pid": None}

    def get_all(self, keys, threads=16):
        """Reads many objects at once, and gives them in the order of their keys."""
        keys = list(keys)
        self._connected()
        with ThreadPoolExecutor(max_workers=max(1, min(threads, len(keys)))) as pool:
            yield from pool.map(self.get, keys)


class NormalizedImages(_Reads):
    """Reads through the delivery function-url.

    url: the component's output url. region: of the function.
    credentials: (access key id, secret access key[, session token]); by default found as boto3 does.
    attempts: most attempts of one read, the first included. timeout: seconds for one attempt.
    """

    def __init__(self, url, region, credentials=None, attempts=6, timeout=65):
        super().__init__()
        self.url = url if url.endswith("/") else url + "/"
        self.region, self.credentials, self.attempts, self.timeout = region, credentials, attempts, timeout

    def get(self, key):
        """Reads one object. Raises ReadError."""
        return self._object("GET", key)

    def head(self, key):
        """Asks what get would answer. It costs as much: nothing less tells the length. Raises ReadError."""
        return self._object("HEAD", key)

    def list(self, prefix=""):
        """Keys of the originals, in S3's order, page by page. Raises ReadError."""
        token = None
        while True:
            query = {"list-type": "2", "encoding-type": "url", "prefix": prefix}
            if token:
                query["continuation-token"] = token
            answer = self._request("GET", f"{self.url}?{urlencode(query, quote_via=quote)}", "")
            page = ElementTree.fromstring(answer.content)
            for element in page.iterfind("{*}Contents/{*}Key"):
                yield unquote_plus(element.text)
            token = page.findtext("{*}NextContinuationToken")
            if not token:
                return

    def _connect(self):
        credentials = (
            Credentials(*self.credentials) if self.credentials else botocore.session.get_session().get_credentials()
        )
        if credentials is None:
            raise ReadError("", 0, "NoCredentials", "no AWS credentials were given or found")
        http = URLLib3Session(timeout=self.timeout, max_pool_connections=64)
        return http, credentials

    def _object(self, method, key):
        if key == "":
            raise ReadError(key, 400, "InvalidRequest", "a key is not empty")
        answer = self._request(method, self.url + quote(key, safe="/-_.~"), key)
        headers = {name.lower(): value for name, value in answer.headers.items()}
        return ReadObject(
            key=key,
            data=b"" if method == "HEAD" else answer.content,
            content_type=headers.get("content-type", "application/octet-stream"),
            length=int(headers.get("x-frugal-ml-length") or headers.get("content-length") or len(answer.content)),
            etag=headers.get("etag"),
            metadata={n[len("x-amz-meta-") :]: v for n, v in headers.items() if n.startswith("x-amz-meta-")},
        )

    def _request(self, method, url, key):
        http, credentials = self._connected()
        for attempt in range(1, self.attempts + 1):
            # Each attempt is signed anew: a signature is good for minutes only.
            request = AWSRequest(method=method, url=url)
            SigV4Auth(credentials.get_frozen_credentials(), "lambda", self.region).add_auth(request)
            try:
                answer = http.send(request.prepare())
                if answer.status_code == 200:
                    return answer
                error = _refusal(key, answer)
            except HTTPClientError as unreachable:
                error = ReadError(key, 0, "Unreachable", str(unreachable))
            if attempt == self.attempts or (error.status != 0 and error.status not in RETRIED):
                raise error
            time.sleep(random.random() * min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (attempt - 1)))


def _refusal(key, answer):
    try:
        told = json.loads(answer.content)
        return ReadError(key, answer.status_code, told["code"], told["message"])
    except (ValueError, KeyError, TypeError):
        # HEAD has no body, and Lambda itself answers in its own words.
        code = answer.headers.get("x-frugal-ml-error") or answer.headers.get("x-amzn-errortype") or "Refused"
        return ReadError(key, answer.status_code, code, answer.content[:200].decode("utf-8", "replace"))


class NormalizedObjects(_Reads):
    """Reads through the deliveries object-lambda and materialized, with boto3.

    bucket: alias or ARN of the Object Lambda access point, or the derived bucket.
    prefix: the component's output derivedPrefix, for materialized; keys are those of the originals all the same.
    client: further arguments of boto3.client("s3"), for example region_name.
    """

    def __init__(self, bucket, prefix="", attempts=6, **client):
        super().__init__()
        self.bucket, self.prefix, self.attempts, self.client = bucket, prefix, attempts, client

    def get(self, key):
        """Reads one object. Raises ReadError."""
        return self._object("get_object", key)

    def head(self, key):
        """Asks what get would answer. Raises ReadError."""
        return self._object("head_object", key)

    def list(self, prefix=""):
        """Keys of the originals, in S3's order, page by page."""
        pages = self._connected().get_paginator("list_objects_v2")
        for page in pages.paginate(Bucket=self.bucket, Prefix=self.prefix + prefix):
            for entry in page.get("Contents", []):
                yield entry["Key"][len(self.prefix) :]

    def _connect(self):
        import boto3

        retries = {"mode": "standard", "total_max_attempts": self.attempts}
        config = Config(retries=retries, max_pool_connections=64).merge(self.client.get("config") or Config())
        # A session of its own: boto3's default one is not safe to create clients with from several threads.
        return boto3.session.Session().client("s3", **{**self.client, "config": config})

    def _object(self, operation, key):
        try:
            answer = getattr(self._connected(), operation)(Bucket=self.bucket, Key=self.prefix + key)
            data = answer["Body"].read() if "Body" in answer else b""
        except ClientError as error:
            told = error.response.get("Error", {})
            status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
            raise ReadError(key, status, told.get("Code", "Refused"), told.get("Message", "")) from error
        return ReadObject(
            key=key,
            data=data,
            content_type=answer.get("ContentType", "application/octet-stream"),
            length=answer["ContentLength"],
            etag=answer.get("ETag"),
            metadata=answer.get("Metadata", {}),
        )


class ImageDataset:
    """A map-style dataset as torch.utils.data.DataLoader takes it; torch itself is not needed.

    source: NormalizedImages or NormalizedObjects. keys: of the originals; by default all below prefix, listed once.
    decode: what the loader gets. True: a NumPy array for npy and raw, a Pillow image for JPEG and PNG where Pillow is
    installed, and bytes otherwise. False: bytes always. A function: its result for each ReadObject.
    threads: reads under way for one batch in one worker.

    It can be pickled, and each worker process opens connections of its own.
    """

    def __init__(self, source, keys=None, prefix="", decode=True, threads=16):
        self.source, self.decode, self.threads = source, decode, threads
        self.keys = list(source.list(prefix)) if keys is None else list(keys)

    def __len__(self):
        return len(self.keys)

    def __getitem__(self, index):
        return self._decoded(self.source.get(self.keys[index]))

    def __getitems__(self, indices):
        """A whole batch, read in parallel: DataLoader asks for batches in this way (torch 2.0 and later)."""
        keys = [self.keys[index] for index in indices]
        return [self._decoded(read) for read in self.source.get_all(keys, self.threads)]

    def _decoded(self, read):
        if callable(self.decode):
            return self.decode(read)
        return decoded(read) if self.decode else read.data


def decoded(read):
    """What a ReadObject holds: an array for npy and raw, a Pillow image where Pillow is installed, or its bytes."""
    if read.content_type == "application/x-npy":
        import numpy

        return numpy.load(io.BytesIO(read.data), allow_pickle=False)
    shape = read.metadata.get("frugal-ml-shape")
    if read.content_type == "application/octet-stream" and shape:
        import numpy

        height, width, channels = map(int, shape.split("x"))
        array = numpy.frombuffer(read.data, numpy.uint8)
        return array.reshape((height, width) if channels == 1 else (height, width, channels))
    if read.content_type in ("image/jpeg", "image/png"):
        try:
            from PIL import Image
        except ImportError:
            return read.data
        return Image.open(io.BytesIO(read.data))
    return read.data
