"""A frozen graph of TensorFlow 1 as docs/classifier.md speaks of it, `graph.pb` in the working directory, which is small here."""

from pathlib import Path

import numpy as np
import tensorflow as tf
import tf2onnx

LABELS = 10

tf1 = tf.compat.v1
graph = tf.Graph()
with graph.as_default(), tf1.Session() as session:
    tf1.set_random_seed(7)
    # The names are those of the page's command.
    picture = tf1.placeholder(tf.float32, (1, 299, 299, 3), name="Mul")
    kernel = tf1.get_variable("kernel", (5, 5, 3, 16))
    features = tf.reduce_mean(tf.nn.relu(tf.nn.conv2d(picture, kernel, 3, "VALID")), (1, 2))
    weights = tf1.get_variable("weights", (16, LABELS), initializer=tf1.random_normal_initializer(stddev=4))
    answer = tf.nn.softmax(tf.matmul(features, weights), name="softmax")
    session.run(tf1.global_variables_initializer())
    frozen = tf1.graph_util.convert_variables_to_constants(session, graph.as_graph_def(), ["softmax"])
Path("graph.pb").write_bytes(frozen.SerializeToString())


def probabilities(samples):
    """TensorFlow's own answer on a picture, by the frozen graph: height x width x 3 samples from 0 to 255."""
    with tf.Graph().as_default() as loaded, tf1.Session() as session:
        tf1.import_graph_def(tf1.GraphDef.FromString(Path("graph.pb").read_bytes()), name="")
        given = ((samples.astype(np.float32) - 127.5) / 127.5)[np.newaxis]
        return session.run(loaded.get_tensor_by_name("softmax:0"), {"Mul:0": given})[0].tolist()


def versions():
    """Of what the page names, as it spells them."""
    return {"TensorFlow": tf.__version__, "tf2onnx": tf2onnx.__version__}
