"""Writes scipy-cases.json beside it: what SciPy says of cases that the tests of this folder repeat.

python -m venv .venv && .venv/bin/pip install scipy && .venv/bin/python scipy-cases.py
"""

import json
import pathlib

import numpy as np
import scipy
from scipy import stats

rng = np.random.default_rng(20250131)


def signed_rank(name, differences, zeros):
    d = np.asarray(differences, dtype=float)
    kept = d if zeros == "pratt" else d[d != 0]
    sizes = np.abs(kept)
    exact = len(set(sizes)) == len(sizes) and not (kept == 0).any() and len(kept) <= 50
    method = "exact" if exact else "approx"
    outcome = stats.wilcoxon(kept if exact else d, zero_method=zeros, correction=True, method=method)
    return {
        "name": name,
        "differences": d.tolist(),
        "zeros": zeros,
        "method": "exact" if exact else "normal",
        "statistic": float(outcome.statistic),
        "p": float(outcome.pvalue),
    }


def with_zeros(values, count):
    values = np.array(values)
    values[:count] = 0
    return values


gaps = [
    ("three", [0.1, -0.2, 0.3]),
    ("one", [0.5]),
    ("all positive, 12", np.abs(rng.normal(size=12)) + 0.01),
    ("25 without ties", rng.normal(0.2, 1, 25)),
    ("50 without ties", rng.normal(0.1, 1, 50)),
    ("51 without ties", rng.normal(0.1, 1, 51)),
    ("180 Dice differences", rng.normal(0.02, 0.08, 180)),
    ("180, far from zero", rng.normal(1, 0.3, 180)),
    ("2000, p near the smallest double", rng.normal(1, 0.2, 2000)),
    ("ties, 30", rng.integers(-4, 6, 30) / 8),
    ("zeros, 40", with_zeros(rng.normal(0.2, 1, 40), 9)),
    ("one zero, 40", with_zeros(rng.normal(0.2, 1, 40), 1)),
    ("zeros and ties, 60", with_zeros(rng.integers(-3, 5, 60) / 4, 11)),
]
adjust = [[0.01, 0.04, 0.03, 0.005], [0.5, 0.6], [1e-9, 0.02, 0.02, 0.9, 0.049], [0.03]]


def holm(p):
    p = np.asarray(p)
    order = np.argsort(p, kind="stable")
    adjusted = np.minimum(1, np.maximum.accumulate(p[order] * (len(p) - np.arange(len(p)))))
    out = np.empty(len(p))
    out[order] = adjusted
    return out.tolist()


def interval(name, values, level):
    data = (np.asarray(values),)
    how = dict(n_resamples=100_000, confidence_level=level, method="percentile", random_state=1, vectorized=True)
    found = stats.bootstrap(data, np.mean, axis=-1, **how)
    return {
        "name": name,
        "values": data[0].tolist(),
        "level": level,
        "low": float(found.confidence_interval.low),
        "high": float(found.confidence_interval.high),
        "error": float(found.standard_error),
    }


cases = {
    "scipy": scipy.__version__,
    "signedRank": [signed_rank(n, d, z) for n, d in gaps for z in ("wilcox", "pratt")],
    "normalTail": [{"z": z, "p": float(stats.norm.sf(z))} for z in [0, 0.3, 1, 1.96, 2.9999, 3, 3.5, 5, 8, 12, 20, 37]],
    "holm": [{"p": p, "adjusted": holm(p)} for p in adjust],
    "bootstrap": [
        interval("45 Dice differences", rng.normal(0.02, 0.08, 45), 0.95),
        interval("skewed, 180", rng.exponential(0.1, 180) - 0.05, 0.95),
        interval("ten, 90 %", rng.normal(0, 1, 10), 0.9),
    ],
    "quantile": [
        {"values": v, "share": s, "quantile": float(np.quantile(v, s))}
        for v in ([1.0, 2.0, 4.0, 8.0], [3.0], sorted(rng.normal(size=101).tolist()))
        for s in (0, 0.025, 0.5, 0.975, 1)
    ],
}
pathlib.Path(__file__).with_name("scipy-cases.json").write_text(json.dumps(cases, indent=1) + "\n")
