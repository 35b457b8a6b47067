"""The score card in the docs: of today's model, and as good as was asked."""

import json
from pathlib import Path

from backtest.scoring.today import digest_of_today
from flows.cli.score_card import REPLICATIONS, SEED

CARD = Path(__file__).parents[2] / "docs" / "score-card.md"


def told_by_the_card() -> dict[str, object]:
    """What the last line of the page says for this test."""
    last = CARD.read_text("utf-8").splitlines()[-1]
    told: dict[str, object] = json.loads(last.removeprefix("<!-- ").removesuffix(" -->"))
    return told


def test_the_score_card_is_of_todays_model() -> None:
    assert told_by_the_card()["digest"] == digest_of_today(REPLICATIONS, SEED), (
        "python -m flows.cli.calibration && python -m flows.cli.score_card > docs/score-card.md"
    )


def test_forecasts_are_about_as_good_as_was_asked() -> None:
    """Intervals neither too narrow nor too wide, and better than a guess: the card is how far the model is trusted."""
    score = told_by_the_card()["held_out"]
    assert isinstance(score, dict)
    assert score["figures"] >= 35
    assert 0.8 <= score["hits"] / score["figures"] <= 0.98
    assert 0.35 <= score["hits_half"] / score["figures"] <= 0.65
    assert score["better"] / score["figures"] >= 2 / 3
    assert score["skill"] > 0.0
