"""A trained net that listens: convolutions and a recurrent layer over log-mel bands, CTC (Graves et al., 2006), on one core for so many
seconds of CPU time. Trains on FOLDER/train, then answers FOLDER/test from one take and from all three together. Prints one JSON object.

Usage: net.py FOLDER SECONDS   (python3-torch, python3-numpy)
"""
import json, math, sys, time, wave
from pathlib import Path
import numpy as np
import torch
from torch import nn
import torch.nn.functional as F

folder, budget = Path(sys.argv[1]), float(sys.argv[2])
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
    sound = sound[int(1.2 * RATE) :]  # silence first, and nothing that counts before the chime
    count = 1 + (len(sound) - WINDOW) // HOP
    frames = np.lib.stride_tricks.as_strided(sound, (count, WINDOW), (HOP * 4, 4)) * HANN
    power = np.abs(np.fft.rfft(frames)) ** 2
    logs = np.log(power @ FILTERS.T + 1e-4)
    return ((logs - logs.mean(0)) / (logs.std(0) + 1e-3)).astype(np.float32)


labels = json.loads((folder / "labels.json").read_text())
symbols = sorted(set("".join(labels["train"].values())))
code = {symbol: i + 1 for i, symbol in enumerate(symbols)}
length = len(next(iter(labels["test"].values())))


class Listener(nn.Module):
    def __init__(self, width=128):
        super().__init__()
        self.front = nn.Sequential(
            nn.Conv1d(BANDS, width, 5, 2, 2), nn.BatchNorm1d(width), nn.ReLU(), nn.Dropout(0.1),
            nn.Conv1d(width, width, 5, 2, 2), nn.BatchNorm1d(width), nn.ReLU(), nn.Dropout(0.1),
            nn.Conv1d(width, width, 5, 1, 2), nn.BatchNorm1d(width), nn.ReLU(), nn.Dropout(0.2),
        )
        self.recurrent = nn.GRU(width, 96, batch_first=True, bidirectional=True)
        self.out = nn.Linear(192, len(symbols) + 1)

    def forward(self, x):
        y, _ = self.recurrent(self.front(x.transpose(1, 2)).transpose(1, 2))
        return F.log_softmax(self.out(F.dropout(y, 0.2, self.training)), 2)


def pad(items):
    most = max(len(x) for x in items)
    out = np.zeros((len(items), most, BANDS), np.float32)
    for i, x in enumerate(items):
        out[i, : len(x)] = x
    return torch.from_numpy(out), torch.tensor([(len(x) + 3) // 4 for x in items])


def spoil(x):
    """Another speed, a shifted band, holes in time and in frequency (SpecAugment: Park et al., 2019)."""
    speed = np.random.uniform(0.9, 1.1)
    x = x[np.clip((np.arange(int(len(x) / speed)) * speed).astype(int), 0, len(x) - 1)]
    x = np.roll(x, np.random.randint(-1, 2), 1)
    x = x.copy()
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
            group["lr"] = 3e-3 * min(1, (spent + 0.005) / 0.05) * (0.5 + 0.5 * math.cos(math.pi * min(1, spent)))
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


def best(scores, width=12):
    """Prefix beam search; only texts of the known length."""
    beams = {(): (0.0, -math.inf)}
    add = np.logaddexp
    for row in scores:
        likely = np.argsort(-row)[:5]
        found = {}
        for prefix, (blank, other) in beams.items():
            both = add(blank, other)
            for symbol in likely:
                if symbol == 0:
                    b, o = found.get(prefix, (-math.inf, -math.inf))
                    found[prefix] = (add(b, both + row[0]), o)
                    continue
                if prefix and prefix[-1] == symbol:
                    b, o = found.get(prefix, (-math.inf, -math.inf))
                    found[prefix] = (b, add(o, other + row[symbol]))
                longer = prefix + (int(symbol),)
                if len(longer) > length:
                    continue
                b, o = found.get(longer, (-math.inf, -math.inf))
                before = blank if prefix and prefix[-1] == symbol else both
                found[longer] = (b, add(o, before + row[symbol]))
        beams = dict(sorted(found.items(), key=lambda item: -add(*item[1]))[:width])
    whole = [prefix for prefix in beams if len(prefix) == length]
    return whole or [max(beams, key=len)]


def likelihood(scores, text):
    if len(text) == 0:
        return -1e9
    t = torch.tensor([text])
    return -F.ctc_loss(scores[:, None], t, torch.tensor([len(scores)]), torch.tensor([len(text)]), reduction="sum").item()


net.eval()
one = three = characters = 0
for name, text in labels["test"].items():
    truth = tuple(code[c] for c in text)
    takes = []
    for take in "123":
        with torch.no_grad():
            x, _ = pad([features(folder / "test" / f"{name}-{take}.wav")])
            takes.append(net(x)[0])
    guesses = [best(scores.numpy()) for scores in takes]
    one += sum(g[0] == truth for g in guesses) / 3
    characters += sum(sum(a == b for a, b in zip(g[0], truth)) for g in guesses) / 3 / length
    candidates = set(sum(guesses, []))
    together = max(candidates, key=lambda c: sum(likelihood(scores, c) for scores in takes))
    three += together == truth
count = len(labels["test"])
print(json.dumps({"one": one / count, "three": three / count, "characters": characters / count, "tested": count,
                  "trained": len(train), "epochs": epochs, "seconds": round(spent)}))
