"""Trains one attacker on drawn pictures and says how often it reads whole answers. See README.md.

An attacker gets what a client gets: the picture as grey levels, the rule that the note names, and the length where the reply gives it.
`rows`, `cells` and `links` also learn from what the open generator tells whoever runs it: where each character stands, and where the lines go.
"""
import argparse
import json
import math
import os
import time

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

torch.set_num_threads(1)
BLANK = 0


class Set_:
    """A folder that draw.ts filled."""

    def __init__(self, folder, limit=None, like=None):
        with open(os.path.join(folder, 'labels.json')) as file:
            labels = json.load(file)
        self.width, self.height = labels['width'], labels['height']
        self.characters = like.characters if like else labels['characters']
        self.rules = like.rules if like else labels['rules']
        self.samples = labels['samples'][:limit]
        raw = np.fromfile(os.path.join(folder, 'pictures.u8'), dtype=np.uint8)
        raw = raw.reshape(-1, self.height, self.width)[: len(self.samples)]
        self.pictures = torch.from_numpy(raw)
        self.rule = torch.tensor([self.rules.index(s['rule']) for s in self.samples])
        self.longest = like.longest if like else max(len(s['answer']) for s in self.samples)
        code = {c: i + 1 for i, c in enumerate(self.characters)}
        self.answers = torch.zeros(len(self.samples), self.longest, dtype=torch.long)
        for i, s in enumerate(self.samples):
            for k, c in enumerate(s['answer'][: self.longest]):
                self.answers[i, k] = code[c]
        self.lengths = torch.tensor([len(s['answer']) for s in self.samples])

    def __len__(self):
        return len(self.samples)

    def batch(self, index):
        """One channel, roughly -1 to 1."""
        return self.pictures[index].unsqueeze(1).float().mul_(1 / 64).sub_(2)


