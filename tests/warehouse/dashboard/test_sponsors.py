"""Sponsors: what the questions answer, the charts, and the pages of all and of one."""

import pytest

from tests.warehouse.dashboard.busy import HOSTILE
from warehouse.dashboard.charts import sponsors as charts


def test_the_roster_has_renewal_classes_and_a_bar_for_every_month(busy):
    roster = busy.ask("sponsors/roster").set_index(["feed", "sponsor"])

    assert roster.loc[(HOSTILE, "steady"), "renewal"] == "recurring"
    assert roster.loc[(HOSTILE, "early"), "renewal"] == "lapsed"
    assert roster.loc[(HOSTILE, HOSTILE), "renewal"] == "too early to say"
    assert list(roster.loc[(HOSTILE, "returner"), "by_month"]) == [1, 0, 0, 0, 0, 0, 0, 1]


def test_a_lapse_counts_after_180_days_as_far_as_the_articles_reach(busy):
    rows = busy.ask("sponsors/movement")
    moves = {
        (f"{row.month_date:%Y-%m}", row.movement): (row.change, row.who)
        for row in rows.itertuples()
    }

    assert moves["2026-03", "lapsed"] == (-1, "returner")
    assert moves["2026-05", "back"] == (1, "returner")
    assert moves["2026-05", "new"] == (1, HOSTILE)
    assert ("2026-05", "lapsed") not in moves


def test_months_nobody_watched_are_neither_sold_nor_unsold(busy):
    months = busy.ask("sponsors/sell_through", feeds=["forge"]).set_index("month_date")

    assert months.loc["2025-10-01", "sold_share"] == 0.25
    assert months.loc["2026-02-01", "state"] == "not watched"
    assert months["sold_share"].isna().loc["2026-02-01"]


def test_the_calendar_has_a_row_for_every_slot_and_names_the_first_sponsors(busy):
    spec = charts.calendar(busy.ask("sponsors/calendar")).to_dict()

    assert [row.rpartition(" · ")[2] for row in spec["encoding"]["y"]["sort"]] == [
        "top",
        "middle",
        "top",
    ]
    assert spec["encoding"]["color"]["scale"]["domain"][-1] == "others and unnamed"


def test_doubtful_placements_are_shown_but_count_nowhere(busy):
    rows = busy.ask("sponsors/placements_of", sponsor="steady")

    assert rows["standing"].value_counts().to_dict() == {"counts": 35, "doubtful": 1}
    assert busy.ask("sponsors/profile", sponsor="steady").iloc[0]["placements"] == 35


def test_earned_attention_stands_beside_paid(busy):
    rows = busy.ask("sponsors/earned").set_index("company")

    assert rows.loc["steady", ["written_about", "paid", "attention"]].tolist() == [
        1,
        34,
        "earned and paid",
    ]
    assert rows.loc["kettle", "attention"] == "earned only"


@pytest.mark.parametrize("name", ["creatives", "topics", "movement", "sell_through", "earned"])
def test_charts_can_be_drawn_of_a_single_row(busy, name):
    frame = busy.ask(f"sponsors/{name}").head(1)

    assert getattr(charts, name)(frame).to_dict()["$schema"]


def test_two_advertisements_with_one_headline_have_a_line_each(busy):
    frame = busy.ask("sponsors/creatives")
    spec = charts.creatives(frame).to_dict()

    assert frame["headline"].tolist().count("Try steady") == 2
    assert len(set(spec["layer"][0]["encoding"]["y"]["sort"])) == len(frame)


@pytest.mark.parametrize("part", ["Who pays", "When and where", "Advertisements", "Beside what"])
def test_every_part_of_the_page_can_be_opened_by_its_address(app, part):
    page = app("sponsors", part=part)

    assert not page.exception
    assert page.subheader


@pytest.mark.parametrize("written", ["newcomer", HOSTILE])
def test_a_sponsor_is_opened_by_id_or_name_and_its_name_stays_text(app, written):
    page = app("sponsors", sponsor=written)

    assert not page.exception
    assert page.selectbox(key="sponsor").value == "newcomer"
    assert page.header[0].value.startswith("\\[Steal\\]\\(javascript\\:alert")


def test_an_unknown_sponsor_is_told(app):
    page = app("sponsors", sponsor="nobody")

    assert any("No sponsor nobody is known" in each.value for each in page.caption)
    assert page.subheader[0].value == "Who sponsors, and how faithfully?"


def test_the_way_back_leads_to_all_sponsors(app):
    page = app("sponsors", sponsor="steady")
    page.button[0].click().run()

    assert page.selectbox(key="sponsor").value is None
    assert page.subheader[0].value == "Who sponsors, and how faithfully?"


def test_the_page_says_so_when_nobody_sponsors(empty_app):
    page = empty_app("sponsors")

    assert not page.exception
    assert any("No paid placement with a named sponsor" in each.value for each in page.caption)
