from pathlib import Path

import pytest

from flows.control_room.comparison_form import comparison_order_of
from flows.control_room.deployment import description_of, fields_of
from flows.control_room.fields import told_of
from flows.control_room.form import BadForm, order_of
from flows.control_room.shared_folders import NoFolder, SharedFolders
from flows.execution.comparison import ComparisonOrder
from flows.execution.plan import Order
from simulation import POSTURES, SCENARIOS

ASKED = {"region": "ile-de-france", "scenario": "ordinary-month"}
SECRET = "root:$6$salt$hash"


@pytest.fixture
def shared(tmp_path: Path) -> SharedFolders:
    """A store and a folder with an event of the operator's; outside them, a file that is nobody's business."""
    (tmp_path / "secret.yaml").write_text(SECRET)
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "fair.yaml").write_text("id: fair\n")
    (mine / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    (mine / "round.yaml").symlink_to(mine / "round.yaml")
    region = mine / "region"
    region.mkdir()
    (region / "region.yaml").write_text("id: region\n")
    (region / "establishments.csv").symlink_to(tmp_path / "secret.yaml")
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "out").symlink_to(tmp_path)
    return SharedFolders(store=tmp_path / "store", inputs=(mine,))


def test_a_form_orders_what_is_built_in_and_files_of_the_operators_folders(shared: SharedFolders) -> None:
    order = order_of(ASKED | {"event": "fair.yaml", "store": "spring", "replications": 3}, shared)
    assert (order.region, order.scenario, order.posture) == ("ile-de-france", "ordinary-month", "baseline")
    assert order.event == str(shared.inputs[0].resolve() / "fair.yaml")
    assert order.store == str(shared.store / "spring")
    assert order_of(ASKED, shared).store == str(shared.store)
    assert order_of(ASKED | {"store": str(shared.store / "spring")}, shared).store == str(
        shared.store / "spring"
    )


@pytest.mark.parametrize("field", ["region", "scenario", "posture", "event"])
@pytest.mark.parametrize(
    "path",
    [
        "/etc/shadow",
        "../secret.yaml",
        "link.yaml",
        "round.yaml",
        "region",
        "mine\0",
        "a/" * 3000,
        "x" * 300,
        "",
    ],
)
def test_a_form_reads_no_file_elsewhere_and_quotes_none(shared: SharedFolders, field: str, path: str) -> None:
    with pytest.raises(BadForm) as refused:
        order_of(ASKED | {field: path or "."}, shared)
    assert SECRET not in str(refused.value)
    assert len(str(refused.value)) < 1000


@pytest.mark.parametrize("other", ["../secret.yaml", "/etc/shadow", "link.yaml", "next.yaml", "region"])
@pytest.mark.parametrize("field", ["extends", "event"])
def test_a_form_reads_no_file_elsewhere_through_one_that_names_it(
    shared: SharedFolders, field: str, other: str
) -> None:
    (folder,) = shared.inputs
    (folder / "next.yaml").write_text("extends: ../secret.yaml\n")
    (folder / "mine.yaml").write_text(f"{field}: {other}\n")
    with pytest.raises(BadForm, match=r"mine\.yaml rests on .*, which is in no folder") as refused:
        order_of(ASKED | {"scenario": "mine.yaml"}, shared)
    assert SECRET not in str(refused.value)


def test_a_form_takes_files_that_extend_what_is_built_in_or_beside_them_and_settings(
    shared: SharedFolders,
) -> None:
    (folder,) = shared.inputs
    (folder / "near.yaml").write_text("extends: ordinary-month\nevent: paris-2024\n")
    (folder / "mine.yaml").write_text("extends: near.yaml\nevent: fair.yaml\n")
    order = order_of(ASKED | {"scenario": "mine.yaml", "settings": ["backups=0.9"]}, shared)
    assert order.scenario == str(folder.resolve() / "mine.yaml")
    assert order.settings == ("backups=0.9",)


