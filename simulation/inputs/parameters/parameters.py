"""What are the model's numbers, and what is each worth? `parameters.yaml`, as a type.

A field here is a number that the model uses; the file gives it a value, a unit, a plausible range and a source.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from topologies.errors import Message
from topologies.fields.quantity import LARGEST, Input, Quantity, Share
from topologies.fields.written import Number, Text, YesNo
from topologies.reading.documents import read_yaml

PARAMETERS_FILE = Path(__file__).with_name("parameters.yaml")


class Profile(Input):
    """Relative weights over the hours of a day or the days of a week; the model scales them to a mean of one."""

    values: tuple[Annotated[Number, Field(ge=0, le=LARGEST)], ...] = Field(min_length=7, max_length=24)
    unit: Text
    source: Text
    assumption: YesNo = False
    reason: Text | None = None

    @model_validator(mode="after")
    def _has_weight(self) -> Self:
        if not any(self.values):
            raise ValueError(Message("all weights are 0"), Message("give at least one hour or day a weight"))
        return self


PLAUSIBLE: Mapping[str, tuple[float, float]] = {
    "machines_hit": (0.001, 0.999),
    "machines_hit_concentration": (0.1, 1_000),
    "beds_per_it_team": (10, 100_000),
    "reference_it_budget": (0.0001, 1),
    "_stay_h": (0.1, 2_000),
    "_h": (0.01, 10_000),
    "_min": (0, 1_440),
    "_days": (0, 1_000),
    "_km": (0, 1_000),
    "_log_sd": (0, 2),
    "_bed_year": (0, 10_000),
    "_1000_day": (0, 1_000),
}
"""What a parameter can be, by its name or the end of it: the first that fits holds."""


def check_plausible(name: str, quantity: Quantity) -> None:
    """`ValueError` where the value of a parameter can be that of no hospital on earth, whatever range it is given."""
    least, most = next((bounds for end, bounds in PLAUSIBLE.items() if name.endswith(end)), (0.0, LARGEST))
    if not least <= quantity.value <= most:
        values = {"name": name, "value": quantity.value, "least": least, "most": most}
        raise ValueError(
            Message("{name} is {value}, not between {least} and {most}", values),
            Message("check its unit"),
        )


class Parameters(Input):
    """Every number of the model; see `parameters.yaml` for what each means and where it comes from."""

    foothold_success: Share
    foothold_h: Quantity
    skill_odds: Quantity
    privilege_success: Share
    privilege_h: Quantity
    directory_control_success: Share
    directory_control_h: Quantity
    breakout_h: Quantity
    crossing_h: Quantity
    crossing_directory: Share
    crossing_hosting: Share
    crossing_maintenance: Share
    crossing_exchange: Share
    worm_hop_h: Quantity
    worm_crossing: Share
    exfiltration_h: Quantity
    exfiltration_success: Share
    backups_lost: Share
    sabotage_h: Quantity
    leak_days: Quantity
    attacker_reaction_h: Quantity
    encryption_h: Quantity
    encrypted_at_once: Share
    machines_hit: Share
    machines_hit_concentration: Quantity
    faulty_update_hit: Share
    denial_loss: Share
    host_dependence: Share
    laboratory_dependence: Share
    platform_dependence: Share
    service_beds: Quantity

    exposure_resists: Share
    awareness_resists: Share
    directory_resists: Share
    maintenance_resists: Share
    workstations_resist: Share
    backups_protect: Share
    detection_gain: Quantity
    exercises_shorten: Share
    rehearsal_speeds_recovery: Share

    detection_h: Quantity
    foothold_noise: Quantity
    privilege_noise: Quantity
    theft_noise: Quantity
    sabotage_noise: Quantity
    soc_detection_h: Quantity
    cert_warning_h: Quantity
    triage_h: Quantity
    vigilance_gain: Quantity
    impact_notice_h: Quantity
    crisis_cell_h: Quantity
    isolation_h: Quantity
    declaration_h: Quantity
    regional_cell_h: Quantity
    order_h: Quantity
    precaution_share: Share
    isolation_capacity: Share
    isolation_days: Quantity

    beds_per_it_team: Quantity
    reference_it_budget: Share
    regional_activation_h: Quantity
    national_activation_h: Quantity
    contracted_activation_h: Quantity
    regional_travel_h: Quantity
    national_travel_h: Quantity
    contracted_travel_h: Quantity
    visiting_shift_h: Quantity
    fatigue_a_week: Share
    fatigue_most: Share

    contain_days: Quantity
    investigate_days: Quantity
    directory_days: Quantity
    core_servers_days: Quantity
    vital_applications_days: Quantity
    care_applications_days: Quantity
    workstations_days: Quantity
    other_applications_days: Quantity
    work_size_exponent: Quantity
    work_log_sd: Quantity
    case_log_sd: Quantity
    lost_backups_multiply: Quantity
    untested_backups_fail: Share
    untested_backups_multiply: Quantity
    key_leaves: Share

    emergency_stay_h: Quantity
    emergency_admitted_stay_h: Quantity
    emergency_hospitalised_share: Share
    emergency_critical_share: Share
    emergency_surgery_share: Share
    emergency_paediatric_share: Share
    ambulance_share: Share
    emergency_staffing: Quantity
    emergency_tolerance: Quantity
    emergency_patience_h: Quantity
    emergency_bound_min: Quantity
    imaging_in_emergency_share: Share
    laboratory_in_emergency_share: Share
    lab_delay_lengthens: Quantity
    exam_delay_most_h: Quantity
    stroke_share: Share
    stemi_share: Share
    trauma_share: Share
    arrest_share: Share
    resuscitation_share: Share
    time_critical_to_critical_care: Share
    time_critical_to_surgery: Share
    stemi_deaths_per_min: Quantity
    stroke_healthy_days_per_min: Quantity
    trauma_deaths_per_min: Quantity
    arrest_deaths_per_min: Quantity
    resuscitation_deaths_per_min: Quantity
    boarding_deaths_per_delayed: Quantity
    emergency_by_month: Profile
    medicine_occupancy: Share
    medicine_stay_h: Quantity
    medicine_bound_min: Quantity
    medicine_by_hour: Profile
    medicine_by_weekday: Profile
    critical_to_medicine_share: Share
    critical_care_occupancy: Share
    critical_care_stay_h: Quantity
    critical_care_bound_min: Quantity
    critical_care_patience_h: Quantity
    critical_vehicles_a_site: Quantity
    vehicle_handling_h: Quantity
    surgery_per_bed_year: Quantity
    surgery_urgent_share: Share
    surgery_stay_h: Quantity
    surgery_margin: Quantity
    surgery_urgent_staffing: Quantity
    surgery_inpatient_share: Share
    surgery_critical_share: Share
    surgery_by_hour: Profile
    surgery_by_weekday: Profile
    theatres_by_hour: Profile
    maternity_from_beds: Quantity
    births_per_bed_year: Quantity
    maternity_stay_h: Quantity
    maternity_occupancy: Share
    maternity_bound_min: Quantity
    outpatient_per_bed_year: Quantity
    imaging_per_bed_year: Quantity
    laboratory_per_bed_year: Quantity
    dialysis_per_bed_year: Quantity
    chemotherapy_per_bed_year: Quantity
    radiotherapy_per_bed_year: Quantity
    imaging_from_beds: Quantity
    laboratory_from_beds: Quantity
    dialysis_from_beds: Quantity
    chemotherapy_from_beds: Quantity
    radiotherapy_from_beds: Quantity
    outpatient_from_beds: Quantity
    session_margin: Quantity
    exams_round_the_clock_share: Share
    sessions_by_hour: Profile
    sessions_by_weekday: Profile
    dialysis_patience_h: Quantity
    laboratory_patience_h: Quantity
    imaging_patience_h: Quantity
    samu_calls_per_visit: Quantity
    samu_staffing: Quantity
    samu_patience_h: Quantity
    samu_delay_min: Quantity
    plan_blanc_1_h: Quantity
    plan_blanc_2_h: Quantity
    plan_blanc_1_beds: Share
    plan_blanc_2_beds: Share
    plan_blanc_1_staff: Share
    plan_blanc_2_staff: Share
    plan_blanc_1_deprograms: Share
    plan_blanc_2_deprograms: Share
    discharge_lounge_share: Share
    plan_blanc_2_diversion_h: Quantity
    paper_shock: Quantity
    paper_learning_h: Quantity
    paper_tiring_a_week: Share
    paper_tiring_most: Share
    reentry_loss: Share
    reentry_days_per_day: Quantity
    boarding_before_transfer_h: Quantity
    long_boarding_h: Quantity
    emergency_by_hour: Profile
    emergency_by_weekday: Profile
    unrehearsed_plan_helps: Share
    presentations_per_1000: Quantity
    transfers_per_1000: Quantity
    outdoor_multiplies: Quantity
    heat_multiplies: Quantity
    heat_threshold_c: Quantity
    venue_filling: Share
    visitor_visits_per_1000_day: Quantity
    closure_km: Quantity
    closure_slows: Quantity
    first_wave_share: Share
    casualties_critical: Share

    @model_validator(mode="after")
    def _are_plausible(self) -> Self:
        for name, parameter in self:
            if isinstance(parameter, Quantity):
                check_plausible(name, parameter)
        return self


@cache
def load_parameters(path: Path = PARAMETERS_FILE) -> Parameters:
    """The model's parameters; `BadInput` when the file misses one or holds one that the model does not know."""
    return read_yaml(path, Parameters)
