"""A trained net that listens: convolutions and a recurrent layer over log-mel bands, CTC (Graves et al., 2006), on one core for so many
seconds of CPU time. Trains on FOLDER/train, then answers FOLDER/test from one take and from all three together. Prints one JSON object.

MANNER plain has nothing else. MANNER cue knows how the task is made: it also sees how periodic the sound is at each pitch, counted from
the pitch of the cue, and what it sees of the cue scales and shifts what it sees of everything (FiLM: Perez et al., 2018).

Usage: net.py FOLDER SECONDS MANNER LEARNING_RATE   (python3-torch, python3-numpy)
"""
import json, math, sys, time, wave
from pathlib import Path
import numpy as np
import torch
from torch import nn
import torch.nn.functional as F
from decode import heard

folder, budget = Path(sys.argv[1]), float(sys.argv[2])
CUED = sys.argv[3] == "cue"
PEAK = float(sys.argv[4])  # learning rate
torch.set_num_threads(1)
torch.manual_seed(1)
np.random.seed(1)
RATE, WINDOW, HOP, BANDS = 8000, 256, 96, 40


def filters():
    mel = lambda hz: 2595 * math.log10(1 + hz / 700)
    edges = 700 * (10 ** (np.linspace(mel(80), mel(3900), BANDS + 2) / 2595) - 1)
    bins = np.fft.rfftfreq(WINDOW, 1 / RATE)
    rise = (bins[None] - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    fall = (edges[2:, None] - bins[None]) / (edges[2:] - edges[1:-1])[:, None]
    return np.maximum(0, np.minimum(rise, fall)).astype(np.float32)


FILTERS, HANN = filters(), np.hanning(WINDOW).astype(np.float32)


def features(path):
    with wave.open(str(path)) as file:
        sound = np.frombuffer(file.readframes(file.getnframes()), np.uint8).astype(np.float32) / 128 - 1
    sound = sound[RATE:]  # silence first
    count = 1 + (len(sound) - WINDOW) // HOP
    frames = np.lib.stride_tricks.as_strided(sound, (count, WINDOW), (HOP * 4, 4)) * HANN
    power = np.abs(np.fft.rfft(frames)) ** 2
    logs = np.log(power @ FILTERS.T + 1e-4)
    logs = ((logs - logs.mean(0)) / (logs.std(0) + 1e-3)).astype(np.float32)
    if not CUED:
        return logs
    return np.concatenate([logs, pitches(sound, count)], 1)


STEPS = 2  # a semitone
LAGS = RATE / (60 * 2 ** (np.arange(36 * STEPS) / 12 / STEPS))
REACH = 15  # semitones either way
CUE = 0.55  # seconds in which nobody else speaks


def pitches(sound, count):
    """How periodic each frame is at each pitch, seen from the pitch of the cue."""
    size = 480
    padded = np.concatenate([np.zeros((size - WINDOW) // 2, np.float32), sound, np.zeros(size, np.float32)])
    frames = np.lib.stride_tricks.as_strided(padded, (count, size), (HOP * 4, 4)) * np.hanning(size).astype(np.float32)
    power = np.abs(np.fft.rfft(frames, 1024)) ** 2
    auto = np.fft.irfft(power ** 0.5)[:, :200]
    auto = auto / (auto[:, :1] + 1e-3)
    low = np.floor(LAGS).astype(int)
    part = (LAGS - low).astype(np.float32)
    gram = auto[:, low] * (1 - part) + auto[:, low + 1] * part
    cue = gram[: int(CUE * RATE / HOP)]
    loud = np.sqrt(power[: len(cue)].sum(1))[:, None]
    at = int(np.argmax((cue * loud).mean(0)[5 * STEPS : 31 * STEPS])) + 5 * STEPS
    wide = np.pad(gram, ((0, 0), (REACH * STEPS, REACH * STEPS)))
    seen = wide[:, at : at + 2 * REACH * STEPS + 1 : STEPS]
    return (3 * seen).astype(np.float32)


labels = json.loads((folder / "labels.json").read_text())
symbols = sorted(set("".join(labels["train"].values())))
code = {symbol: i + 1 for i, symbol in enumerate(symbols)}
length = len(next(iter(labels["test"].values())))


INPUTS = BANDS + (2 * REACH + 1 if CUED else 0)


class Listener(nn.Module):
    def __init__(self, width=128):
        super().__init__()
        self.front = nn.Sequential(
            nn.Conv1d(INPUTS, width, 5, 2, 2), nn.BatchNorm1d(width), nn.ReLU(), nn.Dropout(0.1),
            nn.Conv1d(width, width, 5, 2, 2), nn.BatchNorm1d(width), nn.ReLU(), nn.Dropout(0.1),
            nn.Conv1d(width, width, 5, 1, 2), nn.BatchNorm1d(width), nn.ReLU(), nn.Dropout(0.2),
        )
        self.cue = nn.Sequential(nn.Linear(width, 64), nn.ReLU(), nn.Linear(64, 2 * width))
        self.recurrent = nn.GRU(width, 96, batch_first=True, bidirectional=True)
        self.out = nn.Linear(192, len(symbols) + 1)

    def forward(self, x):
        y = self.front(x.transpose(1, 2)).transpose(1, 2)
        if CUED:
            scale, shift = self.cue(y[:, : int(CUE * RATE / HOP / 4)].mean(1)).chunk(2, 1)
            y = y * (1 + scale[:, None]) + shift[:, None]
        y, _ = self.recurrent(y)
        return F.log_softmax(self.out(F.dropout(y, 0.2, self.training)), 2)


def pad(items):
    most = max(len(x) for x in items)
    out = np.zeros((len(items), most, INPUTS), np.float32)
    for i, x in enumerate(items):
        out[i, : len(x)] = x
    return torch.from_numpy(out), torch.tensor([(len(x) + 3) // 4 for x in items])


def spoil(x):
    """Another speed, a shifted band, holes in time and in frequency (SpecAugment: Park et al., 2019)."""
    speed = np.random.uniform(0.9, 1.1)
    x = x[np.clip((np.arange(int(len(x) / speed)) * speed).astype(int), 0, len(x) - 1)]
    x = np.concatenate([np.roll(x[:, :BANDS], np.random.randint(-1, 2), 1), x[:, BANDS:]], 1)
    band, at = np.random.randint(0, 6), np.random.randint(0, BANDS - 6)
    x[:, at : at + band] = 0
    return x


started = time.process_time()
train = [(features(folder / "train" / f"{name}.wav"), [code[c] for c in text]) for name, text in labels["train"].items()]
net = Listener()
optimizer = torch.optim.AdamW(net.parameters(), 3e-3, weight_decay=1e-3)
steps = epochs = 0
batch = 16
while time.process_time() - started < budget:
    order = np.random.permutation(len(train))
    epochs += 1
    for i in range(0, len(order), batch):
        spent = (time.process_time() - started) / budget
        if spent >= 1:
            break
        for group in optimizer.param_groups:
            group["lr"] = PEAK * min(1, (spent + 0.005) / 0.05) * (0.5 + 0.5 * math.cos(math.pi * min(1, spent)))
        chosen = [train[j] for j in order[i : i + batch]]
        x, sizes = pad([spoil(f) for f, _ in chosen])
        target = torch.tensor([t for _, t in chosen])
        scores = net(x)
        loss = F.ctc_loss(scores.transpose(0, 1), target, sizes, torch.full((len(chosen),), target.shape[1]), zero_infinity=True)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 5)
        optimizer.step()
        steps += 1
spent = time.process_time() - started

net.eval()
names = list(labels["test"])
truths = [tuple(code[c] for c in labels["test"][name]) for name in names]


def think(name):
    with torch.no_grad():
        return net(pad([features(folder / "test" / f"{name}.wav")])[0])[0].numpy()


answers = heard([[think(f"{name}-{take}") for take in "123"] for name in names], length)
one = np.mean([guess == truth for (guesses, _), truth in zip(answers, truths) for guess in guesses])
three = np.mean([together == truth for (_, together), truth in zip(answers, truths)])
characters = np.mean([sum(a == b for a, b in zip(g, truth)) / length for (guesses, _), truth in zip(answers, truths) for g in guesses])
print(json.dumps({"one": one, "three": three, "characters": characters, "tested": len(names),
                  "trained": len(train), "epochs": epochs, "seconds": round(spent)}))
