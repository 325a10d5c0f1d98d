"""Writes the labelled curves that the verdict on a run's fit is tested on: python3 make_verdict_curves.py [seed] > FILE

Plain Python 3, no packages; `verdict_curves.jsonl` is seed 20261123 (Python 3.11). One curve a line:
{"name", "family", "label": too_early | underfitting | good | overfitting | diverging, "clear": is there room for doubt,
 "validation_rows", "points": [[step, epoch, train_loss, eval_loss, exact_rows]]}; null = not measured there.
Two sources: formulas with noise, labelled by how they were made; and records of real little trainings (a two-layer
network in plain Python, minibatch descent), labelled by hand after looking at the plots of this seed.
"""
import json
import math
import random
import sys


def rounded(value):
    return None if value is None or value != value else (value if math.isinf(value) else float("%.4g" % value))


class Writer:
    def __init__(self):
        self.curves = []

    def add(self, name, family, label, points, clear=True, validation_rows=100):
        points = [[int(s), round(e, 4), rounded(t), rounded(v), rounded(x)] for s, e, t, v, x in points]
        self.curves.append({"name": name, "family": family, "label": label, "clear": clear,
                            "validation_rows": validation_rows, "points": points})


def series(rng, steps, evals, train, evaluate, train_noise, eval_noise, epochs=4, score=None):
    """One train point a step, `evals` evaluations evenly spread, the last at the end. Noise is relative."""
    at = {round(steps * (k + 1) / evals) for k in range(evals)} if evals else set()
    points = []
    for s in range(1, steps + 1):
        x = s / steps
        t = train(x) * math.exp(train_noise * rng.gauss(0, 1))
        v = evaluate(x) * math.exp(eval_noise * rng.gauss(0, 1)) if s in at else None
        points.append((s, epochs * x, t, v, score(x) if score and s in at else None))
    return points


def approach(start, floor, tau):
    return lambda x: floor + (start - floor) * math.exp(-x / tau)


def scaled(curve, factor, shift=0.0):
    return lambda x: curve(x) * factor + shift


def stepping(curve, epochs, drop):
    """Train loss of a memorising run: falls by a factor at each epoch border, flat within."""
    return lambda x: curve(x) * (1 - drop) ** min(int(x * epochs - 1e-9), epochs - 1)


def good(w, rng):
    for name, start, floor, tau, steps, evals, tn, en in [
            ("tutorial shape", 1.1, 0.040, 0.10, 50, 50, 0.10, 0.010),
            ("tutorial shape, noisy train", 1.4, 0.038, 0.12, 40, 40, 0.30, 0.015),
            ("floor at 0.3", 2.0, 0.30, 0.12, 120, 24, 0.08, 0.004),
            ("floor at 1.2, open text", 2.6, 1.20, 0.15, 300, 30, 0.05, 0.003),
            ("five evaluations", 1.8, 0.12, 0.08, 100, 5, 0.10, 0.010),
            ("eight evaluations", 1.2, 0.50, 0.12, 80, 8, 0.10, 0.006),
            ("a thousand steps", 2.2, 0.25, 0.10, 1000, 40, 0.25, 0.005),
            ("few rows, noisy eval", 1.0, 0.20, 0.10, 90, 30, 0.15, 0.030)]:
        rows = 24 if "few rows" in name else 100
        w.add(name, "approach to a floor", "good",
              series(rng, steps, evals, approach(start, floor * 0.9, tau), approach(start, floor, tau), tn, en,
                     score=lambda x: round(32 * (1 - math.exp(-x / tau) * 0.9)) / 32), validation_rows=rows)
    for name, tail in [("train creeps down, eval flat", 0.35), ("train memorises, eval flat", 0.6)]:
        flat = approach(1.5, 0.30, 0.08)
        w.add(name, "train falls, eval flat", "good",
              series(rng, 150, 30, lambda x, tail=tail: flat(x) * (1 - tail * max(0, x - 0.25)), flat, 0.06, 0.004))
    w.add("continued from a good adapter", "flat from the start", "good",
          series(rng, 60, 12, lambda x: 0.030, lambda x: 0.034, 0.12, 0.008, score=lambda x: 31 / 32))
    bump = approach(1.3, 0.2, 0.09)
    w.add("a bump in mid-run", "bump and recovery", "good",
          series(rng, 120, 24, lambda x: bump(x) + 0.25 * math.exp(-((x - 0.45) / 0.04) ** 2),
                 lambda x: bump(x) + 0.2 * math.exp(-((x - 0.45) / 0.04) ** 2), 0.06, 0.006))
    w.add("eval a hair above its best", "approach to a floor", "good",
          series(rng, 80, 20, approach(1.2, 0.15, 0.1),
                 lambda x: approach(1.2, 0.16, 0.1)(x) * (1 + 0.012 * x), 0.08, 0.003),
          clear=False)


