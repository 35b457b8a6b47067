"""Today: a digest of all that forecasts hang on, by which a page of them can be seen to be old."""

import backtest
from backtest.calibration.beliefs import load_learnt
from backtest.calibration.matrix_law import load_matrix_law
from backtest.calibration.priors import load_priors
from backtest.replay.stages import load_brought_back
from backtest.scoring.naive import load_surveys
from simulation.inputs.digests import digest_of, plain


def digest_of_today(replications: int, seed: int) -> str:
    """The digest of the model's version, of every incident with its region and parameters, and of how it is judged."""
    incidents = [backtest.load(name, seed) for name in backtest.incident_names()]
    campaigns = [each for one in incidents for each in (one.eve, one.day) if each]
    return digest_of(
        {
            "replications": replications,
            "campaigns": [campaign.id for campaign in campaigns],
            "accounts": [plain(one.account) for one in incidents],
            "evidence": plain(load_learnt()),
            "priors": plain(load_priors()),
            "matrix law": plain(load_matrix_law()),
            "brought back": plain(load_brought_back()),
            "surveys": plain(load_surveys()),
        }
    )
