"""Bytes are read with the encoding they are in, whatever they declare."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.pages.encoding import REPLACEMENT, commonness, declared_charset, decode

SIMPLIFIED = (
    "青禾县纪委监委开展监督检查12轮次，发现问题38个，给予党纪政务处分5人——“小切口”•办实事。"
    "近日，检查组的同志来到这里，了解群众关心的问题是不是已经解决，工作有没有落到实处。"
)
TRADITIONAL = (
    "近日，調查組的同事來到這裡，了解民眾關心的問題是不是已經解決，工作有沒有落實。"
    "他們說，這個月一共處理了三十八件，還有五件正在進行中，會在下個月對外說明。"
)
RARE = "㐂镕𠮷堃"


def page(text: str, charset: str) -> str:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">'
    return f"<html><head>{meta}<title>x</title></head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize(
    ("codec", "text", "encoding"),
    [
        ("utf-8", SIMPLIFIED, "utf-8"),
        ("utf-8", TRADITIONAL, "utf-8"),
        ("utf-8-sig", SIMPLIFIED, "utf-8"),
        ("gb18030", SIMPLIFIED, "gb18030"),
        ("gb18030", SIMPLIFIED + RARE, "gb18030"),
        ("big5hkscs", TRADITIONAL, "big5hkscs"),
        ("utf-16", SIMPLIFIED, "utf-16-le"),
    ],
    ids=("utf-8", "utf-8 trad.", "bom", "gbk", "gb18030", "big5", "utf-16"),
)
@pytest.mark.parametrize("declared", ["gb2312", "gbk", "utf-8", "big5", "iso-8859-1", "nonsense"])
@pytest.mark.parametrize("header", [None, "text/html; charset=utf-8", "text/html; charset=gb2312"])
def test_the_bytes_decide(
    codec: str, text: str, encoding: str, declared: str, header: str | None
) -> None:
    decoded = decode(page(text, declared).encode(codec), header)
    assert decoded.text == page(text, declared)
    assert decoded.encoding == encoding
    assert decoded.broken == 0


@pytest.mark.parametrize("char", "—·•“”…￥㐂𠮷")
def test_characters_that_a_narrower_codec_loses(char: str) -> None:
    """Python's gb2312 codec turns — into ―; gbk has no •; both labels are read as gb18030."""
    text = SIMPLIFIED.replace("38", char)
    assert decode(page(text, "gb2312").encode("gb18030")).text == page(text, "gb2312")


@pytest.mark.parametrize(
    ("body", "header", "charset"),
    [
        (b'<meta charset="gb2312">', None, "gb18030"),
        (b"<META HTTP-EQUIV=Content-Type CONTENT='text/html; charset=GBK'>", None, "gb18030"),
        (b'<script charset="big5" src="a.js"></script><meta charset=utf-8>', None, "utf-8"),
        (b'<meta charset="gbk">', "text/html; charset=UTF-8", "utf-8"),
        (b'<meta charset="gbk">', "text/html; charset=ISO-8859-1", "gb18030"),
        (b"<p>no word of it</p>", None, None),
        (b"<p>no word of it</p>", "text/html", None),
    ],
)
def test_declared_charset(body: bytes, header: str | None, charset: str | None) -> None:
    assert declared_charset(body, header) == charset


def test_a_few_broken_bytes_stay_utf_8_and_are_counted() -> None:
    decoded = decode(page(SIMPLIFIED * 20, "utf-8").encode().replace(b"</p>", b"\xff</p>"))
    assert decoded.encoding == "utf-8"
    assert decoded.broken == 1


def test_one_broken_byte_in_a_few_words_stays_utf_8() -> None:
    decoded = decode("<p>提醒谈话29人\0的问题</p>".encode().replace(b"\0", b"\xff"))
    assert decoded.text.replace("\ufffd", "") == "<p>提醒谈话29人的问题</p>"


@pytest.mark.parametrize("text", ["提醒谈话29人", "㐂镕𠮷", "立案3件"])
def test_a_few_words_are_read(text: str) -> None:
    assert decode(text.encode("gb18030"), "text/html; charset=utf-8").text == text
    assert decode(text.encode(), "text/html; charset=gb2312").text == text


def test_a_few_broken_bytes_stay_gb18030_and_are_counted() -> None:
    body = page(SIMPLIFIED * 20, "gbk").encode("gb18030")
    decoded = decode(body[:-40] + b"\xff\x30" + body[-40:])
    assert decoded.encoding == "gb18030"
    assert 1 <= decoded.broken <= 3


def test_gbk_that_happens_to_be_valid_utf_8() -> None:
    body = b'<meta charset="gb2312">' + "没每目".encode("gb18030")
    body.decode("utf-8")
    assert decode(body).text.endswith("没每目")


def test_commonness_tells_scripts_apart() -> None:
    assert commonness(SIMPLIFIED, "gb18030") > 0.35
    assert commonness(TRADITIONAL, "big5hkscs") > 0.35
    wrong = SIMPLIFIED.encode("gb18030").decode("big5hkscs", "replace")
    assert commonness(wrong, "big5hkscs") < 0.15


@given(st.binary(max_size=400), st.none() | st.text(max_size=40))
def test_any_bytes_are_read(body: bytes, header: str | None) -> None:
    decoded = decode(body, header)
    assert decoded.broken == decoded.text.count(REPLACEMENT)
    decoded.text.encode("utf-8")  # no lone surrogates


@given(st.text(alphabet=SIMPLIFIED, min_size=40, max_size=200))
def test_round_trip_of_chinese_text(text: str) -> None:
    for codec in ("utf-8", "gb18030"):
        assert decode((SIMPLIFIED + text).encode(codec)).text == SIMPLIFIED + text


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_twenty_megabytes_a_second(codec: str) -> None:
    body = page(SIMPLIFIED * 150, "gbk").encode(codec)
    best = min(_seconds(body) for _ in range(5))
    assert len(body) / best > 20e6  # some 120 where nothing else runs


def _seconds(body: bytes) -> float:
    start = time.process_time()
    for _ in range(50):
        decode(body)
    return (time.process_time() - start) / 50
