"""Runs a page's snippet with what the page takes for granted, and asks the framework itself about one picture.

Usage: python page_snippet.py NETWORK SNIPPET PICTURE SIDE
NETWORK is a module beside this file. SNIPPET is a file with the page's code, which writes where this is run. PICTURE holds
SIDE x SIDE x 3 samples of a byte each. Writes answer.json: versions, and a probability for each label.
"""

import importlib
import json
import runpy
import sys
from pathlib import Path

import numpy as np


def main(network, snippet, picture, side):
    given = importlib.import_module(network)
    runpy.run_path(snippet, {name: value for name, value in vars(given).items() if not name.startswith("__")})
    samples = np.frombuffer(Path(picture).read_bytes(), np.uint8).reshape(int(side), int(side), 3)
    answer = {"versions": given.versions(), "probabilities": given.probabilities(samples)}
    Path("answer.json").write_text(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