def underfitting(w, rng):
    shapes = [("straight down", lambda x: 2.4 - 1.3 * x, 60, 12, 0.06, 0.006),
              ("straight down, five evaluations", lambda x: 1.8 - 0.9 * x, 50, 5, 0.06, 0.006),
              ("slow approach", approach(2.0, 0.1, 0.6), 100, 20, 0.10, 0.008),
              ("very slow approach", approach(1.4, 0.1, 1.5), 200, 40, 0.15, 0.008),
              ("power law", lambda x: 0.9 * (x * 100 + 1) ** -0.35, 100, 25, 0.10, 0.006),
              ("late start", lambda x: 0.3 + 1.5 / (1 + math.exp((x - 0.75) * 9)), 120, 24, 0.08, 0.008),
              ("learning rate too low", lambda x: 2.1 - 0.25 * x, 80, 16, 0.08, 0.004),
              ("noisy eval, few rows", lambda x: 1.7 - 1.1 * x, 90, 30, 0.2, 0.04),
              ("cosine ends too soon", lambda x: 1.6 * math.exp(-1.5 * (x + math.sin(math.pi * x) / math.pi * 0.5)),
               60, 30, 0.1, 0.01)]
    for name, shape, steps, evals, tn, en in shapes:
        w.add(name, "both fall", "underfitting",
              series(rng, steps, evals, scaled(shape, 0.97), shape, tn, en, epochs=2), clear="cosine" not in name,
              validation_rows=16 if "few rows" in name else 100)
    w.add("nothing learned", "flat and high", "underfitting",
          series(rng, 60, 12, lambda x: 2.31 - 0.01 * x, lambda x: 2.30 - 0.01 * x, 0.06, 0.003, score=lambda x: 0.0))
    w.add("one epoch of a long text", "both fall", "underfitting",
          series(rng, 500, 25, lambda x: 1.2 + 1.1 * (x * 5 + 1) ** -0.7, lambda x: 1.25 + 1.1 * (x * 5 + 1) ** -0.7,
                 0.06, 0.002, epochs=1), clear=False)


def overfitting(w, rng):
    def valley(best, at, end, start=1.6):
        def curve(x):
            if x < at:
                return best + (start - best) * ((1 - x / at) ** 2.5)
            return best + (end - best) * ((x - at) / (1 - at)) ** 1.3
        return curve
    for name, best, at, end, steps, evals, en in [
            ("early best, doubling", 0.40, 0.25, 0.85, 120, 24, 0.008),
            ("best in the middle", 0.30, 0.50, 0.42, 100, 20, 0.008),
            ("late best", 0.20, 0.70, 0.25, 200, 40, 0.006),
            ("small task", 0.040, 0.35, 0.065, 50, 50, 0.015),
            ("five evaluations", 0.30, 0.40, 0.48, 50, 5, 0.010),
            ("seven evaluations", 0.50, 0.45, 0.70, 70, 7, 0.010),
            ("open text", 1.40, 0.40, 1.62, 300, 30, 0.003),
            ("few rows, noisy eval", 0.25, 0.40, 0.50, 90, 30, 0.04)]:
        w.add(name, "valley", "overfitting",
              series(rng, steps, evals, approach(1.6, best * 0.1, 0.3), valley(best, at, end), 0.10, en, epochs=8,
                     score=lambda x: round(32 * min(0.8, 3 * x)) / 32),
              validation_rows=20 if "few rows" in name else 100)
    w.add("memorising by epochs", "epoch steps", "overfitting",
          series(rng, 160, 32, stepping(approach(1.4, 0.6, 0.05), 8, 0.30), valley(0.62, 0.25, 0.95), 0.04, 0.006,
                 epochs=8))
    w.add("rising from the first evaluation", "rising at once", "overfitting",
          series(rng, 100, 10, approach(0.9, 0.05, 0.3), lambda x: 0.8 + 0.5 * x, 0.08, 0.006, epochs=10))
    w.add("a small rise", "valley", "overfitting",
          series(rng, 120, 30, approach(1.6, 0.1, 0.3), valley(0.50, 0.5, 0.535), 0.08, 0.004, epochs=6), clear=False)


