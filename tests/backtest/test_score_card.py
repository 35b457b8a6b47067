"""The score card in the docs and in summaries: of today's model, and as good as was asked."""

from backtest.scoring.today import digest_of_today
from flows.cli.score_card import REPLICATIONS, SEED
from results.analysis.track_record import load_track_record
from simulation.inputs.campaign import MODEL_VERSION


def test_the_score_card_is_of_todays_model() -> None:
    assert load_track_record().model == MODEL_VERSION
    assert load_track_record().digest == digest_of_today(REPLICATIONS, SEED), (
        "python -m flows.cli.calibration && python -m flows.cli.score_card > docs/score-card.md"
    )


def test_forecasts_are_about_as_good_as_was_asked() -> None:
    """Intervals neither too narrow nor too wide, and better than a guess: the card is how far the model is trusted."""
    score = load_track_record()
    assert score.figures >= 35
    assert 0.8 <= score.hits / score.figures <= 0.98
    assert 0.35 <= score.hits_half / score.figures <= 0.65
    assert score.skill > 0.0
    assert score.better / score.figures >= 2 / 3
