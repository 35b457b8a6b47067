"""Patient flow: every patient of a replication, from arrival to discharge, in compiled code."""
