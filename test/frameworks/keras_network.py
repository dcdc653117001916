"""What docs/classifier.md takes for granted of Keras: its modules, and `model`, which is small here."""

import keras
import numpy as np
import onnx
import tensorflow as tf
import tf2onnx

LABELS = 10

keras.utils.set_random_seed(7)
# Weights are random, so nothing is downloaded; they are large enough for answers that differ from picture to picture.
wide = keras.initializers.RandomNormal(stddev=12)
model = keras.Sequential(
    [
        keras.Input((299, 299, 3), name="picture"),
        keras.layers.Conv2D(16, 5, strides=3, activation="relu"),
        keras.layers.BatchNormalization(),
        keras.layers.SeparableConv2D(32, 3, strides=2, padding="same", activation="relu"),
        keras.layers.MaxPooling2D(),
        keras.layers.GlobalAveragePooling2D(),
        keras.layers.Dense(LABELS, activation="softmax", kernel_initializer=wide),
    ]
)


def probabilities(samples):
    """Keras' own answer on a picture: height x width x 3 samples from 0 to 255."""
    picture = keras.applications.inception_v3.preprocess_input(samples.astype(np.float32))
    return model.predict(picture[np.newaxis], verbose=0)[0].tolist()


def versions():
    """Of what the page names, as it spells them."""
    modules = {"TensorFlow": tf, "Keras": keras, "tf2onnx": tf2onnx, "onnx": onnx}
    return {name: module.__version__ for name, module in modules.items()}
