"""What `tocsin backtest` promises to whoever reads it, person or program."""

import json

from tests.flows.commands import Tocsin


def test_a_back_test_tells_each_figure_beside_what_the_model_says(verb: Tocsin) -> None:
    done = verb("backtest", "armentieres-2024", "brest-2023", "-n", "5", "--workers", "1", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    promised = {
        "incident",
        "figure",
        "unit",
        "observed",
        "p5",
        "p25",
        "p50",
        "p75",
        "p95",
        "crps",
        "skill",
        "by_hand",
    }
    assert all(promised <= set(figure) for figure in told["figures"])
    assert {figure["incident"] for figure in told["figures"]} == {"armentieres-2024", "brest-2023"}
    for figure in told["figures"]:
        assert figure["p5"] <= figure["p25"] <= figure["p50"] <= figure["p75"] <= figure["p95"]
        assert figure["hit"] == (figure["p5"] <= figure["observed"] <= figure["p95"])


def test_a_back_test_is_a_table_in_the_language_spoken(verb: Tocsin) -> None:
    done = verb("backtest", "brest-2023", "-n", "5", "--workers", "1", "--lang", "fr")
    assert done.returncode == 0, done.stderr
    assert "Brest, CHU, 2023" in done.stdout
    assert "Intervalle à 90 %" in done.stdout.replace("\u202f", " ").replace("\xa0", " ")
    assert "Prévus sans leur propre incident" in done.stdout


def test_an_unknown_incident_is_refused_with_the_nearest(verb: Tocsin) -> None:
    done = verb("backtest", "rouen-2018")
    assert (done.returncode, done.stdout) == (2, "")
    assert "rouen-2019" in done.stderr
