"""`tocsin sensitivity` says what the verdict of a campaign turns on."""

import json
from pathlib import Path

from results.analysis.assumptions.sensitivity import CARE
from tests.flows.commands import Tocsin
from tests.results import synthetic
from tests.results.analysis.test_sensitivity import ACTIVE, DRAWN, store_with


def test_the_verb_says_it_in_words_and_as_json(tmp_path: Path, verb: Tocsin) -> None:
    store_with(tmp_path, lambda values, chance: values[ACTIVE])
    said = verb("sensitivity", DRAWN.id, "--store", str(tmp_path), "--lang", "fr")
    assert said.returncode == 0
    assert "Le verdict sur les soins tient à cette hypothèse" in said.stdout
    told = verb("sensitivity", DRAWN.id, "--store", str(tmp_path), "--json")
    facts = json.loads(told.stdout)
    assert facts["turns_on"] == [ACTIVE]
    assert facts["explained"][CARE]["crisis"]["told_apart"][0]["name"] == ACTIVE


def test_a_campaign_that_draws_nothing_is_refused(tmp_path: Path, verb: Tocsin) -> None:
    synthetic.sealed(tmp_path, [range(2)], 2)
    refused = verb("sensitivity", synthetic.campaign().id, "--store", str(tmp_path), "--lang", "fr")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "relancez la même avec --parameters drawn" in refused.stderr
