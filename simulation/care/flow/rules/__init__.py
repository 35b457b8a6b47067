"""The rules of care in plain SimPy: the specification of the compiled loop.

Written to be read aloud by someone who knows hospitals. The compiled loop in `simulation/care/flow` follows the same
rules some hundred times faster, and must yield the same history patient by patient: a test compares the two. Read in
this order:

1. `patient.py`: who the patients are, and what chance decides for each;
2. `ward.py`: wards with places, clinics with appointments, and the queues for them;
3. `hospitals.py`: all of these in a region, the hour, and what is counted;
4. `pathway.py`: arrival, ambulance diversion, queue, stay, boarding, departure;
5. `planned_stays.py`: stays in medicine that are put off, and who is called in;
6. `ambulances.py`: those that are out, late, or kept at a door;
7. `sessions.py`: appointments that are planned, postponed and lost;
8. `calls.py`: calls to the SAMUs, answered, rung again or given up;
9. `hourly_round.py`: what is done at each whole hour, inter-hospital transfers included;
10. `care_by_the_rules.py`: the whole of it, from the first hour to the horizon.
"""