@pytest.mark.parametrize("store", ["/tmp", "..", "../store2", "out", "out/elsewhere", "a\0b"])
def test_a_form_writes_to_no_folder_elsewhere(shared: SharedFolders, store: str) -> None:
    with pytest.raises(BadForm, match="which is not below"):
        order_of(ASKED | {"store": store}, shared)


@pytest.mark.parametrize(
    "wrong",
    [
        {"replications": "3"},
        {"replications": 3.5},
        {"replications": True},
        {"seed": None},
        {"region": 75},
        {"event": ["paris-2024"]},
        {"evil": 1},
        {"scenario": {"id": "mine"}},
    ],
)
def test_a_form_with_other_fields_or_types_is_refused_in_a_sentence(
    shared: SharedFolders, wrong: dict[str, object]
) -> None:
    with pytest.raises(BadForm, match="the form is refused") as refused:
        order_of(ASKED | wrong, shared)
    assert "pydantic" not in str(refused.value)
    with pytest.raises(BadForm, match="region"):
        order_of({}, shared)


def test_the_form_offers_the_names_of_the_operators_files(shared: SharedFolders) -> None:
    fields = fields_of(Order, shared)["properties"]
    assert {"paris-2024", "none", "fair.yaml"} <= set(fields["event"]["enum"])
    assert {"ile-de-france", "region"} <= set(fields["region"]["enum"])
    assert fields["store"]["default"] == "."


@pytest.mark.parametrize(("order", "flow"), [(Order, "campaign"), (ComparisonOrder, "comparison")])
def test_each_field_has_a_title_and_help_in_french_and_one_entry(
    shared: SharedFolders, order: type[Order] | type[ComparisonOrder], flow: str
) -> None:
    fields = fields_of(order, shared)["properties"]
    english = [told_of(flow, name) for name in fields]
    assert all(field["title"] != name and field["description"] for name, field in fields.items())
    assert not {told.help for told in english} & {field["description"] for field in fields.values()}
    assert not any("anyOf" in field for field in fields.values())
    assert str(shared.store) in fields["store"]["description"]


def test_the_page_of_a_form_says_what_each_name_in_its_lists_means(shared: SharedFolders) -> None:
    told = description_of("campaign", shared)
    assert "- `corse`: Corse" in told
    assert "- `fair.yaml`" in told
    named = [*POSTURES.names(), *SCENARIOS.names()]
    assert [name for name in named if f"- `{name}`: " not in told] == []


COMPARED = {"region": "corse", "scenario": "island-alone", "postures": ["baseline", "fair.yaml"]}


def test_a_form_of_a_comparison_takes_what_one_of_a_campaign_does(shared: SharedFolders) -> None:
    order = comparison_order_of(COMPARED | {"store": "spring"}, shared)
    assert order.postures == ("baseline", str(shared.inputs[0].resolve() / "fair.yaml"))
    assert order.store == str(shared.store / "spring")
    fields = fields_of(ComparisonOrder, shared)["properties"]
    assert {"pooled", "fair.yaml"} <= set(fields["postures"]["items"]["enum"])
    assert "care-2027" in fields["study"]["enum"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"postures": ["baseline", "../secret.yaml"]},
        {"postures": "baseline,pooled"},
        {"scenarios": ["link.yaml"]},
        {"events": ["/etc/shadow"]},
        {"posture": "region"},
        {"event": "../secret.yaml"},
        {"study": "fair.yaml"},
        {"store": "out"},
        {"postures": ["baseline"] * 51},
        {"evil": 1},
    ],
)
def test_nor_does_it_take_more(shared: SharedFolders, wrong: dict[str, object]) -> None:
    with pytest.raises(BadForm) as refused:
        comparison_order_of(COMPARED | wrong, shared)
    assert SECRET not in str(refused.value)


def test_a_folder_that_is_none_is_told_when_the_room_opens(tmp_path: Path) -> None:
    with pytest.raises(NoFolder, match="is not a folder"):
        SharedFolders(store=tmp_path, inputs=(tmp_path / "missing",)).check()