def diverging(w, rng):
    base = approach(1.5, 0.3, 0.15)

    def cut(points, at, train, evaluate, after=0):
        kept = [p for p in points if p[0] < at]
        epoch = points[-1][1] * at / points[-1][0]
        return kept + [(at + i, epoch, train, evaluate, None) for i in range(after + 1)]
    w.add("train loss NaN", "not finite", "diverging",
          cut(series(rng, 60, 12, base, base, 0.08, 0.01), 37, None, None))
    w.add("NaN at the first step", "not finite", "diverging", [(1, 0.1, None, None, None)])
    w.add("eval loss infinite", "not finite", "diverging",
          cut(series(rng, 80, 16, base, base, 0.08, 0.01), 55, 0.4, math.inf))
    w.add("exploding", "explosion", "diverging",
          series(rng, 80, 16, lambda x: base(x) + math.exp(18 * (x - 0.75)),
                 lambda x: base(x) + math.exp(18 * (x - 0.74)), 0.08, 0.01))
    w.add("jump to a plateau", "plateau", "diverging",
          series(rng, 120, 24, lambda x: base(x) if x < 0.55 else 6.8,
                 lambda x: base(x) if x < 0.55 else 6.9, 0.06, 0.01))
    w.add("jump, sinking slowly", "plateau", "diverging",
          series(rng, 200, 20, lambda x: base(x) if x < 0.5 else 7.5 - 1.5 * x,
                 lambda x: base(x) if x < 0.5 else 7.4 - 1.5 * x, 0.03, 0.01))
    w.add("rising slowly from its best", "slow rise", "diverging",
          series(rng, 150, 15, lambda x: base(x) + 0.5 * max(0, x - 0.5), lambda x: base(x) + 0.5 * max(0, x - 0.5),
                 0.06, 0.006))
    w.add("explosion before the third evaluation", "explosion", "diverging",
          series(rng, 40, 2, lambda x: 1.8 + 9 * max(0, x - 0.4), lambda x: 1.9 + 9 * max(0, x - 0.4), 0.08, 0.01))


def too_early(w, rng):
    for name, evals, shape in [("no evaluation", 0, approach(1.5, 0.1, 0.3)),
                               ("one evaluation", 1, approach(1.5, 0.1, 0.3)),
                               ("three, falling", 3, lambda x: 2 - x), ("four, flat", 4, approach(1.0, 0.2, 0.05)),
                               ("four, a valley", 4, lambda x: 0.4 + (x - 0.5) ** 2)]:
        w.add(name, "too few evaluations", "too_early",
              series(rng, 40, evals, approach(1.6, 0.2, 0.3), shape, 0.1, 0.01))
    w.add("nothing at all", "too few evaluations", "too_early", [], validation_rows=0)


class Network:
    """x -> tanh -> softmax over classes, trained by minibatch gradient descent with momentum."""

    def __init__(self, rng, inputs, hidden, classes):
        gauss = lambda scale: rng.gauss(0, scale)
        self.a = [[gauss(1 / math.sqrt(inputs)) for _ in range(inputs)] for _ in range(hidden)]
        self.b = [[gauss(0.5 / math.sqrt(hidden)) for _ in range(hidden)] for _ in range(classes)]
        self.va = [[0.0] * inputs for _ in range(hidden)]
        self.vb = [[0.0] * hidden for _ in range(classes)]

    def forward(self, x):
        h = [math.tanh(sum(map(lambda p, q: p * q, row, x))) for row in self.a]
        z = [sum(map(lambda p, q: p * q, row, h)) for row in self.b]
        top = max(z)
        e = [math.exp(v - top) for v in z]
        total = sum(e)
        return h, [v / total for v in e]

    def loss(self, rows):
        return sum(-math.log(max(self.forward(x)[1][y], 1e-30)) for x, y in rows) / len(rows)

    def exact(self, rows):
        good = 0
        for x, y in rows:
            p = self.forward(x)[1]
            good += p[y] == max(p)
        return good / len(rows)

    def step(self, rows, lr, momentum=0.9):
        ga = [[0.0] * len(self.a[0]) for _ in self.a]
        gb = [[0.0] * len(self.a) for _ in self.b]
        loss = 0.0
        for x, y in rows:
            h, p = self.forward(x)
            loss -= math.log(max(p[y], 1e-30))
            d = [v - (k == y) for k, v in enumerate(p)]
            dh = [0.0] * len(h)
            for k, dk in enumerate(d):
                for j, hj in enumerate(h):
                    gb[k][j] += dk * hj
                    dh[j] += dk * self.b[k][j]
            for j, hj in enumerate(h):
                g = dh[j] * (1 - hj * hj)
                if g:
                    row = ga[j]
                    for i, xi in enumerate(x):
                        row[i] += g * xi
        for w, g, v in ((self.a, ga, self.va), (self.b, gb, self.vb)):
            for wr, gr, vr in zip(w, g, v):
                for i in range(len(wr)):
                    vr[i] = momentum * vr[i] - lr * gr[i] / len(rows)
                    wr[i] += vr[i]
        return loss / len(rows)


