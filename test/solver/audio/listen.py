"""What needs no training: how much of the followed voice is left in the mix, how loud takes are, and what
pocketsphinx hears with a grammar of digits: in the mix, in the followed voice alone, and in what an ideal listener would select of the mix
(the cells of its spectrogram in which the followed voice is the louder part: Wang, 2005). Prints one JSON object.

Usage: listen.py FOLDER [COUNT]   (python3-numpy, python3-scipy, python3-pocketsphinx, pocketsphinx-en-us)
"""
import json, os, sys, tempfile, wave
from collections import Counter
from pathlib import Path
import numpy as np
from scipy.signal import bilinear, istft, lfilter, stft

folder = Path(sys.argv[1])
labels = json.loads((folder / "labels.json").read_text())["test"]
names = list(labels)[: int(sys.argv[2]) if len(sys.argv) > 2 else None]


def sound(name):
    with wave.open(str(folder / "test" / f"{name}.wav")) as file:
        raw, rate = file.readframes(file.getnframes()), file.getframerate()
        return (np.frombuffer(raw, np.uint8) / 128.0 - 1 if file.getsampwidth() == 1 else np.frombuffer(raw, np.int16) / 32768.0), rate


def stoi(clean, heard, rate=8000):
    """Short-time objective intelligibility (Taal et al., 2011), its bands up to 3.8 kHz."""
    size, hop, piece = 256, 128, 24
    spectra = []
    for x in (clean, heard):
        count = 1 + (len(x) - size) // hop
        frames = np.lib.stride_tricks.sliding_window_view(x, size)[::hop][:count] * np.hanning(size)
        spectra.append(np.abs(np.fft.rfft(frames)) ** 2)
    energy = spectra[0].sum(1)
    kept = energy > energy.max() * 1e-4
    centres = 150 * 2 ** (np.arange(14) / 3)
    bins = np.fft.rfftfreq(size, 1 / rate)
    bands = np.array([(bins >= c * 2 ** (-1 / 6)) & (bins < c * 2 ** (1 / 6)) for c in centres], float)
    x, y = (np.sqrt(s[kept] @ bands.T) for s in spectra)
    scores = []
    for at in range(piece, len(x) + 1):
        a, b = x[at - piece : at], y[at - piece : at]
        b = b * np.linalg.norm(a, axis=0) / (np.linalg.norm(b, axis=0) + 1e-12)
        b = np.minimum(b, a * (1 + 10 ** (15 / 20)))
        a, b = a - a.mean(0), b - b.mean(0)
        scores.append(((a * b).sum(0) / (np.linalg.norm(a, axis=0) * np.linalg.norm(b, axis=0) + 1e-12)).mean())
    return float(np.mean(scores))


def lufs(x, rate):
    """Integrated loudness, ITU-R BS.1770-4, one channel."""
    k = 2 * np.pi * 1681.974
    gain, q = 10 ** (3.999843 / 20), 0.7071752
    shelf = bilinear([gain, gain**0.4996667741545416 * k / q, k * k], [1, k / q, k * k], rate)
    h = 2 * np.pi * 38.13547
    high = bilinear([1, 0, 0], [1, h / 0.5003270, h * h], rate)
    y = lfilter(*high, lfilter(*shelf, x))
    size, hop = int(0.4 * rate), int(0.1 * rate)
    power = np.array([np.mean(y[i : i + size] ** 2) for i in range(0, len(y) - size, hop)]) + 1e-12
    loud = -0.691 + 10 * np.log10(power)
    power = power[loud > -70]
    loud = -0.691 + 10 * np.log10(power)
    gate = -0.691 + 10 * np.log10(power.mean()) - 10
    return float(-0.691 + 10 * np.log10(power[loud > gate].mean()))


WORDS = "zero one two three four five six seven eight nine".split()


def sphinx():
    from pocketsphinx import Decoder

    with tempfile.NamedTemporaryFile("w", suffix=".gram", delete=False) as file:
        file.write("#JSGF V1.0;\ngrammar digits;\npublic <said> = follow me <digit> <digit> <digit> <digit> <digit> <digit>;\n")
        file.write(f"<digit> = {' | '.join(WORDS)};\n")
    model = "/usr/share/pocketsphinx/model/en-us/"
    config = Decoder.default_config()
    for option, value in {"-hmm": model + "en-us", "-dict": model + "cmudict-en-us.dict", "-jsgf": file.name, "-logfn": "/dev/null"}.items():
        config.set_string(option, value)
    decoder = Decoder(config)

    def hear(x, rate=16000):
        decoder.start_utt()
        decoder.process_raw((x[rate:] * 30000).astype(np.int16).tobytes(), False, True)
        decoder.end_utt()
        said = decoder.hyp()
        return "".join(str(WORDS.index(word)) for word in said.hypstr.split() if word in WORDS) if said else ""

    def score(listen, takes="123"):
        for name in names[:3]:
            hear(listen(name, "1"))  # its running mean of the cepstrum settles
        one = three = characters = 0
        for name in names:
            heard = [hear(listen(name, take)) for take in takes]
            truth = labels[name]
            one += sum(h == truth for h in heard) / len(takes)
            characters += sum(sum(a == b for a, b in zip(h, truth)) for h in heard) / len(takes) / len(truth)
            whole = [h for h in heard if len(h) == len(truth)]
            vote = "".join(Counter(column).most_common(1)[0][0] for column in zip(*whole)) if whole else ""
            three += vote == truth
        return {"one": one / len(names), "three": three / len(names), "characters": characters / len(names)}

    mixed = lambda name, take: sound(f"{name}-{take}-wide")[0]
    alone = lambda name, take: sound(f"{name}-{take}-clean-wide")[0]
    result = {"mixed": score(mixed), "alone": score(alone), "selected": score(lambda *which: selected(alone(*which), mixed(*which)))}
    os.unlink(file.name)
    return result


def selected(clean, mix, size=512):
    """The mix where the clean voice is the louder part of it, and next to nothing of the rest."""
    cue = slice(17000, 22000)  # nobody else speaks yet, so that this tells how loud the one is in the other
    clean = clean * np.linalg.norm(mix[cue]) / np.linalg.norm(clean[cue])
    _, _, a = stft(clean, nperseg=size)
    _, _, b = stft(mix, nperseg=size)
    mask = np.where(np.abs(a) > np.abs(b - a), 1, 0.01)
    # A recogniser hears what is 40 dB below as well; a faint hiss covers it
    return istft(b * mask, nperseg=size)[1][: len(mix)] + np.random.default_rng(1).normal(0, 0.003, len(mix))


pairs = [(sound(f"{name}-1-clean")[0], sound(f"{name}-1")[0]) for name in names]
result = {"stoi": float(np.mean([stoi(a[8000:], b[8000:]) for a, b in pairs])), "lufs": float(np.mean([lufs(*sound(f"{name}-1")) for name in names]))}
if len(sys.argv) > 3 and sys.argv[3] == "en":
    result["sphinx"] = sphinx()
print(json.dumps(result))
