"""Baselines on the pairs that `doublons evaluer` wrote: Jaro-Winkler at one threshold, and recordlinkage.

The identities are folded as Forprev folds them (accents, case, hyphens), so that only the decision differs.
"""

import sys
import unicodedata

import jellyfish
import pandas as pd
import recordlinkage


def fold(name):
    name = name.replace("Ł", "L").replace("ł", "l").replace("ı", "i").replace("œ", "oe").replace("Œ", "OE")
    name = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    return " ".join(name.lower().replace("-", " ").replace("'", " ").replace("’", " ").split())


def line(title, same, chosen, total):
    found = int((chosen & same).sum())
    wrong = int((chosen & ~same).sum())
    precision = found / max(1, found + wrong)
    print(f"| {title} | {precision:.2%} | {found / total:.2%} | {found} | {wrong} |")


def f1(same, chosen, total):
    found = (chosen & same).sum()
    return 2 * found / max(1, chosen.sum() + total)


pairs = pd.read_csv(sys.argv[1], dtype=str, keep_default_na=False)
for column in ("nom_a", "prenom_a", "usage_a", "nom_b", "prenom_b", "usage_b"):
    pairs[column] = pairs[column].map(fold)
same = pairs["meme"] == "1"
total = int(same.sum())
print(f"{len(pairs)} pairs, {total} of one person\n")
print("| Baseline | precision | recall | found | wrongly proposed |\n|---|---:|---:|---:|---:|")

whole = [
    jellyfish.jaro_winkler_similarity(f"{a} {b} {c}", f"{d} {e} {f}")
    for a, b, c, d, e, f in pairs[["nom_a", "prenom_a", "date_a", "nom_b", "prenom_b", "date_b"]].itertuples(index=False)
]
whole = pd.Series(whole)
best = max((t / 1000 for t in range(800, 1000, 5)), key=lambda t: f1(same, whole >= t, total))
line("Jaro-Winkler ≥ 0.92", same, whole >= 0.92, total)
line(f"Jaro-Winkler ≥ {best} (its best)", same, whole >= best, total)

left = pairs[["nom_a", "prenom_a", "usage_a", "date_a"]].rename(columns=lambda c: c[:-2])
right = pairs[["nom_b", "prenom_b", "usage_b", "date_b"]].rename(columns=lambda c: c[:-2])
links = pd.MultiIndex.from_arrays([pairs.index, pairs.index])
compare = recordlinkage.Compare()
compare.string("nom", "nom", method="jarowinkler", threshold=0.85)
compare.string("prenom", "prenom", method="jarowinkler", threshold=0.85)
compare.exact("date", "date")
features = compare.compute(links, left, right)
chosen = recordlinkage.ECMClassifier(binarize=0.5).fit_predict(features)
line("recordlinkage, Fellegi-Sunter (ECM, without labels)", same, pd.Series(pairs.index.isin(chosen.get_level_values(0))), total)
half = pairs.index % 2 == 0
model = recordlinkage.LogisticRegressionClassifier()
truth = pd.MultiIndex.from_arrays([pairs.index[half & same], pairs.index[half & same]])
model.fit(features[half], truth)
chosen = model.predict(features)
line("recordlinkage, logistic regression (taught with half of the labels)", same, pd.Series(pairs.index.isin(chosen.get_level_values(0))), total)
