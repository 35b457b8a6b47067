"""Routes: what follows a stay in each ward of a site; a patient for whom it has no bed is hospitalised elsewhere."""

from collections.abc import Mapping

from simulation.care.capacity.staffing.ordinary_day import OrdinaryDay
from simulation.care.capacity.staffing.ward import NOWHERE, Chances
from simulation.inputs.streams import EMERGENCY, Stream


class Routes:
    """The chances of a site, where it keeps so much of what is passed on to critical care and to medicine."""

    def __init__(self, day: OrdinaryDay, *, critical_kept: float, medicine_kept: float) -> None:
        self.p = day.p
        self.day = day
        self.critical_kept = critical_kept
        self.medicine_kept = medicine_kept
        surgery, beds = self.p.surgery, self.p.beds
        operated_critical = surgery.surgery_critical_share.value
        self.after: Mapping[Stream, Chances] = {
            Stream.SURGERY_URGENT: self.split(1.0 - operated_critical, operated_critical, 0.0),
            Stream.SURGERY_SCHEDULED: self.split(
                surgery.surgery_inpatient_share.value, operated_critical, 0.0
            ),
            Stream.CRITICAL_CARE: self.split(beds.critical_to_medicine_share.value, 0.0, 0.0),
        }

    def ordinary(self, stream: Stream) -> Chances:
        """The chances of patients who are not time-critical."""
        if stream not in EMERGENCY:
            return self.after.get(stream, NOWHERE)
        # Of all patients a share is hospitalised, of the time-critical everyone; what is left is the ordinary ones'.
        emergency, time_critical = self.p.emergency, self.day.time_critical
        hospitalised = max(0.0, self.day.hospitalised_now - time_critical) / (1.0 - time_critical)
        critical = hospitalised * emergency.emergency_critical_share.value
        urgent = hospitalised * emergency.emergency_surgery_share.value
        return self.split(hospitalised - critical - urgent, critical, urgent)

    def time_critical(self, stream: Stream) -> Chances:
        """The chances of time-critical patients: after an emergency department all are hospitalised."""
        if stream not in EMERGENCY:
            return self.after.get(stream, NOWHERE)
        critical = self.p.conditions.time_critical_to_critical_care.value
        urgent = self.p.conditions.time_critical_to_surgery.value
        return self.split(1.0 - critical - urgent, critical, urgent)

    def split(self, medicine: float, critical: float, urgent: float) -> Chances:
        """The part for whom the site has beds, and the rest."""
        local = (medicine * self.medicine_kept, critical * self.critical_kept, urgent)
        return (*local, medicine + critical + urgent - sum(local))
