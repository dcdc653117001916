"""Tells which model of a customer to ask a multi-model endpoint for.

    models = CustomerModels(pointers_uri)             # the fleet's output pointersUri
    boto3.client("sagemaker-runtime").invoke_endpoint(
        EndpointName=endpoint, TargetModel=models.resolve_model("42"), ContentType="application/json", Body=body
    )

SageMaker joins prefix and TargetModel and does no more, so callers resolve. Needs boto3 alone.
"""

import json
import re
import threading
import time

from botocore.exceptions import BotoCoreError, ClientError

__all__ = ["CustomerModels", "ResolveError", "encode_customer"]

#: Longest encoded customer id.
MAX_ENCODED_CUSTOMER = 200
#: Customers whose answer is kept at most, when answers are kept.
MOST_KEPT = 10_000

_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-")
_LOCATION = re.compile(r"s3://([^/]+)/((?:[^/].*/)?)", re.DOTALL)
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}", re.ASCII)


class ResolveError(Exception):
    """A customer's model that could not be told.

    code is UnknownCustomer when there is no pointer, InvalidCustomer when the id cannot be one, MalformedPointer when
    the object does not name a model of this customer, AccessDenied when S3 refuses (as it does for a pointer that is
    not there, when the caller may not list the folder), and ReadFailed for everything else.
    """

    def __init__(self, customer, code, message):
        # All arguments go up, so that the error can be pickled.
        super().__init__(customer, code, message)
        self.customer, self.code, self.message = customer, code, message

    def __str__(self):
        return f"{self.code}: {self.message}"


class CustomerModels:
    """Reads a fleet's pointers.

    pointers_uri: s3:// address of the pointers, ending with a slash: the fleet's output pointersUri.
    region: of the bucket; by default as boto3 finds it. client: boto3.client("s3") of your own, instead.
    max_age_seconds: for how long an answer is given again without a look at S3. By default 0: a moved pointer counts
    at once.
    """

    def __init__(self, pointers_uri, region=None, client=None, max_age_seconds=0):
        match = _LOCATION.fullmatch(pointers_uri)
        if match is None:
            raise ValueError(f"pointers_uri: given {pointers_uri!r}; allowed: s3://<bucket>/<folder>/")
        self.bucket, self.prefix = match.groups()
        self.max_age_seconds = max_age_seconds
        self._kept, self._lock = {}, threading.Lock()
        if client is None:
            import boto3

            client = boto3.session.Session().client("s3", region_name=region)
        self._client = client

    def resolve_model(self, customer):
        """What TargetModel must be for a customer now: {version}/{customer}.tar.gz. Raises ResolveError.

        customer: id as it is in the dataset, not encoded.
        """
        encoded = encode_customer(customer)
        target, until = self._kept.get(customer, ("", 0.0))
        if time.monotonic() < until:
            return target
        target = _target_in(customer, encoded, self._read(customer, encoded))
        if self.max_age_seconds > 0:
            self._keep(customer, target, time.monotonic() + self.max_age_seconds)
        return target

    def _read(self, customer, encoded):
        try:
            return self._client.get_object(Bucket=self.bucket, Key=f"{self.prefix}{encoded}.json")["Body"].read()
        except ClientError as error:
            raise _refusal(customer, error) from error
        except BotoCoreError as error:
            raise _unread(customer, error) from error

    def _keep(self, customer, target, until):
        with self._lock:
            self._kept.pop(customer, None)
            self._kept[customer] = (target, until)
            if len(self._kept) > MOST_KEPT:
                del self._kept[next(iter(self._kept))]


def encode_customer(customer):
    """Spells an id with [A-Za-z0-9_-] alone: every other byte of its UTF-8, and _ itself, becomes _xx.

    Raises ResolveError when the id is empty, too long, or has a lone surrogate, which UTF-8 cannot carry.
    """
    try:
        encoded = "".join(chr(byte) if byte in _PLAIN else f"_{byte:02x}" for byte in customer.encode("utf-8"))
    except (UnicodeEncodeError, AttributeError):
        encoded = ""
    if not 0 < len(encoded) <= MAX_ENCODED_CUSTOMER:
        allowed = f"well-formed text of 1 to {MAX_ENCODED_CUSTOMER} encoded characters"
        raise ResolveError(customer, "InvalidCustomer", f"customer: given {customer!r:.80}; allowed: {allowed}")
    return encoded


def _target_in(customer, encoded, text):
    """The target model that a pointer's text names; another customer's is none."""
    try:
        pointer = json.loads(text)
        target = pointer["targetModel"]
        version, _, name = target.partition("/")
        if pointer["customer"] == customer and _VERSION.fullmatch(version) and name == f"{encoded}.tar.gz":
            return target
    except (ValueError, KeyError, TypeError, AttributeError):
        # It is no JSON, or not of the shape: said below.
        pass
    allowed = '{"customer": its id, "targetModel": "{version}/{customer}.tar.gz" of its own}'
    message = f"the pointer of {customer!r} is {text[:80]!r}; allowed: {allowed}"
    raise ResolveError(customer, "MalformedPointer", message)


def _refusal(customer, error):
    told = error.response.get("Error", {})
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode")
    if told.get("Code") == "NoSuchKey":
        return ResolveError(customer, "UnknownCustomer", f"{customer!r} has no pointer, and so no model")
    if status == 403:
        message = f"S3 refuses the pointer of {customer!r}, or there is none and listing is not allowed ({error})"
        return ResolveError(customer, "AccessDenied", message)
    return _unread(customer, error)


def _unread(customer, error):
    return ResolveError(customer, "ReadFailed", f"the pointer of {customer!r} could not be read ({error})")