def block(before, after, size=3, stride=1, dilation=1):
    pad = dilation * (size // 2)
    return nn.Sequential(
        nn.Conv2d(before, after, size, stride, pad, dilation, bias=False), nn.BatchNorm2d(after), nn.ReLU(inplace=True)
    )


class Rule(nn.Module):
    """The rule scales and shifts the channels."""

    def __init__(self, rules, channels):
        super().__init__()
        self.table = nn.Embedding(rules, 2 * channels)
        nn.init.normal_(self.table.weight, std=0.1)

    def forward(self, x, rule):
        scale, shift = self.table(rule)[:, :, None, None].chunk(2, 1)
        return F.relu(x * (1 + scale) + shift)


class Residual(nn.Module):
    def __init__(self, channels, dilation=1):
        super().__init__()
        self.inner = block(channels, channels, 3, 1, dilation)

    def forward(self, x):
        return x + self.inner(x)


def trunk(w):
    """A quarter of the size."""
    return nn.Sequential(block(1, 16 * w, 5, 2), block(16 * w, 48 * w, 3, 2), Residual(48 * w), block(48 * w, 64 * w), Residual(64 * w))


class Positions(nn.Module):
    """One head a position over everything; a position past the end is blank."""

    def __init__(self, data, w):
        super().__init__()
        self.trunk, c = trunk(w), 64 * w
        self.rule = Rule(len(data.rules), c)
        self.more = nn.Sequential(nn.MaxPool2d(2), block(c, c), nn.MaxPool2d((2, 2)))
        size = self.more(self.trunk(torch.zeros(1, 1, data.height, data.width))).numel()
        self.dense = nn.Sequential(nn.Dropout(0.2), nn.Linear(size, 256 * w), nn.ReLU())
        self.heads = nn.Linear(256 * w, data.longest * (len(data.characters) + 1))
        self.longest = data.longest

    def forward(self, x, rule):
        x = self.more(self.rule(self.trunk(x), rule))
        return self.heads(self.dense(x.flatten(1))).unflatten(1, (self.longest, -1)), x

    def loss(self, out, data, index):
        return F.cross_entropy(out[0].float().flatten(0, 1), data.answers[index].flatten())

    def read(self, out, data, index):
        p = out[0].float().softmax(-1)
        best = p.max(-1)
        sure = best.values.log().sum(1)
        return [(''.join(data.characters[c - 1] for c in row.tolist() if c), float(s)) for row, s in zip(best.indices, sure)]


class Attention(Positions):
    """A query for each position looks for its character anywhere in the plane."""

    def __init__(self, data, w):
        nn.Module.__init__(self)
        self.trunk, c = trunk(w), 64 * w
        self.rule = Rule(len(data.rules), c)
        self.more = nn.Sequential(Residual(c, 2), Residual(c, 4))
        h, v = (data.height + 3) // 4, (data.width + 3) // 4
        self.place = nn.Parameter(torch.randn(1, c, h, v) * 0.1)
        self.score = nn.Sequential(nn.Conv2d(c, c, 1), nn.ReLU(inplace=True), nn.Conv2d(c, data.longest, 1))
        self.head = nn.Sequential(nn.Linear(c, 2 * c), nn.ReLU(), nn.Linear(2 * c, len(data.characters) + 1))
        self.longest = data.longest

    def forward(self, x, rule):
        x = self.rule(self.trunk(x), rule)
        x = self.more(x)
        weight = self.score(x + self.place).flatten(2).softmax(-1)
        return self.head(weight @ x.flatten(2).transpose(1, 2)), x


class Ctc(nn.Module):
    """Columns of the rows, one row after the other, read as one sequence; only the answer is known."""

    def __init__(self, data, w):
        super().__init__()
        self.trunk, c = trunk(w), 64 * w
        self.rule = Rule(len(data.rules), c)
        self.more = nn.Sequential(Residual(c, 2), nn.Dropout(0.1))
        self.head = nn.Conv2d(c, len(data.characters) + 1, (9, 3), padding=(0, 1))
        self.alphabet = data.characters

    def forward(self, x, rule):
        x = self.more(self.rule(self.trunk(x), rule))
        half = x.shape[2] // 2
        rows = torch.cat([x[:, :, :9], x[:, :, -9:]], 3)
        return self.head(rows).squeeze(2), x

    def loss(self, out, data, index):
        logits = out[0].float().log_softmax(1).permute(2, 0, 1)
        steps = torch.full((len(index),), logits.shape[0], dtype=torch.long)
        return F.ctc_loss(logits, data.answers[index], steps, data.lengths[index], blank=BLANK, zero_infinity=True)

    def read(self, out, data, index):
        p = out[0].float().log_softmax(1).max(1)
        found = []
        for values, codes in zip(p.values, p.indices.tolist()):
            text = ''.join(self.alphabet[c - 1] for k, c in enumerate(codes) if c and (k == 0 or codes[k - 1] != c))
            found.append((text, float(values.sum())))
        return found


class Cells(nn.Module):
    """Every cell of four pixels says whether a character has its middle here, which, at which mark its line begins, and how far along it is."""

    strips = False

    def __init__(self, data, w):
        super().__init__()
        self.trunk, c = trunk(w), 64 * w
        self.more = nn.Sequential(Residual(c, 2), Residual(c))
        self.kinds, self.marks = len(data.characters), len(data.rules)
        self.head = nn.Conv2d(c, 2 + self.kinds + self.marks, 1)
        self.head.bias.data[0] = -4
        self.targets = self.prepare(data)

    def planes(self, x):
        return x

    def forward(self, x, rule):
        return self.head(self.more(self.trunk(self.planes(x)))), None

    def place(self, x, y):
        return x / 4, y / 4

    def shape(self, data):
        return (data.height + 3) // 4, (data.width + 3) // 4

    def prepare(self, data):
        """Heat and, where a character is near, its code, how far along its line it is, and that line's mark."""
        h, v = self.shape(data)
        code = {c: i for i, c in enumerate(data.characters)}
        rules = {r: i for i, r in enumerate(data.rules)}
        self.near = []
        heat = np.zeros((len(data), h, v), np.float16)
        for i, s in enumerate(data.samples):
            cells = []
            for c, x, y, order, meets in s['glyphs']:
                gx, gy = self.place(x, y)
                cx, cy = int(round(gx - 0.5)), int(round(gy - 0.5))
                for j in range(max(0, cy - 3), min(h, cy + 4)):
                    for k in range(max(0, cx - 3), min(v, cx + 4)):
                        d = (j + 0.5 - gy) ** 2 + (k + 0.5 - gx) ** 2
                        heat[i, j, k] = max(heat[i, j, k], math.exp(-d / 2.4))
                        if d < 2.1:
                            bits = sum(1 << rules[r] for r in meets if r in rules)
                            cells.append((j, k, code.get(c, 0), order, bits))
            self.near.append(np.array(cells, dtype=np.int64))
        return torch.from_numpy(heat)

    def loss(self, out, data, index):
        out = out[0].float()
        heat = self.targets[index].float()
        guess = out[:, 0]
        p = guess.sigmoid()
        sharp = heat > 0.8
        hit = (F.softplus(-guess) * (1 - p) ** 2)[sharp].sum()
        miss = (F.softplus(guess) * p**2 * (1 - heat) ** 4)[~sharp].sum()
        count = sharp.sum().clamp(min=1)
        near = [self.near[i] for i in index.tolist()]
        b = torch.from_numpy(np.repeat(np.arange(len(near)), [len(n) for n in near]))
        n = torch.from_numpy(np.concatenate(near))
        at = out[b, :, n[:, 0], n[:, 1]]
        which = F.cross_entropy(at[:, 2 : 2 + self.kinds], n[:, 2])
        order = F.smooth_l1_loss(at[:, 1], n[:, 3].float())
        marks = 0
        if self.marks:
            bits = ((n[:, 4:5] >> torch.arange(self.marks)) & 1).float()
            marks = F.binary_cross_entropy_with_logits(at[:, 2 + self.kinds :], bits)
        return (hit + miss) / count + which + order + 2 * marks

    def read(self, out, data, index):
        out = out[0].float()
        heat = out[:, 0].sigmoid()
        # Windows of a glyph's width: what is not the highest in its own is no middle
        peak = (heat == F.max_pool2d(heat[:, None], (5, 3), 1, (2, 1))[:, 0]) & (heat > 0.25)
        found = []
        for i, sample in enumerate(index.tolist()):
            rule = int(data.rule[sample])
            length = data.samples[sample].get('length')
            glyphs = []
            for j, k in peak[i].nonzero().tolist():
                v = out[i, :, j, k]
                chars = v[2 : 2 + self.kinds].softmax(0)
                p, c = chars.max(0)
                take = float(v[2 + self.kinds + rule].sigmoid())
                glyphs.append([float(heat[i, j, k]), float(p), int(c), float(v[1]), take])
            taken = sorted(glyphs, key=lambda g: -g[4] * g[0])
            taken = taken[:length] if length else [g for g in glyphs if g[4] > 0.5 and g[0] > 0.35]
            taken.sort(key=lambda g: g[3])
            sure = sum(math.log(g[1]) for g in taken) + sum(math.log(max(g[4], 1 - g[4])) for g in glyphs)
            sure += sum(math.log(max(g[0], 0.01)) for g in taken)
            found.append((''.join(data.characters[g[2]] for g in taken), sure))
        return found


class Rows(Cells):
    """The two rows cut apart and laid side by side: one line, and the network looks at half the height."""

    def planes(self, x):
        self.cut = x.shape[2] // 2 + 4
        return torch.cat([x[:, :, : self.cut], x[:, :, -self.cut :]], 3)

    def shape(self, data):
        return (data.height // 2 + 4 + 3) // 4, 2 * ((data.width + 3) // 4)

    def place(self, x, y):
        # data of 70 rows: the lower strip begins at height - cut
        return (x / 4, y / 4) if y < 35 else ((x + 200) / 4, (y - 31) / 4)


class Links(Cells):
    """As `cells`, and every two characters that are near each other are asked whether the line joins them; the marks are characters too.

    What is looked at for that: what the trunk saw at both ends and in between. Read is the likeliest way from the mark.
    """

    points = (0, 0.25, 0.5, 0.75, 1)

    def __init__(self, data, w):
        nn.Module.__init__(self)
        self.trunk, c = trunk(w), 64 * w
        self.more = nn.Sequential(Residual(c, 2), Residual(c))
        self.kinds, self.marks = len(data.characters) + len(data.rules), 0
        self.head = nn.Conv2d(c, 2 + self.kinds, 1)
        self.head.bias.data[0] = -4
        self.thin = nn.Conv2d(c, 32 * w, 1)
        self.join = nn.Sequential(nn.Linear(len(self.points) * 32 * w + 2, 96 * w), nn.ReLU(), nn.Linear(96 * w, 1))
        self.shortest = min(len(s['answer']) for s in data.samples)
        self.targets = self.prepare(data)

    def prepare(self, data):
        nodes = [[*s['glyphs'], *([mark, x, y, 0, []] for mark, x, y, _ in s['starts'])] for s in data.samples]
        heat = Cells.prepare(self, Nodes(data, nodes))
        self.pairs = []
        for s, places in zip(data.samples, nodes):
            count = len(s['glyphs'])
            joined = {(i, j) for i, j in enumerate(s['next']) if j >= 0}
            joined |= {(count + k, start[3]) for k, start in enumerate(s['starts'])}
            pairs = []
            for i in range(len(places)):
                for j in range(i):
                    (x, y), (u, v) = places[i][1:3], places[j][1:3]
                    if math.hypot(x - u, y - v) < REACH:
                        a, b = ((x, y), (u, v)) if np.random.rand() < 0.5 else ((u, v), (x, y))
                        pairs.append((*a, *b, (i, j) in joined or (j, i) in joined))
            self.pairs.append(np.array(pairs, dtype=np.float32))
        return heat

    def forward(self, x, rule):
        x = self.more(self.trunk(x))
        return self.head(x), self.thin(x)

    def joins(self, thin, which, ends):
        """Logits: whether what stands at ends[:, :2] and at ends[:, 2:] is joined in picture `which`."""
        h, v = thin.shape[2:]
        seen = []
        # What passes a place bends between the rows
        far = ((ends[:, 0] - ends[:, 2]).abs() > 52) & ((ends[:, 1] - ends[:, 3]).abs() < 18)
        bend = torch.where(far, 70 - (ends[:, 1] + ends[:, 3]), torch.zeros_like(ends[:, 0]))
        for t in self.points:
            at = ends[:, :2] * (1 - t) + ends[:, 2:] * t
            at[:, 1] += 2 * t * (1 - t) * bend
            x = (at[:, 0] / 4).long().clamp(0, v - 1)
            y = (at[:, 1] / 4).long().clamp(0, h - 1)
            seen.append(thin[which, :, y, x])
        way = (ends[:, 2:] - ends[:, :2]) / 40
        return self.join(torch.cat([*seen, way], 1))[:, 0]

    def loss(self, out, data, index):
        usual = super().loss((out[0],), data, index)
        pairs = [self.pairs[i] for i in index.tolist()]
        which = torch.from_numpy(np.repeat(np.arange(len(pairs)), [len(p) for p in pairs]))
        p = torch.from_numpy(np.concatenate(pairs))
        return usual + 2 * F.binary_cross_entropy_with_logits(self.joins(out[1].float(), which, p[:, :4]), p[:, 4])

    def read(self, out, data, index):
        heads, thin = out[0].float(), out[1].float()
        heat = heads[:, 0].sigmoid()
        peak = (heat == F.max_pool2d(heat[:, None], (5, 3), 1, (2, 1))[:, 0]) & (heat > 0.25)
        found = []
        for i, sample in enumerate(index.tolist()):
            mark = len(data.characters) + int(data.rule[sample])
            found.append(self.way(heads[i], thin[i : i + 1], peak[i].nonzero().tolist(), mark, data))
        return found

    def way(self, head, thin, peaks, mark, data):
        if len(peaks) < 2:
            return '', -100.0
        classes = torch.stack([head[2 : 2 + self.kinds, j, k].softmax(0) for j, k in peaks])
        start = int(classes[:, mark].argmax())
        places = torch.tensor([[4 * k + 2, 4 * j + 2] for j, k in peaks], dtype=torch.float32)
        n = len(peaks)
        a, b = (t.flatten() for t in torch.meshgrid(torch.arange(n), torch.arange(n), indexing='ij'))
        logits = self.joins(thin, torch.zeros_like(a), torch.cat([places[a], places[b]], 1)).view(n, n)
        logits = (logits + logits.T) / 2
        logits[torch.cdist(places, places) >= REACH] = -50
        yes = F.logsigmoid(logits).tolist()
        no = F.logsigmoid(-logits).fill_diagonal_(0)
        none = no.sum(1).tolist()
        no = no.tolist()
        near = [[j for j in range(n) if j != i and logits[i, j] > -50] for i in range(n)]
        best = (-1e9, [])

        def go(path, score):
            """`score`: how likely the line joins these in turn, and nothing else to any of them, to the last neither."""
            nonlocal best
            here = path[-1]
            score += none[here] - sum(no[here][i] for i in path[:-1])
            if len(path) - 1 >= self.shortest and score > best[0]:
                best = (score, path[1:])
            if len(path) - 1 < data.longest:
                for j in sorted(near[here], key=lambda one: -yes[here][one])[:4]:
                    if j not in path:
                        go([*path, j], score - no[here][j] + yes[here][j])

        go([start], 0.0)
        chars = classes[:, : len(data.characters)].max(1)
        text = ''.join(data.characters[int(chars.indices[i])] for i in best[1])
        return text, best[0] + sum(math.log(max(1e-6, float(chars.values[i]))) for i in best[1])


# Two columns at their widest
REACH = 100


class Nodes:
    """A set whose characters include the marks."""

    def __init__(self, data, nodes):
        self.width, self.height, self.rules = data.width, data.height, []
        self.characters = [*data.characters, *data.rules]
        self.samples = [{'glyphs': one} for one in nodes]

    def __len__(self):
        return len(self.samples)


ATTACKERS = {'positions': Positions, 'ctc': Ctc, 'attention': Attention, 'rows': Rows, 'cells': Cells, 'links': Links}


def wilson(right, n):
    z, p = 1.96, right / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return 100 * max(0, middle - half), 100 * min(1, middle + half)


def alike(a, b):
    """Characters right: what is left after the least edits."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a):
        last, row[0] = row[0], i + 1
        for j, y in enumerate(b):
            last, row[j + 1] = row[j + 1], min(row[j + 1] + 1, row[j] + 1, last + (x != y))
    return max(0, len(b) - row[-1])


def measure(model, data, autocast):
    model.eval()
    found = []
    with torch.no_grad():
        for start in range(0, len(data), 100):
            index = torch.arange(start, min(start + 100, len(data)))
            with autocast():
                out = model(data.batch(index), data.rule[index])
            found += model.read(out, data, index)
    model.train()
    right = np.array([text == s['answer'] for (text, _), s in zip(found, data.samples)])
    order = np.argsort([-sure for _, sure in found])
    chars = sum(alike(text, s['answer']) for (text, _), s in zip(found, data.samples))
    low, high = wilson(int(right.sum()), len(right))
    return {
        'n': len(right),
        'whole': round(100 * float(right.mean()), 2),
        'low': round(low, 2),
        'high': round(high, 2),
        'char': round(100 * chars / sum(len(s['answer']) for s in data.samples), 1),
        'half': round(100 * float(right[order[: len(right) // 2]].mean()), 1),
        'fifth': round(100 * float(right[order[: len(right) // 5]].mean()), 1),
    }


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument('attacker', choices=ATTACKERS)
    ask.add_argument('train')
    ask.add_argument('test', nargs='+', help='folders; the first is of the same deployment')
    ask.add_argument('--samples', type=int, default=10_000)
    ask.add_argument('--minutes', type=float, default=4, help='CPU minutes of training, measuring not counted')
    ask.add_argument('--width', type=int, default=1)
    ask.add_argument('--batch', type=int, default=40)
    ask.add_argument('--rate', type=float, default=3e-3)
    ask.add_argument('--seed', type=int, default=1)
    ask.add_argument('--verbose', action='store_true')
    args = ask.parse_args()
    torch.manual_seed(args.seed)
    np.random.seed(args.seed)

    data = Set_(args.train, args.samples)
    tests = [Set_(folder, None, data) for folder in args.test]
    autocast = lambda: torch.autocast('cpu', dtype=torch.bfloat16)
    model = ATTACKERS[args.attacker](data, args.width).to(memory_format=torch.channels_last)
    slow = [p for n, p in model.named_parameters() if p.ndim > 1]
    rest = [p for n, p in model.named_parameters() if p.ndim <= 1]
    optimizer = torch.optim.AdamW([{'params': slow, 'weight_decay': 0.02}, {'params': rest, 'weight_decay': 0}], lr=args.rate)
    budget = args.minutes * 60
    begun, spent, step, seen, order = time.process_time(), 0.0, 0, 0, torch.empty(0, dtype=torch.long)
    while spent < budget:
        if len(order) < args.batch:
            order = torch.randperm(len(data))
        index, order = order[: args.batch], order[args.batch :]
        share = spent / budget
        rate = args.rate * min(1, share / 0.08 + 0.02) * (0.5 * (1 + math.cos(math.pi * min(1, share))) + 0.002)
        for group in optimizer.param_groups:
            group['lr'] = rate
        with autocast():
            out = model(data.batch(index).contiguous(memory_format=torch.channels_last), data.rule[index])
        loss = model.loss(out, data, index)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 5)
        optimizer.step()
        step, seen = step + 1, seen + len(index)
        spent = time.process_time() - begun
        if args.verbose and step % 200 == 0:
            print(f'  {spent:5.0f} s  step {step}  loss {float(loss):.3f}', flush=True)
    figures = [measure(model, test, autocast) for test in tests]
    print(
        json.dumps(
            {
                'attacker': args.attacker,
                'samples': len(data),
                'minutes': args.minutes,
                'epochs': round(seen / len(data), 1),
                'weights': sum(p.numel() for p in model.parameters()),
                'figures': figures,
            }
        ),
        flush=True,
    )


main()
