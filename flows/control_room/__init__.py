"""The control room: Prefect's pages, where campaigns and comparisons are started from a form and watched.

    control_room     the command `serve`: server and runner, until a signal
    deployment       the forms in Prefect's pages
    offered          what can be started, each with its form
    form             what the form of a campaign may ask for
    comparison_form  the same of a comparison
    runner           starts a process for each scheduled run
    flow_run         that process

The runner executes our own flows only, whatever a deployment says.
"""
