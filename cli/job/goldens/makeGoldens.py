"""Makes the goldens: what OpenCV makes of the shipped photographs, by the code of the original blog post.

Run after `npm ci`, from the root of the repository, with opencv-python-headless and numpy installed:

    python cli/job/goldens/makeGoldens.py
"""

import pathlib

import cv2
import numpy

HERE = pathlib.Path(__file__).parent
PACKAGES = HERE.parents[2] / "node_modules" / "@stdlib"

for package in sorted(PACKAGES.glob("datasets-img-*")):
    encoded = numpy.fromfile(package / "data" / "image.jpg", numpy.uint8)
    image = cv2.imdecode(encoded, flags=1)
    resized = cv2.resize(image, (256, 256), interpolation=cv2.INTER_AREA)
    grey = cv2.cvtColor(resized, cv2.COLOR_BGR2GRAY)
    name = package.name.removeprefix("datasets-img-")
    cv2.imencode(".jpg", grey)[1].tofile(HERE / f"{name}.jpg")
    print(name, "made with OpenCV", cv2.__version__)
