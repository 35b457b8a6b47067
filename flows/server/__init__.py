"""Prefect's server: a subprocess of the command, or a server of the user's own.

isolation          which variables and files Prefect may read on this machine
profiles           a Prefect profile of the user's, used on request
prefect_folder     the folder of Prefect's state, checked before a server starts
database           its database, checked likewise
address            where a server listens
subprocesses       programs that a command starts and never leaves behind
server             a server for one run, or for the control room
open_rooms         control rooms that are open, whose server records runs too
external_server    a server of the user's own, checked before it is used
failure_causes     why a server of ours ended
"""
