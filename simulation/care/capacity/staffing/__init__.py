"""Staffing: places and patients of every ward, so that an ordinary day is as it is known to be.

Emergency departments have boxes for the busiest hour of their week and a margin. Beds are as full as they are known to
be: first with those whom the site's other wards pass on, then with direct admissions.
"""
