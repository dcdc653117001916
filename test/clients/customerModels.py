"""Resolves customers with clients/python/frugal_ml_models.py, at the endpoint that the environment names.

    python customerModels.py < SUBJECT

SUBJECT is {"pointersUri", "encodings": [[id, encoded or null]], "targets": {id: target}, "moved": id, "malformed": id}.
Prints one line of JSON for each check, as readers.py does.
"""

import json
import pickle
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "clients" / "python"))

import boto3  # noqa: E402
from botocore.config import Config  # noqa: E402
from frugal_ml_models import CustomerModels, ResolveError, encode_customer  # noqa: E402

subject = json.load(sys.stdin)
uri = subject["pointersUri"]


def refused(run):
    """Code that something is refused with; it must survive being pickled."""
    try:
        return f"answered {run()!r}"
    except ResolveError as error:
        assert str(pickle.loads(pickle.dumps(error))) == str(error)
        return error.code


def encodings():
    for customer, encoded in subject["encodings"]:
        found = refused(lambda: encode_customer(customer)) if encoded is None else encode_customer(customer)
        assert found == ("InvalidCustomer" if encoded is None else encoded), (customer, found, encoded)
    return f"{len(subject['encodings'])} ids"


def targets():
    models = CustomerModels(uri)
    for customer, target in subject["targets"].items():
        assert models.resolve_model(customer) == target, customer
    return f"{len(subject['targets'])} customers"


def moves():
    customer = subject["moved"]
    always, aged = CustomerModels(uri), CustomerModels(uri, max_age_seconds=1)
    s3 = boto3.client("s3")
    first = always.resolve_model(customer)
    assert aged.resolve_model(customer) == first
    second = first.replace("v1/", "v2/")
    pointer = {"customer": customer, "version": "v2", "targetModel": second, "pinned": False}
    key = f"{always.prefix}{encode_customer(customer)}.json"
    s3.put_object(Bucket=always.bucket, Key=key, Body=json.dumps(pointer).encode())
    assert always.resolve_model(customer) == second
    assert aged.resolve_model(customer) == first
    time.sleep(1.05)
    assert aged.resolve_model(customer) == second
    return second


def refusals():
    models = CustomerModels(uri)
    stranger = boto3.client("s3", aws_access_key_id="AKIDSTRANGER", aws_secret_access_key="nothing")
    once = Config(retries={"total_max_attempts": 1})
    nobody = boto3.client("s3", endpoint_url="http://127.0.0.1:9", config=once)
    found = {
        "nobody": refused(lambda: models.resolve_model("nobody")),
        "empty": refused(lambda: models.resolve_model("")),
        "malformed": refused(lambda: models.resolve_model(subject["malformed"])),
        "stranger": refused(lambda: CustomerModels(uri, client=stranger).resolve_model(subject["moved"])),
        "no bucket": refused(lambda: CustomerModels("s3://no-such-bucket/").resolve_model(subject["moved"])),
        "no server": refused(lambda: CustomerModels(uri, client=nobody).resolve_model(subject["moved"])),
    }
    assert found == {
        "nobody": "UnknownCustomer",
        "empty": "InvalidCustomer",
        "malformed": "MalformedPointer",
        "stranger": "AccessDenied",
        "no bucket": "ReadFailed",
        "no server": "ReadFailed",
    }, found
    for address in ("pointers/", "s3://bucket/pointers", "https://bucket/pointers/"):
        try:
            CustomerModels(address)
        except ValueError:
            continue
        raise AssertionError(f"{address} was taken")
    return ", ".join(found.values())


def check(name, run):
    try:
        line = {"ok": True, "detail": run()}
    except Exception as error:  # a check that fails must not hide the others
        line = {"ok": False, "detail": f"{type(error).__name__}: {error}"}
    print(json.dumps({"check": f"frugal_ml_models.py: {name}", **line}), flush=True)


check("encodes ids as TypeScript does", encodings)
check("resolves each customer's target model", targets)
check("sees a moved pointer at once, and with an age later", moves)
check("refuses by code", refusals)