def recorded(rng, rows, noise, epochs, batch, lr, eval_every, hidden=24, inputs=10, classes=4, decay=True,
             validation=120, teacher_scale=3.0):
    teacher = Network(rng, inputs, 6, classes)
    teacher.b = [[teacher_scale * v for v in row] for row in teacher.b]

    def sample(n):
        out = []
        for _ in range(n):
            x = [rng.gauss(0, 1) for _ in range(inputs)]
            p = teacher.forward(x)[1]
            y = p.index(max(p)) if rng.random() > noise else rng.randrange(classes)
            out.append((x, y))
        return out
    train, held = sample(rows), sample(validation)
    net = Network(rng, inputs, hidden, classes)
    steps_per_epoch = math.ceil(rows / batch)
    total = steps_per_epoch * epochs
    points, step = [], 0
    for epoch in range(epochs):
        order = list(range(rows))
        rng.shuffle(order)
        for k in range(steps_per_epoch):
            step += 1
            rate = lr * 0.5 * (1 + math.cos(math.pi * (step - 1) / total)) if decay else lr
            loss = net.step([train[i] for i in order[k * batch:(k + 1) * batch]], rate)
            look = step % eval_every == 0 or step == total
            points.append((step, step / steps_per_epoch, loss, net.loss(held) if look else None,
                           net.exact(held[:32]) if look else None))
    return points


def records(w, rng):
    w.add("record: enough rows, cosine", "record", "good",
          recorded(rng, 600, 0.05, 12, 40, 0.20, 6, hidden=8), validation_rows=120)
    w.add("record: many rows, cosine", "record", "good",
          recorded(rng, 1200, 0.10, 6, 40, 0.15, 6, hidden=8), validation_rows=120)
    w.add("record: clean labels, a little too long", "record", "overfitting",
          recorded(rng, 800, 0.0, 10, 80, 0.30, 4, hidden=8, teacher_scale=6.0), validation_rows=120, clear=False)
    w.add("record: learning rate far too low", "record", "underfitting",
          recorded(rng, 400, 0.0, 4, 20, 0.004, 5, decay=False), validation_rows=120)
    w.add("record: one epoch", "record", "underfitting",
          recorded(rng, 800, 0.0, 1, 16, 0.02, 5, decay=False), validation_rows=120)
    w.add("record: stopped in mid-fall", "record", "underfitting",
          recorded(rng, 600, 0.05, 2, 20, 0.015, 5, decay=False), validation_rows=120)
    w.add("record: wrong labels memorised", "record", "overfitting",
          recorded(rng, 60, 0.5, 60, 20, 0.10, 9, decay=False), validation_rows=120)
    w.add("record: forty rows", "record", "overfitting",
          recorded(rng, 40, 0.3, 60, 10, 0.05, 12, decay=False), validation_rows=120)
    w.add("record: hundred rows, third wrong", "record", "overfitting",
          recorded(rng, 100, 0.35, 40, 20, 0.08, 10), validation_rows=120)
    w.add("record: learning rate far too high", "record", "diverging",
          recorded(rng, 300, 0.1, 4, 20, 60.0, 5, decay=False), validation_rows=120)
    w.add("record: learning rate raised in mid-run", "record", "diverging", raised(rng), validation_rows=120)


def raised(rng):
    calm = recorded(rng, 300, 0.1, 4, 20, 0.05, 5, decay=False)
    wild = recorded(rng, 300, 0.1, 2, 20, 30.0, 5, decay=False)
    last = calm[-1][0]
    return calm + [(last + s, 4 + e, t, v, x) for s, e, t, v, x in wild]


def main():
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 20261123
    rng = random.Random(seed)
    w = Writer()
    for family in (good, underfitting, overfitting, diverging, too_early, records):
        family(w, rng)
    for curve in w.curves:
        text = json.dumps(curve, ensure_ascii=False, separators=(",", ":"))
        print(text.replace("Infinity", '"inf"'))


main()
