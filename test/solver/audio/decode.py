"""From what a CTC net thinks of each frame to texts of a known length: prefix beam search for many clips at once, and the exact likelihood of
a text, by which several takes of one challenge are joined."""
import numpy as np
import torch
import torch.nn.functional as F

NEVER = -1e30


def search(scores, length, wide=12):
    """For each clip its likeliest texts, best first. `scores`: one array of frames × (blank and symbols) a clip. Of each length the `wide`
    likeliest beginnings are kept: one beam for all would end in shorter texts where a net is unsure."""
    count, kinds = len(scores), scores[0].shape[1]
    width = wide * (length + 1)
    sizes = np.array([len(s) for s in scores])
    rows = np.full((count, sizes.max(), kinds), NEVER)
    for i, s in enumerate(scores):
        rows[i, : len(s)] = s
    # A text is a number in the base of `kinds`; its last digit is its last symbol
    text, long = np.zeros((count, width), np.int64), np.zeros((count, width), np.int64)
    blank, other = np.full((count, width), NEVER), np.full((count, width), NEVER)
    text[:, 1:] = -1  # unused
    blank[:, 0] = 0
    symbols = np.arange(1, kinds)
    for t in range(rows.shape[1]):
        row, live = rows[:, t], t < sizes
        both, last = np.logaddexp(blank, other), np.where(text > 0, text % kinds, 0)
        stay = np.take_along_axis(row, last, 1)
        longer = row[:, None, 1:] + np.where(last[:, :, None] == symbols, blank[:, :, None], both[:, :, None])
        longer[(long >= length) | (text < 0)] = NEVER
        # What is reached by one symbol more may be among the texts already
        parent = (text[:, None, :] // kinds == text[:, :, None]) & (text[:, None, :] > 0)
        has, at = parent.any(1), parent.argmax(1)
        found = np.take_along_axis(longer.reshape(count, -1), at * (kinds - 1) + np.maximum(last - 1, 0), 1)
        grown = np.logaddexp(np.where(last > 0, other + stay, NEVER), np.where(has, found, NEVER))
        each, where = np.nonzero(has)
        longer[each, at[each, where], last[each, where] - 1] = NEVER
        texts = np.concatenate([text, (text[:, :, None] * kinds + symbols).reshape(count, -1)], 1)
        longs = np.concatenate([long, np.repeat(long + 1, kinds - 1, 1)], 1)
        blanks = np.concatenate([both + row[:, :1], np.full((count, width * (kinds - 1)), NEVER)], 1)
        others = np.concatenate([grown, longer.reshape(count, -1)], 1)
        total = np.logaddexp(blanks, others)
        group = [np.where(longs == size, total, 2 * NEVER) for size in range(length + 1)]
        kept = np.concatenate([np.argpartition(-values, wide, 1)[:, :wide] for values in group], 1)
        for mine, all_of in ((text, texts), (long, longs), (blank, blanks), (other, others)):
            mine[live] = np.take_along_axis(all_of, kept, 1)[live]
        # Where a length has fewer texts than places
        spare = (long != np.repeat(np.arange(length + 1), wide)) | (np.logaddexp(blank, other) < NEVER / 2)
        text[spare], blank[spare], other[spare] = -1, NEVER, NEVER
    total = np.where(long == length, np.logaddexp(blank, other), NEVER)
    out = []
    for i in range(count):
        order = [j for j in np.argsort(-total[i]) if total[i, j] > NEVER / 2]
        out.append([spelled(text[i, j], kinds) for j in order])
    return out


def spelled(number, kinds):
    symbols = []
    while number > 0:
        symbols.append(int(number % kinds))
        number //= kinds
    return tuple(reversed(symbols))


def likelihoods(scores, texts):
    """Exact, summed over all alignments, of each text; all have one length."""
    frames = torch.from_numpy(scores)[:, None].expand(-1, len(texts), -1)
    lengths = [torch.full((len(texts),), size) for size in (len(scores), len(texts[0]))]
    return -F.ctc_loss(frames, torch.tensor(texts), *lengths, reduction="none").numpy()


def heard(takes, length):
    """`takes`: for each challenge the scores of its takes. For each the answers from one take at a time, and from all together."""
    found = search([scores for challenge in takes for scores in challenge], length)
    out = []
    for challenge in takes:
        guesses, found = found[: len(challenge)], found[len(challenge) :]
        candidates = sorted(set(sum(guesses, [])))
        if not candidates:
            out.append(([()] * len(challenge), ()))
            continue
        sums = sum(likelihoods(scores, candidates) for scores in challenge)
        out.append(([g[0] if g else () for g in guesses], candidates[int(np.argmax(sums))]))
    return out
