"""The attack: how an intruder enters, climbs and moves on, and what a payload or a failure strikes."""
