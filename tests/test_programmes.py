"""Which programmes a text names, and how their names are written where the quotes were lost."""

import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.document import Document
from transforms.lexicon import codes, rows
from transforms.model import Mention, Programme, Span
from transforms.programmes.programmes import find_programmes
from transforms.programmes.words import heads, is_generic, used

HERE = Path(__file__).parent


def found(text: str, *mentions: Mention, source: str | None = None) -> tuple[Programme, ...]:
    document = Document(text, source=source, published_on=date(2021, 3, 29))
    return find_programmes(document, mentions)


def cases() -> list[tuple[str, list[str]]]:
    lines = (HERE / "cases" / "programmes.tsv").read_text("utf-8").splitlines()[1:]
    pairs = (line.split("\t") for line in lines)
    return [(text, [name for name in names.split(";") if name]) for text, names in pairs]


@pytest.mark.parametrize(("text", "names"), cases())
def test_names(text: str, names: list[str]) -> None:
    programmes = found(text)
    assert [programme.name for programme in programmes if not programme.short] == names
    for programme in programmes:
        surface = programme.span.of(text)
        assert programme.round_no or bare(surface) == bare(programme.name)


def bare(name: str) -> str:
    return name.translate({ord(mark): None for mark in "“”‘’"})


def test_projects_belong_to_the_campaign_of_their_sentence() -> None:
    text = "开展“护航”专项行动，推进固本工程、护企工程。后来实施护企工程”。"
    programmes = found(text)
    parents = {(p.name, p.parent) for p in programmes if p.kind == "ck_project"}
    campaign = "“护航”专项行动"
    assert parents == {("固本工程", campaign), ("护企工程", campaign), ("“护企工程”", campaign)}


def test_short_mentions_mean_what_was_named_before() -> None:
    text = (
        "开展“护航”专项行动，推进作风建设攻坚行动。"
        "专项行动开展以来，约谈29人。该专项行动共立案3件。此次攻坚行动结束。"
    )
    shorts = [(p.span.of(text), p.name) for p in found(text) if p.short]
    assert shorts == [
        ("专项行动", "“护航”专项行动"),
        ("专项行动", "“护航”专项行动"),
        ("攻坚行动", "作风建设攻坚行动"),
    ]
    assert found("专项行动开展以来，约谈29人。") == ()


def test_what_is_gathered_before_a_head_noun_is_named_one_by_one() -> None:
    text = "开展“窗口体验”“流程互换”等活动，开展“护苗”、“护薪”等专项行动。"
    assert [(p.name, p.span.of(text)) for p in found(text)] == [
        ("“窗口体验”活动", "“窗口体验”"),
        ("“流程互换”活动", "“流程互换”"),
        ("“护苗”专项行动", "“护苗”"),
        ("“护薪”专项行动", "“护薪”"),
    ]


def test_common_nouns_point_back_to_the_name_that_ends_in_them() -> None:
    text = "开展“护苗”专项行动，举办“家风”主题活动。此次行动立案3件，该活动走访8户。该工程完工。"
    shorts = [(p.span.of(text), p.name) for p in found(text) if p.short]
    assert shorts == [("行动", "“护苗”专项行动"), ("活动", "“家风”主题活动")]


def test_a_check_is_a_programme_where_the_article_comes_back_to_it() -> None:
    assert found("县纪委开展燃气安全专项检查，发现问题6个。") == ()
    (first, second) = found("县纪委开展燃气安全专项检查。此次专项检查发现问题6个。")
    assert (first.name, second.name, second.short) == (first.name, "燃气安全专项检查", True)
    (launched,) = found("县纪委启动燃气安全专项检查。")
    assert launched.name == "燃气安全专项检查"


def test_a_platform_is_named_with_its_quote() -> None:
    (programme,) = found("开通“小微权力监督一点通”平台。")
    assert programme.name == "“小微权力监督一点通”平台"


def test_nothing_is_left_of_an_organs_joint_work() -> None:
    text = "柳东区教育局联合专项整治领导小组开展督查。"
    assert found(text, Mention(Span(0, 6), "organ", "柳东区教育局", code="450000")) == ()


def test_a_place_is_no_part_of_a_name() -> None:
    text = "南江市违规吃喝专项整治取得成效。"
    (programme,) = found(text, Mention(Span(0, 3), "region", "南江市", code="450000"))
    assert programme.name == "违规吃喝专项整治"


