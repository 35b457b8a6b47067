"""The control room: Prefect's pages, where campaigns are started from a form and watched.

    control_room     the command `serve`: server and runner, until a signal
    deployment       the form in Prefect's pages
    form             what a form may ask for
    runner           starts a process for each scheduled run
    flow_run         that process

The runner executes our own flow only, whatever a deployment says.
"""
