"""What are the model's numbers, and what is each worth? `parameters.yaml`, as a type.

A field here is a number that the model uses; the file gives it a value, a unit, a plausible range and a source.
"""

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from topologies.documents import read_yaml
from topologies.quantity import Input, Quantity, Share

PARAMETERS_FILE = Path(__file__).with_name("parameters.yaml")


class Profile(Input):
    """Relative weights over the hours of a day or the days of a week; the model scales them to a mean of one."""

    values: tuple[Annotated[float, Field(ge=0)], ...] = Field(min_length=7, max_length=24)
    unit: str
    source: str
    assumption: bool = False
    reason: str | None = None


class Parameters(Input):
    """Every number of the model; see `parameters.yaml` for what each means and where it comes from."""

    foothold_success: Share
    foothold_h: Quantity
    directory_control_success: Share
    directory_control_h: Quantity
    breakout_h: Quantity
    crossing_h: Quantity
    crossing_directory: Share
    crossing_hosting: Share
    crossing_maintenance: Share
    crossing_exchange: Share
    exfiltration_h: Quantity
    exfiltration_success: Share
    backups_lost: Share
    machines_hit: Share
    machines_hit_concentration: Quantity

    exposure_resists: Share
    awareness_resists: Share
    directory_resists: Share
    maintenance_resists: Share
    workstations_resist: Share
    backups_protect: Share
    detection_gain: Quantity
    exercises_shorten: Share
    continuity_keeps: Share
    rehearsal_speeds_recovery: Share

    detection_h: Quantity
    vigilance_gain: Quantity
    impact_notice_h: Quantity
    crisis_cell_h: Quantity
    isolation_h: Quantity
    declaration_h: Quantity
    regional_cell_h: Quantity
    order_h: Quantity
    isolation_capacity: Share
    isolation_days: Quantity

    beds_per_it_team: Quantity
    reference_it_budget: Share
    contracted_activation_h: Quantity

    contain_days: Quantity
    investigate_days: Quantity
    directory_days: Quantity
    core_servers_days: Quantity
    applications_days: Quantity
    workstations_days: Quantity
    work_size_exponent: Quantity
    work_log_sd: Quantity
    lost_backups_multiply: Quantity
    investigate_returns: Share
    directory_returns: Share
    core_servers_return: Share
    applications_return: Share

    emergency_loss: Share
    emergency_shock: Quantity
    critical_care_loss: Share
    surgery_loss: Share
    inpatient_loss: Share

    emergency_stay_h: Quantity
    emergency_staffing: Quantity
    emergency_tolerance: Quantity
    emergency_patience_h: Quantity
    emergency_bound_min: Quantity
    time_critical_share: Share
    degraded_delay_min: Quantity
    critical_care_occupancy: Share
    critical_care_stay_h: Quantity
    critical_care_bound_min: Quantity
    critical_care_patience_h: Quantity
    surgery_per_bed_year: Quantity
    surgery_urgent_share: Share
    surgery_stay_h: Quantity
    surgery_margin: Quantity
    surgery_on_call: Share
    transfers_per_1000: Quantity
    venue_filling: Quantity

    emergency_by_hour: Profile
    emergency_by_weekday: Profile
    surgery_by_hour: Profile
    surgery_by_weekday: Profile
    theatres_by_hour: Profile
    crowd_by_hour: Profile


@cache
def load_parameters(path: Path = PARAMETERS_FILE) -> Parameters:
    """The model's parameters; `BadInput` when the file misses one or holds one that the model does not know."""
    return read_yaml(path, Parameters)
