"""One story is one cluster: two addresses, reposts and revisions meet; monthly bulletins do not."""

import random
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from transforms.model import Article
from transforms.pages.headers import CHINA
from transforms.pages.repeats import are_repeats, find_repeats, likeness, signature_of

STORY = "\n".join(
    f"第{index}站，巡察干部来到{place}，走访{index + 3}户群众，收集意见{index * 7 + 2}条，"
    f"推动解决{place}{thing}的问题，群众对{thing}的满意度明显提高。"
    for index, (place, thing) in enumerate(
        zip(
            ("河口村", "石桥镇", "新圩社区", "白沙屯", "龙潭乡", "老街居委会", "松岭林场"),
            ("饮水", "修路", "路灯", "补贴发放", "危房改造", "低保评议", "林权登记"),
            strict=True,
        )
    )
)
BULLETIN = (
    "{year}年{month}月，全区共查处违反中央八项规定精神问题{a}起，批评教育和处理{b}人，"
    "其中给予党纪政务处分{c}人。查处形式主义、官僚主义问题{d}起，批评教育和处理{e}人；"
    "查处享乐主义、奢靡之风问题{f}起，批评教育和处理{g}人。"
)

SKETCH = (
    1315693500537524029,
    1670030389003721435,
    11321317926546187652,
    12611678992933907893,
    15479518334549222630,
)  # of 提醒谈话29人次


def article(name: str, text: str, day: int = 1, site: str = "gxjjw") -> Article:
    at = datetime(2021, 3, day, 9, tzinfo=CHINA)
    return Article(f"{site}/{name}", site, None, "题", at, None, None, None, text)


def kinds(*articles: Article) -> dict[str, tuple[str, str]]:
    found = find_repeats(map(signature_of, articles))
    return {repeat.article_id: (repeat.original_id, repeat.kind) for repeat in found}


def test_two_addresses_of_one_text_are_one_article() -> None:
    found = kinds(article("1", STORY), article("2", STORY.replace("\n", " \n　　"), day=2))
    assert found == {"gxjjw/2": ("gxjjw/1", "same_text")}


def test_repost_with_another_byline_is_led_back_to_the_earliest() -> None:
    repost = f"原标题：进村入户\n{STORY}\n（河口村 供稿）"
    found = kinds(article("9", repost, day=5, site="ccdi"), article("1", STORY, day=2))
    assert found == {"ccdi/9": ("gxjjw/1", "repost")}


def test_corrected_text_is_a_revision() -> None:
    corrected = STORY.replace("明显提高", "显著提升", 2)
    found = kinds(article("1", STORY), article("2", corrected, day=3))
    assert found == {"gxjjw/2": ("gxjjw/1", "revision")}


def test_bulletins_of_two_months_are_two_articles() -> None:
    january = BULLETIN.format(year=2021, month=1, a=731, b=1042, c=688, d=305, e=433, f=426, g=609)
    february = BULLETIN.format(year=2021, month=2, a=542, b=799, c=501, d=210, e=318, f=332, g=481)
    assert kinds(article("1", january), article("2", february, day=2)) == {}


def test_short_texts_that_differ_by_one_number_are_two_articles() -> None:
    texts = ("全县立案3件，处分5人。", "全县立案4件，处分5人。")
    assert kinds(*(article(str(i), text, day=i + 1) for i, text in enumerate(texts))) == {}


def test_other_texts_are_not_repeats() -> None:
    other = STORY.translate(str.maketrans("村镇社区群众", "厂矿车间职工"))
    assert likeness(*map(signature_of, (article("1", STORY), article("2", other)))) < 0.7


@given(st.randoms())
def test_order_of_the_articles_does_not_matter(shuffled: random.Random) -> None:
    articles = [
        article("1", STORY),
        article("2", STORY, day=2),
        article("3", STORY + "\n（通讯员）", day=3, site="ccdi"),
        article("4", BULLETIN.format(year=2021, month=1, a=1, b=2, c=3, d=4, e=5, f=6, g=7), day=4),
        article("5", STORY[:90], day=5),
    ]
    wanted = kinds(*articles)
    shuffled.shuffle(articles)
    assert kinds(*articles) == wanted
    assert set(wanted) == {"gxjjw/2", "ccdi/3"}


@given(st.text(max_size=200), st.text(max_size=200))
def test_likeness_is_a_symmetric_share(one: str, other: str) -> None:
    first, second = (
        signature_of(article(name, text.encode("utf-8", "replace").decode()))
        for name, text in (("1", one), ("2", other))
    )
    assert 0 <= likeness(first, second) <= 1
    assert likeness(first, second) == likeness(second, first)
    assert likeness(first, first) == 1
    assert are_repeats(first, first)


def test_signature_is_the_same_on_every_machine() -> None:
    signature = signature_of(article("1", STORY))
    assert signature.sketch == tuple(sorted(signature.sketch))
    assert len(signature.sketch) == 128
    printed = signature_of(article("1", "提醒 谈话，２９人次。"))
    assert printed.sketch == SKETCH
    assert printed.numbers == (("29", 1),)
