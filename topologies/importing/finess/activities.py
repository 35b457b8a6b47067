"""Activities of FINESS+: who takes emergencies.

Emergency medicine is activity `14` (nomenclature TRE_R274) with the modality `23` of an emergency department or `24` of
a paediatric one, and, since the reform of authorisations, `QA014` with the modality `MO032` of a department or `MO033`
of a branch of one, where the mention says whether it is for children (`ME064`, `ME090`), for all (`ME065`) or not. An
activity that is over, or that was stopped after it had begun (event `15` after event `12`), does not count.
"""

from collections.abc import Iterator

from topologies.importing.finess.nodes import Node

ADULT, PAEDIATRIC = "adult_emergency", "paediatric_emergency"
BY_MODALITY = {"23": (ADULT,), "24": (PAEDIATRIC,)}
"""Of activity 14."""
DEPARTMENTS = frozenset({"MO032", "MO033"})
BY_MENTION = {"ME064": (PAEDIATRIC,), "ME090": (PAEDIATRIC,), "ME065": (ADULT, PAEDIATRIC)}
BEGUN, STOPPED = "12", "15"


def emergencies_of(place: Node) -> set[str]:
    """The columns that say which emergencies a place of care takes."""
    return {
        column
        for activity in place.nodes("activitesExercees")
        for general, kind in _kinds(activity)
        if _is_going_on(general, activity)
        for column in _columns(kind)
    }


def _kinds(activity: Node) -> Iterator[tuple[Node, Node]]:
    """General features and type of an activity: under `nature`, or, in the first schema, under `nature` and a code."""
    if activity.holds("nature"):
        general, nature = activity.node("caracteristiquesGeneriques"), activity.node("nature")
        specific = nature.node("caracteristiquesSpecifiques") if nature else None
        if general and specific:
            yield from ((general, kind) for kind in _types(specific))
        return
    for name in activity.fields:
        if name.startswith("nature") and (nature := activity.node(name)):
            general = nature.node("caracteristiquesGeneriques")
            for inner in nature.fields:
                if inner.startswith("caracteristiquesSpecifiques") and general:
                    specific = nature.node(inner)
                    yield from ((general, kind) for kind in (_types(specific) if specific else ()))


def _types(specific: Node) -> Iterator[Node]:
    for name in specific.fields:
        if name.startswith("typeActivite") and (kind := specific.node(name)):
            yield kind


def _columns(kind: Node) -> tuple[str, ...]:
    """What the type of an activity says of emergencies."""
    if kind.holds("activiteAMM"):
        if kind.code("activiteAMM") != "QA014" or kind.code("modaliteAMM") not in DEPARTMENTS:
            return ()
        return BY_MENTION.get(kind.code("mentionAMM"), (ADULT,))
    if not kind.holds("activiteAMF", "activiteSanitaireRegulee"):
        return ()
    if kind.code("activiteAMF", "activiteSanitaireRegulee") != "14":
        return ()
    return BY_MODALITY.get(kind.code("modaliteActivite"), ())


def _is_going_on(general: Node, activity: Node) -> bool:
    if general.code("etatObjet") != "A":
        return False
    if general.holds("dateFinEffectiveActivite") and general.text("dateFinEffectiveActivite"):
        return False
    last = max(
        (
            (event.text("dateEvenement"), event.code("codeEvenement"))
            for event in activity.nodes("evenement")
            if event.code("codeEvenement").lstrip("0") in {BEGUN, STOPPED}
        ),
        default=("", BEGUN),
    )
    return last[1].lstrip("0") == BEGUN
