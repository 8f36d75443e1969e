"""Prints, as JSON, what scikit-learn takes to fit an isolation forest to a CSV file, and to score that file."""

import json
import statistics
import sys
import time

import numpy
from sklearn.ensemble import IsolationForest
from sklearn.metrics import roc_auc_score

RUNS = 10

table = numpy.loadtxt(sys.argv[1], delimiter=",", skiprows=1)
rows, labels = table[:, :-1], table[:, -1]
fit_ms, score_ms, aucs = [], [], []
for seed in range(RUNS):
    start = time.process_time()
    forest = IsolationForest(n_estimators=100, max_samples=256, random_state=seed).fit(rows)
    fitted = time.process_time()
    scores = -forest.score_samples(rows)
    scored = time.process_time()
    fit_ms.append(1000 * (fitted - start))
    score_ms.append(1000 * (scored - fitted))
    aucs.append(roc_auc_score(labels, scores))
print(
    json.dumps(
        {
            "rows": rows.shape[0],
            "columns": rows.shape[1],
            "fitMs": statistics.median(fit_ms),
            "scoreMs": statistics.median(score_ms),
            "auc": statistics.mean(aucs),
        }
    )
)
