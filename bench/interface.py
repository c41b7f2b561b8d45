"""Times POST /doublons as a client sees it: a server on a filled register, one connection, 45 comptes in turn.

    interface.py FORPREV DATABASE_URL DATA_DIR SAMPLES.json

SAMPLES.json is what the example `doublons echantillons` writes. Each look-up is made twice: the first time its pages may
have to be read from the disk. Prints a row of a Markdown table for each kind, in milliseconds.
"""

import http.client
import json
import os
import re
import secrets
import subprocess
import sys
import time

PORT = 18123
COMPTES = 45  # each may look up 120 times a minute


def percentile(durations, part):
    return sorted(durations)[min(len(durations) - 1, len(durations) * part // 100)]


def with_check_digit(digits):
    """Fourteen digits of which the last one is Luhn's."""
    for last in "0123456789":
        doubled = [int(d) * (1 + i % 2) for i, d in enumerate(reversed(digits + last))]
        if sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0:
            return digits + last


class Service:
    def __init__(self, forprev, url, data):
        self.forprev = forprev
        self.settings = dict(
            os.environ,
            FORPREV_DATABASE_URL=url,
            FORPREV_LISTEN=f"127.0.0.1:{PORT}",
            FORPREV_DATA_DIR=data,
            FORPREV_LOG="error",
        )
        self.letters = "".join(secrets.choice("abcdefghij") for _ in range(8))

    def command(self, *arguments):
        done = subprocess.run([self.forprev, *arguments], env=self.settings, capture_output=True, text=True)
        if done.returncode:
            sys.exit(done.stdout + done.stderr)
        return done.stdout

    def token(self, numero):
        return self.command("jeton", "creer", numero, "--libelle", "Mesure").split()[-1]

    def start(self):
        self.command("migrate")
        made = self.command(
            "administrateur", "creer", "--email", f"{self.letters}@exemple.fr",
            "--nom", f"Mesure-{self.letters}", "--prenom", "Ada", "--date-naissance", "1980-01-02",
        )  # fmt: skip
        self.server = subprocess.Popen([self.forprev, "serve"], env=self.settings)
        self.connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
        while True:
            try:
                self.connection.connect()
                break
            except ConnectionRefusedError:
                time.sleep(0.05)
        administrateur = self.token(re.search(r"[A-Z]{3}\d{5}", made).group())
        self.tokens = [self.compte(administrateur, rang) for rang in range(COMPTES)]

    def compte(self, administrateur, rang):
        siret = with_check_digit(f"{secrets.randbelow(9 * 10**12) + 10**12}")
        compte = self.post(
            administrateur, "/comptes", {"raison_sociale": f"Mesure {rang}", "siret": siret, "genre": "entreprise"}
        )
        gestionnaire = {
            "nom_naissance": f"Mesure-{self.letters}-{chr(97 + rang % 26) * 3}{chr(97 + rang // 26) * 3}",
            "prenom": "Ada",
            "date_naissance": f"{1950 + rang}-03-04",
            "email": f"{self.letters}{rang}@exemple.fr",
            "profil": "gestionnaire",
        }
        return self.token(self.post(administrateur, f"/comptes/{compte['id']}/utilisateurs", gestionnaire)["numero"])

    def post(self, token, path, body):
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self.connection.request("POST", "/api/v1" + path, json.dumps(body), headers)
        answer = self.connection.getresponse()
        read = json.loads(answer.read())
        if answer.status >= 300:
            sys.exit(f"{path}: {answer.status} {read}")
        return read


def main():
    forprev, url, data, samples = sys.argv[1:]
    service = Service(forprev, url, data)
    service.start()
    print("| Looked up | first p50 ms | p95 | again p50 | p95 | max | proposed on average |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    turn = 0
    try:
        with open(samples) as file:
            kinds = json.load(file)
        for kind, people in kinds.items():
            rounds, proposed = [], 0
            for _ in range(2):
                durations, proposed = [], 0
                for person in people:
                    turn += 1
                    begun = time.perf_counter()
                    answer = service.post(service.tokens[turn % COMPTES], "/doublons", person)
                    durations.append((time.perf_counter() - begun) * 1000)
                    proposed += len(answer["propositions"])
                rounds.append(durations)
            first, again = rounds
            figures = [percentile(first, 50), percentile(first, 95), percentile(again, 50), percentile(again, 95), max(again)]
            row = " | ".join(f"{figure:.2f}" for figure in figures)
            print(f"| {kind} | {row} | {proposed / len(people):.2f} |", flush=True)
    finally:
        service.server.terminate()
        service.server.wait()


main()
