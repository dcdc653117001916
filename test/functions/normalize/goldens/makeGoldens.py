"""Makes small sources and what OpenCV makes of them before encoding: one picture of pixels for each case.

Run after `npm ci`, from anywhere, with opencv-python-headless and numpy installed; it writes beside itself. The shipped
photographs are read where npm installs them:

    python test/functions/normalize/goldens/makeGoldens.py
"""

import json
import pathlib
import struct

import cv2
import numpy

HERE = pathlib.Path(__file__).parent
PHOTOGRAPHS = sorted((HERE.parents[3] / "node_modules" / "@stdlib").glob("datasets-img-*/data/image.jpg"))
SEED = 20261122


def chart():
    """Fully saturated patches with hard edges: what separates a resize before grey from one after it."""
    colours = [(b, g, r) for b in (0, 255) for g in (0, 255) for r in (0, 255)]
    patches = [colours[(x + 3 * y) % 8] for y in range(6) for x in range(9)]
    return numpy.kron(numpy.array(patches, numpy.uint8).reshape(6, 9, 3), numpy.ones((16, 11, 1), numpy.uint8))


def gradient(height=90, width=120):
    """Smooth ramps, another in each channel: every level occurs, so every rounding does."""
    y, x = numpy.mgrid[0:height, 0:width].astype(float)
    ramps = [x / (width - 1), y / (height - 1), (x + y) / (width + height - 2)]
    return numpy.stack([numpy.round(255 * ramp) for ramp in ramps], axis=2).astype(numpy.uint8)


def noise(height, width):
    """Independent pixels: an error of one input pixel in a border shows at once."""
    return numpy.random.default_rng(SEED).integers(0, 256, (height, width, 3), numpy.uint8)


def oriented(jpeg, orientation):
    """Puts an EXIF block that says only the orientation behind the start marker."""
    tiff = b"II*\0" + struct.pack("<IHHHIHHI", 8, 1, 0x0112, 3, 1, orientation, 0, 0)
    block = b"Exif\0\0" + tiff
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block + jpeg[2:]


def encode(extension, image, *options):
    return cv2.imencode(extension, image, list(options))[1].tobytes()


scene = cv2.GaussianBlur(chart(), (0, 0), 2)[:48, :72]
jpeg = encode(".jpg", scene, cv2.IMWRITE_JPEG_QUALITY, 92)
small = cv2.resize(cv2.imread(str(PHOTOGRAPHS[0])), (160, 120), interpolation=cv2.INTER_AREA)
SOURCES = {
    "chart.png": encode(".png", chart()),
    "gradient.png": encode(".png", gradient()),
    "noise.png": encode(".png", noise(61, 83)),
    "grey.png": encode(".png", gradient()[:, :, 2]),
    "alpha.png": encode(".png", numpy.dstack([noise(40, 40), gradient(40, 40)[:, :, 0]])),
    "deep.png": encode(".png", gradient(40, 40).astype(numpy.uint16) * 257),
    "progressive.jpg": encode(".jpg", scene, cv2.IMWRITE_JPEG_QUALITY, 90, cv2.IMWRITE_JPEG_PROGRESSIVE, 1),
    "lossless.webp": encode(".webp", scene, cv2.IMWRITE_WEBP_QUALITY, 101),
    "chart-lossy.webp": encode(".webp", chart(), cv2.IMWRITE_WEBP_QUALITY, 95),
    "photograph-lossy.webp": encode(".webp", small, cv2.IMWRITE_WEBP_QUALITY, 90),
    "chart-baseline.jpg": encode(".jpg", chart(), cv2.IMWRITE_JPEG_QUALITY, 95),
    "chart-progressive.jpg": encode(".jpg", chart(), cv2.IMWRITE_JPEG_QUALITY, 95, cv2.IMWRITE_JPEG_PROGRESSIVE, 1),
    "photograph.jpg": encode(".jpg", small, cv2.IMWRITE_JPEG_QUALITY, 90),
    "photograph-progressive.jpg": encode(".jpg", small, cv2.IMWRITE_JPEG_QUALITY, 90, cv2.IMWRITE_JPEG_PROGRESSIVE, 1),
    **{f"oriented{orientation}.jpg": oriented(jpeg, orientation) for orientation in range(1, 9)},
}
# Source, width and height of the result: no change, a whole factor, odd ones, growing, and growing in one direction only.
CASES = [
    ("chart.png", 33, 32),
    ("chart.png", 40, 31),
    ("chart.png", 99, 96),
    ("gradient.png", 120, 90),
    ("gradient.png", 60, 45),
    ("gradient.png", 37, 29),
    ("gradient.png", 150, 113),
    ("noise.png", 32, 32),
    ("noise.png", 41, 17),
    ("noise.png", 120, 90),
    ("noise.png", 120, 30),
    ("noise.png", 30, 90),
    ("noise.png", 1, 1),
    ("grey.png", 50, 50),
    ("alpha.png", 24, 24),
    ("deep.png", 24, 24),
    ("progressive.jpg", 32, 32),
    ("lossless.webp", 32, 32),
    *[(name, *size) for name in ("chart-baseline.jpg", "chart-progressive.jpg") for size in ((33, 32), (150, 101))],
    *[(name, *size) for name in ("photograph.jpg", "photograph-progressive.jpg") for size in ((64, 64), (200, 180))],
    *[(name, *size) for name in ("chart-lossy.webp", "photograph-lossy.webp") for size in ((33, 32), (160, 120))],
    *[(f"oriented{orientation}.jpg", 24, 30) for orientation in range(1, 9)],
]

for name, content in SOURCES.items():
    (HERE / name).write_bytes(content)
cases = []
for source, width, height in CASES:
    image = cv2.imdecode(numpy.frombuffer(SOURCES[source], numpy.uint8), flags=1)
    resized = cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA)
    grey = cv2.cvtColor(resized, cv2.COLOR_BGR2GRAY)
    both = [("grey", grey), ("rgb", resized)]
    for channels, pixels in both[:1] if source.startswith("oriented") else both:
        golden = f"{pathlib.Path(source).stem}-{width}x{height}-{channels}.png"
        (HERE / golden).write_bytes(encode(".png", pixels, cv2.IMWRITE_PNG_COMPRESSION, 9))
        cases.append({"source": source, "width": width, "height": height, "channels": channels, "golden": golden})
for file in PHOTOGRAPHS:
    image = cv2.imread(str(file), flags=1)
    grey = cv2.cvtColor(cv2.resize(image, (256, 256), interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2GRAY)
    name = file.parents[1].name
    golden = f"{name}-256x256-grey.png"
    (HERE / golden).write_bytes(encode(".png", grey, cv2.IMWRITE_PNG_COMPRESSION, 9))
    cases.append({"source": f"{name}/data/image.jpg", "width": 256, "height": 256, "channels": "grey", "golden": golden})
(HERE / "cases.json").write_text(json.dumps({"opencv": cv2.__version__, "cases": cases}, indent=2) + "\n")