def test_rounds_carry_their_keys() -> None:
    (first, second) = found("十二届县委首轮巡察结束，二轮巡察启动。")
    assert (first.kind, first.organ, first.round_no, first.term_no) == (
        "ck_inspection_round",
        "县委",
        1,
        12,
    )
    assert (second.round_no, second.term_no) == (2, 12)
    (alone,) = found("第七轮巡察反馈问题。", source="南宁市西乡塘区纪委监委")
    assert alone.name == "区委第七轮巡察"
    (unknown,) = found("第七轮巡察反馈问题。")
    assert (unknown.name, unknown.organ) == ("第七轮巡察", None)


def test_the_organ_is_the_one_that_acts() -> None:
    text = "某区纪委监委对标市委部署要求，开展“护航”专项行动。"
    organs = (
        Mention(Span(0, 6), "organ", "某区纪委监委", code="450107"),
        Mention(Span(8, 10), "organ", "南宁市委", code="450100"),
    )
    (programme,) = found(text, *organs)
    assert (programme.organ, programme.region) == ("某区纪委监委", "450107")


def test_an_organ_is_no_part_of_a_name() -> None:
    text = "县纪委监委营商环境专项整治成效明显。"
    (programme,) = found(text, Mention(Span(0, 5), "organ", "某县纪委监委"))
    assert (programme.name, programme.span.start) == ("营商环境专项整治", 5)


SENTENCES = {
    "named": "启动护航春耕{}，",
    "quoted": "启动“护航春耕”{}，",
    "after_quote": "启动“护航春耕”{}，",
    "listed": "推进护航{0}、暖心{0}，",
    "counted": "开列59项{}，",
    "strategy": "落实强县{}，",
    "fixed": "出台{}，",
    "titled": "播出《{}》，",
}


@pytest.mark.parametrize("row", rows("programme_heads.tsv"), ids=lambda row: row["head"])
def test_every_head_is_reached(row: dict[str, str]) -> None:
    if row["form"] == "never":
        assert found(f"大搞{row['head']}，负责{row['head']}。") == ()
        return
    text = SENTENCES[row["form"]].format(row["head"])
    programmes = found(text)
    assert programmes, text
    assert programmes[0].kind == row["kind"]
    assert row["head"] in programmes[0].name


def test_the_lexicon_does_not_contradict_itself() -> None:
    kinds = set(codes("campaign_kind"))
    assert {head.kind for head in heads().values()} <= kinds | {"-"}
    assert len(heads()) == len(rows("programme_heads.tsv"))
    assert not used("launch") & used("follow")
    assert not used("launch") & used("keep")
    pairs = [(row["word"], row["use"]) for row in rows("programme_words.tsv")]
    assert len(pairs) == len(set(pairs))


@pytest.mark.parametrize("use", ["generic", "short"])
def test_words_that_make_no_name(use: str) -> None:
    for word in used(use):
        if use == "generic":
            assert is_generic(word), word
        programmes = found(f"开展{word}专项行动。")
        assert [p for p in programmes if not p.short] == [], word


@pytest.mark.parametrize("verb", sorted(used("launch")))
def test_a_name_begins_after_its_verb(verb: str) -> None:
    (programme,) = found(f"县里{verb}护航春耕专项监督。")
    assert programme.name == "护航春耕专项监督"


@given(
    st.text(alphabet="专项行动整治工程清单“”‘’《》、，。开展对的一10个轮巡察第七区委", max_size=60)
)
def test_any_text_is_read(text: str) -> None:
    programmes = found(text)
    spans = [programme.span for programme in programmes]
    assert spans == sorted(spans)
    for programme in programmes:
        assert programme.name
        assert programme.span.of(text)


ADVERSARIAL = (
    *("专项行动", "”", "“", "一月一监督”", "工程、", "强责工程、", "开展", "《"),
    *("开展燃气安全专项检查，", "“甲乙丙”等活动、", "此次行动", "从问题看，", "“甲乙”某某某"),
    *("第七轮巡察", "“a”专项行动", "10个带头”", "专"),
)


@pytest.mark.parametrize("unit", ADVERSARIAL)
def test_time_is_linear(unit: str) -> None:
    found(unit)
    text = (unit * 100_000)[:100_000]
    started = time.process_time()
    found(text)
    assert time.process_time() - started < 6


def test_names_that_a_number_gathers_before_their_head_noun() -> None:
    text = "组织校外培训“平安消费”“监管护苗”等10场专项行动。"
    assert [one.name for one in found(text)] == ["“平安消费”专项行动", "“监管护苗”专项行动"]
