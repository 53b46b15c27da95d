"""Matches the towns and zones that act without an organ's name: 油车港镇, 沙澧产业集聚区."""

from __future__ import annotations

import re

from transforms.actors.acting import NUMBER

PARTICLES = "以巡委对在向为由与和及把被将到从的等全各谈访督促入进绕取"
# 还|发现景福镇…: what is done to a town is no part of its name; 新建镇 is one.
DONE_TO = (
    "(?!(?:荣获|获得|获评|发现|查处|督促|督办|推动|指导|走访|检查|核查|排查|抽查|约谈|帮助|协助|曝光|通报|反映|反馈|涉及|针对|聚焦|围绕|深入"
    "|来到|前往|要求|责成|移交|解决|存在|培训|强化|加强|服务|带领|组织|联合|会同|随机|抽取|选取)[\u4e00-\u9fff]{2})"
)
TOWN_ENDS = re.compile("镇|乡(?!村)|街道|区(?<=[聚发新开园范作假税]区)(?<!社区)|园(?<=业园)(?!区)")
# 油车港镇 acts without an organ's name; 城镇, 乡镇 and 乡村 are no towns.
ONE_TOWN = (
    f"{DONE_TO}(?![各全该本某])(?:(?![{PARTICLES}])[\u4e00-\u9fff]){{1,4}}"
    "(?:(?<![城集小重乡村])镇|(?<![城下老返回家])乡(?![镇村土贤亲情音])|街道(?!办))"
    "(?![纪党政级域区村街乡干]|[科处股]级)"
    # 官陡街道蓝天社区: a community within it
    f"(?:(?:(?![{PARTICLES}共已开发推选派先后贫所辖下内小])[\u4e00-\u9fff]){{2,4}}?(?:社区(?![干居委两党])|村(?![干民委级务庄头寨容党]|组(?!织)|[两三]委)))?"
)
# 沙澧产业集聚区 acts as a town does; 开发区纪工委 is an organ.
ZONE_ENDS = "集聚区|开发区|高新区|经开区|产业园区|工业园区|产业园|示范区|合作区|度假区|保税区|新区"
ONE_ZONE = (
    f"{DONE_TO}(?![各全该本某两])(?:(?![{PARTICLES}])[\u4e00-\u9fff]){{0,10}}?(?:{ZONE_ENDS})"
    "(?![纪党管委监工的内各企域开发建设]|产业)"
)
TOWN = re.compile(
    f"{ONE_ZONE}|{ONE_TOWN}(?:[、和]{ONE_TOWN}){{0,9}}(?:等[{NUMBER}]{{0,3}}个?(?:乡镇|镇街|镇|街道|乡))?"
)
# 高新区|纪检监察系统: the zone before the head of an organ's name.
ZONE_BEFORE = re.compile(f"(?:(?![{PARTICLES}])[\u4e00-\u9fff]){{0,10}}?(?:{ZONE_ENDS})$")
TOWN_REACH = 12  # characters after a name in which 镇 or 街道 of its town begins
