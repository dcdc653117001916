"""Makes the pictures that the benchmark reads, from photographs: `make_sources.py FOLDER PHOTOGRAPH...`"""

import pathlib
import sys

import cv2
import numpy

FOLDER = pathlib.Path(sys.argv[1])
RANDOM = numpy.random.default_rng(3)


def write(name, image, *options):
    cv2.imwrite(str(FOLDER / name), image, options)


for number, file in enumerate(sys.argv[2:]):
    photograph = cv2.imread(file)
    quality = (cv2.IMWRITE_JPEG_QUALITY, 92)
    progressive = (*quality, cv2.IMWRITE_JPEG_PROGRESSIVE, 1)
    write(f"small.{number}.jpg", cv2.resize(photograph, (512, 400), interpolation=cv2.INTER_AREA), *quality)
    write(f"medium.{number}.jpg", photograph, *quality)
    write(f"medium-progressive.{number}.jpg", photograph, *progressive)
    write(f"medium-png.{number}.png", photograph)
    write(f"medium-webp.{number}.webp", photograph, cv2.IMWRITE_WEBP_QUALITY, 90)
    (FOLDER / f"medium-icc.{number}.jpg").write_bytes(pathlib.Path(file).read_bytes())
    large = cv2.resize(photograph, (4000, 3000), interpolation=cv2.INTER_CUBIC)
    smooth = cv2.GaussianBlur(large, (0, 0), 3)
    write(f"large-smooth.{number}.jpg", smooth, cv2.IMWRITE_JPEG_QUALITY, 90)
    write(f"large-progressive.{number}.jpg", large, *progressive)
    tile = cv2.resize(photograph, (2000, 1500), interpolation=cv2.INTER_CUBIC)
    detailed = numpy.tile(tile, (2, 2, 1)) + RANDOM.normal(0, 6, (3000, 4000, 3))
    write(f"large-detailed.{number}.jpg", detailed.clip(0, 255).astype(numpy.uint8), cv2.IMWRITE_JPEG_QUALITY, 85)
