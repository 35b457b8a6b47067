"""Parameters of care: departments, their doors, homes, wards, sessions, calls, plan blanc, crowds.

A field is a number that the model uses; the file of its mechanism gives it a value, a unit, a plausible range and a
source.
"""

from simulation.inputs.parameters.plausible import Group, Profile
from simulation.inputs.streams import Stream
from topologies.fields.quantity import Quantity, Share


class Emergency(Group):
    """Emergency departments: stays, routes, staffing, boarding, examinations, calendar."""

    emergency_stay_h: Quantity
    emergency_admitted_stay_h: Quantity
    emergency_hospitalised_share: Share
    hospitalised_by_month: Profile
    emergency_critical_share: Share
    emergency_surgery_share: Share
    emergency_paediatric_share: Share
    ambulance_share: Share
    emergency_stay_by_size: Quantity
    emergency_usual_visits: Quantity
    emergency_wait_share: Share
    emergency_bed_wait_h: Quantity
    emergency_bed_wait_alone: Share
    emergency_tolerance: Quantity
    emergency_reopens_share: Share
    emergency_patience_h: Quantity
    emergency_bound_min: Quantity
    imaging_in_emergency_share: Share
    laboratory_in_emergency_share: Share
    lab_delay_lengthens: Quantity
    exam_delay_most_h: Quantity
    emergency_result_h: Quantity
    chair_after_h: Quantity
    boarders_in_boxes_share: Share
    emergency_by_month: Profile
    boarding_before_transfer_h: Quantity
    long_boarding_h: Quantity
    emergency_by_hour: Profile
    emergency_by_weekday: Profile


class Doors(Group):
    """What those do whose emergency department is closed to them."""

    stays_away_share: Share
    tries_next_share: Share
    shunned_share: Share
    news_h: Quantity


class Conditions(Group):
    """Time-critical conditions: their shares, their routes, and what a lost minute costs."""

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

    @property
    def shares(self) -> dict[str, Share]:
        """Of emergency patients, the share of each condition, in the order of their numbers."""
        return {
            "stroke": self.stroke_share,
            "stemi": self.stemi_share,
            "trauma": self.trauma_share,
            "arrest": self.arrest_share,
            "resuscitation": self.resuscitation_share,
        }


class Harm(Group):
    """What patients may die of, besides minutes until care."""

    diverted_infarction_deaths: Quantity
    refused_critical_deaths: Quantity
    lost_call_deaths: Quantity
    paper_deaths_per_day: Quantity
    waiting_deaths_per_day: Quantity


class BedWards(Group):
    """Medicine, critical care and maternity: occupancy, stays, calendars, journeys."""

    medicine_occupancy: Share
    medicine_closed_share: Share
    medicine_pool_beds: Quantity
    medicine_open_by_month: Profile
    medicine_stay_h: Quantity
    discharges_by_hour: Profile
    discharges_by_weekday: Profile
    medicine_cannot_wait_share: Share
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
    maternity_from_beds: Quantity
    births_per_bed_year: Quantity
    maternity_stay_h: Quantity
    maternity_occupancy: Share
    maternity_bound_min: Quantity


class Surgery(Group):
    """Operations, scheduled and urgent."""

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
    planned_by_month: Profile


class Sessions(Group):
    """Outpatients, imaging, laboratory, dialysis, chemotherapy, radiotherapy: volumes and opening hours."""

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
    sessions_bound_min: Quantity
    laboratory_patience_h: Quantity
    laboratory_asked_least: Share
    laboratory_asked_h: Quantity
    imaging_patience_h: Quantity
    imaging_overdue_days: Quantity

    @property
    def per_bed_year(self) -> dict[Stream, Quantity]:
        """Sessions a year per acute bed of the region."""
        return {
            Stream.OUTPATIENT: self.outpatient_per_bed_year,
            Stream.IMAGING: self.imaging_per_bed_year,
            Stream.LABORATORY: self.laboratory_per_bed_year,
            Stream.DIALYSIS: self.dialysis_per_bed_year,
            Stream.CHEMOTHERAPY: self.chemotherapy_per_bed_year,
            Stream.RADIOTHERAPY: self.radiotherapy_per_bed_year,
        }

    @property
    def from_beds(self) -> dict[Stream, Quantity]:
        """Acute beds from which a site holds sessions."""
        return {
            Stream.OUTPATIENT: self.outpatient_from_beds,
            Stream.IMAGING: self.imaging_from_beds,
            Stream.LABORATORY: self.laboratory_from_beds,
            Stream.DIALYSIS: self.dialysis_from_beds,
            Stream.CHEMOTHERAPY: self.chemotherapy_from_beds,
            Stream.RADIOTHERAPY: self.radiotherapy_from_beds,
        }


class Homes(Group):
    """Where patients live, and which sites they go to."""

    distance_decay_per_min: Quantity
    time_critical_decay_per_min: Quantity
    birth_decay_per_min: Quantity
    planned_decay_per_min: Quantity
    catchment_evenness: Share
    catchment_bound_min: Quantity
    catchment_sites_least: Quantity
    season_guest_need: Quantity


class Samu(Group):
    """Calls to the SAMU and their regulation, and the ambulances of a department."""

    samu_files_per_100_inhabitants: Quantity
    samu_calls_per_visit: Quantity
    samu_staffing: Quantity
    samu_rings_again_share: Share
    samu_help_share: Share
    samu_fallback_h: Quantity
    samu_fallback_share: Share
    samu_reinforced_share: Share
    samu_reinforced_bound: Share
    samu_delay_min: Quantity
    ambulance_mission_h: Quantity
    ambulance_staffing: Quantity
    ambulance_handover_most_h: Quantity
    ambulance_late_most_h: Quantity


class PlanBlanc(Group):
    """Who calls a plan blanc, what each level adds and puts off, and what it costs afterwards."""

    plan_blanc_1_lost: Share
    plan_blanc_2_lost: Share
    plan_blanc_1_more: Quantity
    plan_blanc_2_more: Quantity
    orsan_lost_share: Share
    plan_blanc_decision_h: Quantity
    plan_blanc_request_h: Quantity
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
    plan_blanc_calm_days: Quantity
    plan_blanc_most_days: Quantity
    plan_blanc_rest_share: Share
    plan_blanc_rest_days: Quantity


class Crowds(Group):
    """What an event adds: patients per thousand people, closures, many hurt at once."""

    presentations_per_1000: Quantity
    transfers_per_1000: Quantity
    outdoor_multiplies: Quantity
    heat_multiplies: Quantity
    heat_step_f: Quantity
    heat_threshold_c: Quantity
    venue_filling: Share
    visitor_visits_per_1000_day: Quantity
    visitors_stay_km: Quantity
    closure_km: Quantity
    closure_slows: Quantity
    first_wave_share: Share
    casualties_critical: Share
    casualties_arrive_within_h: Quantity
    event_patients_per_hour_most: Quantity
