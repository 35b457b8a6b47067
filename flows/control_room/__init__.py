"""The control room: Prefect's pages, where campaigns and comparisons are started from a form and watched.

    control_room     the command `serve`: server and runner, until a signal
    deployment       the forms in Prefect's pages
    offered          what can be started, each with its form
    form             what the form of a campaign may ask for
    fields           its fields in words
    comparison_form  the same of a comparison
    standing_orders  what it does by itself once it is switched on: a monthly campaign, a limit on time
    publishing       the page and the worst crisis of a run that has ended
    runner           starts a process for each scheduled run
    flow_run         that process

The runner executes our own flows only, whatever a deployment says.
"""
