"""Scenarios: attacks to replay, wave by wave, and the thresholds that a region must keep."""
