"""Reads the words that tell the level of a division and how far it goes: 全市, 各级, 首府."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from transforms import lexicon, regions
from transforms.patterns import searchable

ALL_LEVELS = "all_levels"
LEVEL_WORD = re.compile(r"([全该我本原]?)(自治区|城区|地区|省|市|县|区|州|旗|盟)")
# 社区, 园区, 辖区, 城市 … are words of their own: their last character is no level.
LEVEL = (
    "自治区|城区|地区|(?<![社园辖小山景校库牧矿林厂片新发灾疫学街选战禁])区"
    "|(?<![城都])市|省|县|州|旗|盟"
)
SEVERAL = (
    "(?:全国|全省|全市|全县)?(?:各级|上下级|各地)|各县[（(]市、?区[）)]|各(?:省区市|省级|市级|县级|县市区|市县|县区|县|区|市)"
    "|(?:自治区、|[省市县区州乡镇旗村][、和]?){1,3}[省市县区州乡镇旗村](?:[两三四五]级)?"
)
QUALIFIER = re.compile(
    searchable(
        rf"(?:中国共产党|中共|{SEVERAL}|全国|(?:[该本][省市县区州旗])?[全该我本]?(?:{LEVEL})(?:本级|一级)?"
        "|原|[一二三四五六七八九十]{1,3}届)$"
    )
)


@cache
def capital(code: str | None) -> str | None:
    """Return the seat of the autonomous region that holds `code`."""
    capitals = {
        province
        for row in lexicon.rows("place_words.tsv")
        if row["kind"] == "capital"
        for province in lexicon.listed(row["words"])
    }
    province = regions.province_of(code) if code else None
    return province[:2] + "0100" if province in capitals else None


@lru_cache(maxsize=4096)
def scope_and_level(words: str, scope: str) -> tuple[str, str]:
    """Split 全市各级 into its scope and the word that tells the division."""
    level = LEVEL_WORD.match(words)
    if words == "全国" or words.startswith("全国"):
        return ALL_LEVELS, "全国"
    if words.startswith(("全", "各")) or "级" in words or "、" in words:
        several = ALL_LEVELS if not words.endswith(("本级", "一级")) else scope
        return several, level.group() if level else ""
    return scope, level.group() if level and level.end() == len(words) else ""
