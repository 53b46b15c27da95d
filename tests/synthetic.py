"""A site of any number of articles made up by rule: lists in both layouts, GBK pages of 30–70 KB."""
# ruff: noqa: E501 - markup stands as it is sent

import random
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from transforms.model import Snapshot
from transforms.regions import rows

HOST = "www.gxjjw.gov.cn"
FIRST_SERIAL = 120_000
A_LIST = 40  # articles a list page
REDESIGN = date(2018, 1, 1)
PLACES = tuple(
    row.name
    for row in rows()
    if row.code.startswith("45") and row.level == "lv_county" and not row.valid_to
)
DEEDS = (
    "走访企业{}家", "提醒谈话{}人", "给予党纪政务处分{}人", "立案{}件", "受理信访举报{}件次",
    "开展监督检查{}次", "发现问题{}个", "督促整改问题{}个", "下发纪检监察建议书{}份", "约谈{}人次",
    "查处形式主义、官僚主义问题{}起", "追缴违纪资金{}万元", "谈话函询{}件次", "组织警示教育{}场次",
)  # fmt: skip
PROSE = (
    "该{organ}坚持问题导向，紧盯重点领域和关键环节，推动监督具体化、精准化、常态化。",
    "“要把监督挺在前面，让群众感受到正风肃纪就在身边。”该{organ}有关负责人表示。",
    "连日来，监督检查组深入乡镇、村屯和企业，与干部群众面对面交流，了解惠民政策落实情况。",
    "针对发现的苗头性、倾向性问题，及时咬耳扯袖，做到早发现、早提醒、早纠正。",
    "下一步，将持续压紧压实主体责任，以高质量监督护航经济社会发展。",
)


