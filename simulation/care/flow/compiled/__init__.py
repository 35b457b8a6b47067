"""The compiled loop: the rules of `simulation/care/flow/rules`, some hundred times faster.

Cut as the rules are, by what happens to a patient: `arrive`, `queue`, `stay`, `transfer`, `leave`; `sessions` and
`hourly` for what is done at each whole hour; `calendar` for what happens next; `loop` for the whole. `wards`, `state`
and `record` are what does not change, where everyone is, and what is counted. Indices are without sign (`U4`): of one
that could be negative, numba would look at the sign each time.
"""
