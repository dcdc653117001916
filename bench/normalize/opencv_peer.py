"""OpenCV as a peer: reads lines of `mode path times`, answers each with one line.

A mode of MODES answers with the CPU milliseconds of one decode, resize and encode, the mean of that many; `compare:MODE
path pixels` answers with the signal-to-noise ratio in dB and the mean absolute difference of raw pixels (or of that mode) to the seed's.
"""

import sys
import time

import cv2
import numpy

SIZE = (256, 256)
MODES = {
    "seed": cv2.IMREAD_COLOR,
    "tuned": cv2.IMREAD_GRAYSCALE,
    "half": cv2.IMREAD_REDUCED_GRAYSCALE_2,
    "quarter": cv2.IMREAD_REDUCED_GRAYSCALE_4,
    "eighth": cv2.IMREAD_REDUCED_GRAYSCALE_8,
}


def picture(encoded, mode):
    resized = cv2.resize(cv2.imdecode(encoded, MODES[mode]), SIZE, interpolation=cv2.INTER_AREA)
    return cv2.cvtColor(resized, cv2.COLOR_BGR2GRAY) if mode == "seed" else resized


def work(encoded, mode):
    return cv2.imencode(".jpg", picture(encoded, mode), [cv2.IMWRITE_JPEG_QUALITY, 95])


def difference(a, b):
    error = a.astype(float) - b
    return 10 * numpy.log10(255**2 / max((error * error).mean(), 1e-9)), abs(error).mean()


def main():
    cv2.setNumThreads(1)
    files = {}
    for line in sys.stdin:
        mode, path, *rest = line.rstrip("\n").split("\t")
        encoded = files.setdefault(path, numpy.fromfile(path, numpy.uint8))
        if mode.startswith("compare:"):
            other = (
                numpy.fromfile(rest[0], numpy.uint8).reshape(SIZE) if rest else picture(encoded, mode.split(":")[1])
            )
            print("%.2f %.4f" % difference(picture(encoded, "seed"), other), flush=True)
            continue
        work(encoded, mode)  # Not timed: each peer is measured with its own caches warm.
        times = int(rest[0])
        started = time.process_time()
        for _ in range(times):
            work(encoded, mode)
        print((time.process_time() - started) * 1000 / times, flush=True)


main()
