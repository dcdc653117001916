"""Reads through a running plane with clients/python/frugal_ml.py, from several processes at once.

    python pythonClient.py MANIFEST KEY

Prints one line of JSON for each check, as readers.py does.
"""

import hashlib
import json
import multiprocessing
import pickle
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "clients" / "python"))

from frugal_ml import ImageDataset, NormalizedImages, NormalizedObjects, ReadError, ReadObject, decoded  # noqa: E402

manifest = json.load(open(sys.argv[1], encoding="utf-8"))
key = sys.argv[2]
points = {point["delivery"]: point for point in manifest["accessPoints"]}


def sources():
    keys = (manifest["accessKeyId"], manifest["secretAccessKey"])
    s3 = dict(endpoint_url=manifest["endpoint"], region_name=manifest["region"])
    s3.update(aws_access_key_id=keys[0], aws_secret_access_key=keys[1])
    materialized = points["materialized"]
    return {
        "function-url": NormalizedImages(points["function-url"]["url"], manifest["region"], keys, attempts=3),
        "object-lambda": NormalizedObjects(points["object-lambda"]["alias"], **s3),
        "materialized": NormalizedObjects(materialized["alias"], prefix=materialized["prefix"], **s3),
    }


def digest_of(dataset_and_index):
    dataset, index = dataset_and_index
    return hashlib.sha256(dataset[index]).hexdigest()


def workers(source, method):
    """Four processes, each with a copy of a dataset whose connections the parent has used already."""
    dataset = ImageDataset(source, keys=[key] * 24, decode=False)
    own = dataset[0]
    with multiprocessing.get_context(method).Pool(4) as pool:
        digests = set(pool.map(digest_of, [(dataset, index) for index in range(len(dataset))]))
    assert digests == {hashlib.sha256(own).hexdigest()}, digests
    return own


def batches(source):
    # Other checks leave an object that is no image.
    keys = [listed for listed in ImageDataset(source).keys if listed.endswith(".jpg")]
    dataset = ImageDataset(source, keys, decode=False)
    batch = dataset.__getitems__(range(len(dataset)))
    assert len(batch) == len(dataset) == len(set(dataset.keys)) > 1
    assert batch == [dataset[index] for index in range(len(dataset))]
    return batch[dataset.keys.index(key)]


def heads(source):
    head, read = source.head(key), source.get(key)
    assert head.data == b"" and head.length == len(read.data) and head.etag == read.etag, head
    assert read.metadata["frugal-ml-transformation"] == points["function-url"]["hash"], read.metadata
    assert isinstance(decoded(ReadObject(key, read.data, "text/csv", 1)), bytes)
    return read.data


def refusals(source):
    try:
        source.get("no/such/key")
    except ReadError as error:
        assert error.status == 404 and error.code == "NoSuchKey", error
        assert str(pickle.loads(pickle.dumps(error))) == str(error)
        return f"{error.status} {error.code}"
    raise AssertionError("answered")


def report(check, run):
    try:
        found = run()
        line = {"check": check, "ok": True, "detail": found if isinstance(found, str) else f"{len(found)} bytes"}
        if isinstance(found, bytes):
            line["sha256"] = hashlib.sha256(found).hexdigest()
    except Exception as error:  # a check that fails must not hide the others
        line = {"check": check, "ok": False, "detail": f"{type(error).__name__}: {error}"}
    print(json.dumps(line), flush=True)


if __name__ == "__main__":
    for name, source in sources().items():
        report(f"frugal_ml.py, {name}: get and head", lambda: heads(source))
        report(f"frugal_ml.py, {name}: a batch in parallel", lambda: batches(source))
        report(f"frugal_ml.py, {name}: a refusal", lambda: refusals(source))
        for method in ("fork", "spawn"):
            report(f"frugal_ml.py, {name}: four workers ({method})", lambda: workers(source, method))
