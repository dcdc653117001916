"""What docs/classifier.md takes for granted of PyTorch: its module, and `model`, which is small here."""

import numpy as np
import onnx
import onnxscript
import torch

LABELS = 10
# How torchvision normalises samples from 0 to 1, by channel.
MEAN = np.array([0.485, 0.456, 0.406])
DEVIATION = np.array([0.229, 0.224, 0.225])

torch.manual_seed(7)
torch.set_num_threads(1)
model = torch.nn.Sequential(
    torch.nn.Conv2d(3, 16, 5, stride=3),
    torch.nn.BatchNorm2d(16),
    torch.nn.ReLU(),
    torch.nn.Conv2d(16, 32, 3, stride=2, padding=1, groups=4),
    torch.nn.ReLU(),
    torch.nn.MaxPool2d(2),
    torch.nn.AdaptiveAvgPool2d(1),
    torch.nn.Flatten(),
    torch.nn.Dropout(0.5),
    torch.nn.Linear(32, LABELS),
)
# Weights are random, so nothing is downloaded; they are large enough for answers that differ from picture to picture.
torch.nn.init.normal_(model[-1].weight, std=4)


def probabilities(samples):
    """PyTorch's own answer on a picture: height x width x 3 samples from 0 to 255."""
    picture = ((samples / 255 - MEAN) / DEVIATION).astype(np.float32).transpose(2, 0, 1)
    with torch.no_grad():
        logits = model.eval()(torch.from_numpy(picture[np.newaxis]))
        return torch.softmax(logits, 1)[0].tolist()


def versions():
    """Of what the page names, as it spells them; PyTorch's without what it was built for."""
    modules = {"PyTorch": torch, "onnx": onnx, "onnxscript": onnxscript}
    return {name: module.__version__.split("+")[0] for name, module in modules.items()}