class Site:
    """`count` articles between two days; the same numbers always make the same bytes."""

    def __init__(
        self, count: int, *, since=date(2015, 6, 1), until=date(2021, 6, 30), seed: int = 7
    ) -> None:
        self.count, self.seed = count, seed
        self.start = datetime(since.year, since.month, since.day, 1, tzinfo=UTC)
        self.step = timedelta(days=(until - since).days) / max(1, count)

    def published_at(self, number: int) -> datetime:
        return self.start + self.step * number + timedelta(hours=8)

    def url(self, number: int) -> str:
        seconds = int((self.start + self.step * number).timestamp())
        return f"http://{HOST}/staticpages/{self.published_at(number):%Y%m%d}/gxjjw{seconds:08x}-{FIRST_SERIAL + number}.shtml"

    def pages(self) -> Iterator[Snapshot]:
        return (Snapshot(self.url(number), self.page(number)) for number in range(self.count))

    def text(self, number: int) -> tuple[str, list[str]]:
        dice = random.Random(self.seed * 1_000_003 + number)
        place, day = dice.choice(PLACES), self.published_at(number)
        organ = f"{place}纪委监委"
        told = [f"“亲”而有度　“清”而有为。{dice.choice(PROSE).format(organ='委')}"]
        for _ in range(dice.randint(2, 6)):
            when, months = dice.choice(
                ((f"{day.month - 1}月份", 1), ("今年上半年", 6), ("前三季度", 9))
            )
            last = {1: day.month - 1, 6: 6, 9: 9}[months]
            chosen = dice.sample(range(len(DEEDS)), dice.randint(1, 4))
            # What is told of a place, a deed and a time is the same wherever it is told.
            deeds = "，".join(
                DEEDS[deed].format(self.done(place, deed, day.year, last, months))
                for deed in chosen
            )
            if last and last < day.month:
                told.append(f"{when}，{organ}{deeds}。{dice.choice(PROSE).format(organ='委')}")
            told.append(dice.choice(PROSE).format(organ="区") * dice.randint(1, 3))
        return f"{place}：第{number}期监督动态", told

    def done(self, place: str, deed: int, year: int, last: int, months: int) -> int:
        """What a place did of a deed in the months up to `last`."""
        told = (
            f"{self.seed} {place} {deed} {year} {month}"
            for month in range(last - months + 1, last + 1)
        )
        return sum(1 + random.Random(each).randrange(60) for each in told)

    def page(self, number: int) -> bytes:
        title, told = self.text(number)
        dice, body = random.Random(number), "\n".join(f"<p>　　{each}</p>" for each in told)
        day = f"{self.published_at(number):%Y年%m月%d日 %H:%M}"
        heading = title if number % 2 else f"<span>{title}</span>"
        markup = f"""<!DOCTYPE html>
<html><head><meta http-equiv="Content-Type" content="text/html; charset=gbk" /><title>{title}-广西纪检监察网</title>
{furniture(dice.randint(110, 260))}<div class="article wbg"><h2 class="tit">{heading}</h2>
<div class="daty text-center"><span>来源：广西纪检监察网</span>&nbsp;&nbsp;<span>发布时间：{day}</span>
<div class="share_box e"></div></div>
<div class="content"><!--more start-->
{body}
<!--more end--></div></div></body></html>
"""
        return markup.encode("gbk", "xmlcharrefreplace")

    def lists(self) -> int:
        return -(-self.count // A_LIST)

    def list_page(self, page: int) -> bytes:
        newest = self.count - 1 - (page - 1) * A_LIST
        numbers = range(newest, max(-1, newest - A_LIST), -1)
        row = self._new_row if self.published_at(newest).date() >= REDESIGN else self._old_row
        following = f'<a href="908-{page + 1}.shtml">下一页</a>' if page < self.lists() else ""
        rows = f'<ul class="m_textlist">{"".join(map(row, numbers))}</ul><p>{following}</p>'
        return f"<html><body>{rows}</body></html>".encode("gbk", "xmlcharrefreplace")

    def _new_row(self, number: int) -> str:
        return f"<li>{self._link(number)}<span>{self.published_at(number):%Y-%m-%d}</span></li>"

    def _old_row(self, number: int) -> str:
        day = f"<span>{self.published_at(number):%Y-%m-%d}</span>"
        return f'<div class="more_list lh28 fn-clear">{day}{self._link(number)}</div>'

    def _link(self, number: int) -> str:
        return f'<a href="{self.url(number)}">{self.text(number)[0]}</a>'


@lru_cache(maxsize=400)
def furniture(rows: int) -> str:
    """Scripts, styles and menus: most of a real page."""
    menu = "".join(
        f'<li class="m{n % 9}"><a href="http://{HOST}/staticmores/{n}/{n}-1.shtml" title="栏目导航{n}：要闻动态与公开" target="_blank">栏目导航{n}</a></li>\n'
        for n in range(rows)
    )
    style = "".join(
        f".m{n} a {{ color: #{n:03x}; padding: 0 {n % 20}px; line-height: 28px; }}\n"
        for n in range(rows)
    )
    script = "".join(
        f"var a{n} = document.getElementById('x{n}'); if (a{n}) {{ a{n}.style.display = 'none'; }}\n"
        for n in range(rows)
    )
    return f'<style>{style}</style><script type="text/javascript">{script}</script></head><body><div class="nav"><ul>{menu}</ul></div>'


class Quiet(ThreadingHTTPServer):
    """Whoever is killed leaves in the middle of an answer: nothing to tell."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        del request, client_address


@contextmanager
def served(site: Site) -> Iterator[tuple[str, Counter[str]]]:
    """Serve the site; gives `address:port` and how often each path was asked for."""
    asked: Counter[str] = Counter()
    paths = {
        site.url(number).removeprefix(f"http://{HOST}"): number for number in range(site.count)
    }

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            asked[self.path] += 1
            body = self.body()
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def body(self) -> bytes:
            if self.path in paths:
                return site.page(paths[self.path])
            if self.path in {"/", "/staticmores/700/700-1.shtml"}:
                return site.list_page(site.lists())
            name = self.path.removeprefix("/staticmores/908/908-").removesuffix(".shtml")
            known = name.isdigit() and 1 <= int(name) <= site.lists()
            return site.list_page(int(name)) if known else b""

        def log_message(self, *words: object) -> None:
            """Say nothing."""

    server = Quiet(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
