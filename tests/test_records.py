"""The JSON records are those that the contract promises."""

from __future__ import annotations

import json
from datetime import date

from transforms.reading import read_text
from transforms.records import measure_record, number, reading_records

TEXT = "2020年，青秀区纪委监委走访会员企业150余家，拨付财政贴息691.11万元，满意率98.5%。"
CONTRACT = """
    type article_id start end surface quote value low high unit dimension category problem rank
    predicate object actor reporter target region region_scope period_start period_end
    period_basis period_surface is_measure aggregation modality polarity parent relation
    confidence rule
"""


def read():
    return read_text(
        TEXT, title="走访企业", source="青秀区纪委监委", published_at=date(2021, 3, 29),
        article_id="gxjjw/1",
    )  # fmt: skip


def test_a_measure_has_at_least_the_promised_fields():
    reading = read()
    record = measure_record(reading.article, reading.measures[0])
    assert set(CONTRACT.split()) <= record.keys()
    assert record["measure_id"] == f"gxjjw/1#{record['start']}"
    assert (record["value"], record["low"], record["high"], record["unit"]) == (150, 150, 160, "家")
    assert record["category"] == "enterprise_visit"
    assert (record["period_start"], record["period_end"]) == ("2020-01-01", "2020-12-31")
    assert TEXT[record["start"] : record["end"]] == record["surface"] == "150余家"
    assert record["quote"] == TEXT


def test_money_is_in_yuan_and_percentages_as_written():
    values = [measure_record(read().article, one)["value"] for one in read().measures]
    assert values == [150, 6911100, 98.5]


def test_records_are_json_and_the_article_comes_first():
    records = reading_records(read(), text=True)
    assert json.loads(json.dumps(records, ensure_ascii=False)) == records
    assert records[0]["type"] == "article"
    assert records[0]["published_at"] == "2021-03-29T00:00+08:00"
    assert records[0]["text"] == TEXT
    assert "text" not in reading_records(read())[0]
    assert {record["type"] for record in records[1:]} <= {"measure", "programme", "case_notice"}


def test_whole_numbers_are_ints():
    assert number(read().measures[1].figure.quantity.value) == 6911100
    assert isinstance(number(read().measures[1].figure.quantity.value), int)
    assert number(None) is None


def test_a_lone_surrogate_does_not_break_the_encoding():
    reading = read_text("约谈\ud8003\ud800人。", published_at=date(2021, 3, 29))
    for record in reading_records(reading, text=True):
        json.dumps(record, ensure_ascii=False).encode()
