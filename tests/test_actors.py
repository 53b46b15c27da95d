"""Whose doing a figure counts: sentences of our own in the style of the genre."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms import lexicon, regions
from transforms.actors.actors import ActorReader, Actors
from transforms.document import Document
from transforms.mentions.mentions import find_mentions
from transforms.model import Span

MARK = re.compile("[〈〉【】]")
DISTRICT = "南宁市江南区纪委监委"
CITY = "玉林市纪委监委"
PROVINCE = "湖南省纪委监委"
COUNTY = "广西灵川县纪委监委"
SITE = "中央纪委国家监委网站"


def read(marked: str, source: str | None, title: str = "") -> Actors:
    """Read the figure 【…】 with the predicate 〈…〉 of a marked text."""
    text = MARK.sub("", marked)
    figure = span_of(marked, "【", "】")
    predicate = span_of(marked, "〈", "〉") if "〈" in marked else None
    document = Document(text, title, source, date(2022, 6, 30))
    return ActorReader(document, find_mentions(document)).at(figure, predicate)


def span_of(marked: str, opening: str, closing: str) -> Span:
    start = len(MARK.sub("", marked[: marked.index(opening)]))
    return Span(start, len(MARK.sub("", marked[: marked.index(closing)])))


ACTORS = [
    # the subject of the clause, of an earlier clause, of the sentence before
    (DISTRICT, "江南区纪委监委〈约谈〉责任人【12人】。", "江南区纪委监委"),
    (
        DISTRICT,
        "今年以来，江南区纪委监委紧盯重点领域，深挖细查，〈立案〉【31件】。",
        "江南区纪委监委",
    ),
    (
        DISTRICT,
        "江南区纪委监委组建专班入企走访。截至5月底，〈收集〉诉求【76条】。",
        "江南区纪委监委",
    ),
    # a firm, a university, a hospital, a zone; what points back to one of them
    (None, "鞍钢纪委强化专责监督，〈立案〉【12件】。", "鞍钢纪委"),
    (SITE, "今年以来，中国石化纪检监察组〈约谈〉【35人】。", "中国石化纪检监察组"),
    (SITE, "中国一汽纪检监察机构〈处分〉【5人】。", "中国一汽纪检监察机构"),
    (SITE, "国家电网公司党组落实要求，〈开展〉【9轮】巡视。", "国家电网公司党组"),
    (None, "市人民医院落实党委主体责任，纪委监督责任。〈诫勉谈话〉【2次】。", "市人民医院"),
    (None, "东江大学党委重视巡察，纪委协助。学校组织〈巡察〉党组织【26个】。", "学校"),
    (None, "东江大学纪委约谈8人。该校纪委〈处分〉【3人】。", "该校纪委"),
    (None, "省交投纪委召开会议。\n〈选拔〉监督员【16名】。", "省交投纪委"),
    (None, "协助公司纪委工作，公司纪委〈走访〉【20户】。", "公司纪委"),
    (COUNTY, "各调研组〈走访〉乡镇【20个】。", "各调研组"),
    (COUNTY, "月潭街道党工委开展活动，〈走访〉住户【20户】。", "月潭街道党工委"),
    (
        CITY,
        "兴业县委常委、城西街道党工委书记韦某介绍，目前街道〈落地〉项目【15个】。",
        "玉林市纪委监委",
    ),
    (CITY, "兴业县委常委、县纪委书记韦某介绍，上半年〈立案〉【15件】。", "县纪委"),
    (COUNTY, "由县纪委监委牵头，县委组织部、县财政局共同参与〈组建〉督查组【4个】。", "县纪委监委"),
    (COUNTY, "县纪委监委促使全县5个企业〈支付〉工资【265万元】。", "全县5个企业"),
    (COUNTY, "县住建局督促施工企业〈缴纳〉保证金【1000万元】。", "施工企业"),
    (COUNTY, "县纪委监委督促全县各项措施落实到位，目前，〈发现〉问题【12个】。", "县纪委监委"),
    (SITE, "20个省区的纪检监察机关对线索〈调查核实〉【46件】。", "纪检监察机关"),
    (SITE, "武警某省总队在基层〈聘任〉监督员【100名】。", "武警某省总队"),
    (COUNTY, "桂北产业集聚区下沉一线，〈走访〉企业【30家】。", "桂北产业集聚区"),
    (COUNTY, "高新区党工委整改，管委会配合。其间，党工委〈召开〉会议【13次】。", "党工委"),
    ("广西纪检监察网", "县纪委监委狠抓作风。\n〈立案〉【20件】。", "县纪委监委"),
    (DISTRICT, "城区财政局加快兑付进度，〈拨付〉奖补资金【860万元】。", "城区财政局"),
    (
        DISTRICT,
        "区住房和城乡建设局会同区行政审批局〈压减〉审批环节【9个】。",
        "区住房和城乡建设局",
    ),
    (
        DISTRICT,
        "区纪委监委联合区审计局、区财政局开展抽查，〈发现〉问题【23个】。",
        "区纪委监委",
    ),
    (DISTRICT, "区委巡察办、区委组织部〈反馈〉问题【41个】。", "区委巡察办、区委组织部"),
    (DISTRICT, "由区司法局牵头，〈化解〉涉企纠纷【17件】。", "区司法局"),
    (DISTRICT, "三年来，城区各级党组织书记〈走访〉企业【320余家】。", "城区各级党组织书记"),
    (DISTRICT, "区委主要领导带头包联，〈解决〉难题【28个】。", "区委主要领导"),
    (DISTRICT, "区委第六轮巡察〈发现〉问题【64个】。", "区委第六轮巡察"),
    (DISTRICT, "十二届区委第三轮巡察共〈发现〉问题【64个】。", "十二届区委第三轮巡察"),
    (DISTRICT, "该城区持续开展治理，〈清退〉违规收费【35万元】。", "该城区"),
    (DISTRICT, "专项整治开展以来，全城区〈查处〉典型问题【19起】。", "全城区"),
    (CITY, "全市纪检监察机关〈处置〉线索【1203件】。", "全市纪检监察机关"),
    (CITY, "2022年上半年，全市共〈立案〉【548件】。", "全市"),
    (CITY, "市、县两级纪委监委〈开展〉监督检查【960次】。", "市、县两级纪委监委"),
    (CITY, "博白县纪委监委〈走访〉群众【2300人次】。", "博白县纪委监委"),
    (CITY, "在市纪委监委指导下，陆川县〈退还〉群众款项【52万元】。", "陆川县"),
    (PROVINCE, "全省各级纪检监察机关〈查处〉问题【3121起】。", "全省各级纪检监察机关"),
    (PROVINCE, "据省纪委监委统计，上半年全省〈处分〉【4300人】。", "全省"),
    (SITE, "记者从灵川县纪委监委获悉，今年以来〈立案〉【31件】。", "灵川县纪委监委"),
    (SITE, "从灵川县纪委监委抽调骨干，组成专班，〈发现〉问题【31件】。", None),
    (COUNTY, "县纪委监委派出6个检查组，〈发现〉问题【53个】。", "县纪委监委"),
    (COUNTY, "县委书记带队〈走访〉企业【30家】。", "县委书记"),
    (COUNTY, "大圩镇纪委〈约谈〉村干部【8人】。", "大圩镇纪委"),
    (COUNTY, "检查组随机〈抽查〉单位【14家】。", "检查组"),
    (COUNTY, "相关职能部门〈追回〉补贴【22万元】。", "相关职能部门"),
    # urged: the deed is the urged organ's, discipline work stays with the subject
    (DISTRICT, "区纪委监委督促区财政局〈拨付〉资金【210万元】。", "区财政局"),
    (DISTRICT, "督促区人社局核查名单，累计为职工〈追讨〉欠薪【96万元】。", "区人社局"),
    (DISTRICT, "推动市场监管、住建等部门〈完善〉制度【14项】。", "市场监管、住建等部门"),
    (DISTRICT, "区纪委监委督促区财政局限期整改，〈约谈〉【4人】。", "区纪委监委"),
    (DISTRICT, "江南区纪委监委督促〈整改〉问题【45个】。", "江南区纪委监委"),
    (DISTRICT, "江南区纪委监委〈督促〉区民政局整改问题【45个】。", "江南区纪委监委"),
    (DISTRICT, "区纪委监委督促区财政局兑现奖补，指导【11家】企业完善制度。", "区纪委监委"),
    # passive and given
    (COUNTY, "全县共有27名党员干部〈被问责〉，其中股级【6人】。", "全县"),
    (COUNTY, "截至目前，已有【12人】〈受到处理〉。", "灵川县纪委监委"),
    (COUNTY, "对履职不力的责任人【7名】〈予以通报〉。", "灵川县纪委监委"),
    (COUNTY, "经县纪委监委〈立案〉查处，问题线索【12件】全部办结。", "县纪委监委"),
    # members of a team are not the team; organs of the nation and of all places
    (
        COUNTY,
        "县纪委监委整合力量，由监督室、派驻机构、乡镇纪委组成的【8个】督查组全部〈进驻〉。",
        "县纪委监委",
    ),
    (SITE, "中央纪委国家监委加强督导，各省级纪委监委共〈派出〉【236个】督导组。", "各省级纪委监委"),
    (SITE, "教育部党组高度重视，〈部署〉责任督学【16万余名】。", "教育部党组"),
    (COUNTY, "公安部门〈移交〉线索【33条】。", "公安部门"),
    (COUNTY, "县纪委监委要求乡镇、街道自查自纠，〈清理〉办公用房【35间】。", "乡镇、街道"),
    (COUNTY, "县纪委监委划分4个片区，各片区共〈处置〉线索【23条】。", "各片区"),
    (CITY, "全市〈问责〉落实不力的党组织4个，党员干部【84人】。", "全市"),
    (SITE, "各省（区、市）按照统一部署，〈检查〉项目【1073个】。", "各省（区、市）"),
    (CITY, "容县乡镇纪检监察组织〈受理〉举报【18起】。", "容县乡镇纪检监察组织"),
    (PROVINCE, "省国资委纪检监察机构〈立案〉【218起】。", "省国资委纪检监察机构"),
    (PROVINCE, "省委巡视工作领导小组向省委、省政府〈提出〉建议【16条】。", "省委巡视工作领导小组"),
    (CITY, "市委常委会〈精简〉会议【40场】。", "市委常委会"),
    (COUNTY, "下发建议书，督促被检查单位〈完善〉制度【20项】。", "被检查单位"),
    (CITY, "玉林市纪委驻市教育局纪检组〈发现〉问题【11个】。", "玉林市纪委驻市教育局纪检组"),
    (
        COUNTY,
        "县纪委监委派出第七纪检监察组强化监督，〈处分〉【24人】。",
        "县纪委监委派出第七纪检监察组",
    ),
    (COUNTY, "县纪委督促项目业主单位〈公开〉信息【40条】。", "项目业主单位"),
    (SITE, "6月，全国共查处问题23110起。\n从查处级别看，〈查处〉【91起】。", "全国"),
    (DISTRICT, "区纪委区监委〈走访〉企业【30家】。", "区纪委区监委"),
    # nobody named: the publisher
    (DISTRICT, "今年以来，〈受理〉信访举报【87件】。", "江南区纪委监委"),
    (SITE, "今年以来，〈受理〉信访举报【87件】。", None),
    # quoted national figures
    (COUNTY, "2021年，全国共〈查处〉有关问题【8.1万起】。", "全国"),
    # persons of cases
    (COUNTY, "经查，黄某利用职务便利〈套取〉资金【7.6万元】。", "黄某"),
    (SITE, "某省交通运输厅原副厅长赵全先后〈收受〉礼金【32万元】。", None),
]


ELSEWHERE = [
    (
        "贵州省遵义市汇川区纪委监委",
        "针对群众反映的停车收费乱象，汇川区纪委监委会同区发展改革局、区市场监管局开展联合督查，〈发现〉问题【17个】。",
        "汇川区纪委监委",
    ),
    ("贵州省遵义市汇川区纪委监委", "截至目前，该区已〈清退〉违规收费【28.6万元】。", "该区"),
    (
        "贵州省遵义市汇川区纪委监委",
        "在区纪委监委的推动下，区城管局〈新增〉停车泊位【320个】。",
        "区城管局",
    ),
    (
        "山东省临沂市纪委监委",
        "临沂市纪检监察机关坚持靶向施治，今年1至5月〈查处〉群众身边不正之风和腐败问题【683起】。",
        "临沂市纪检监察机关",
    ),
    (
        "山东省临沂市纪委监委",
        "“我们成立工作专班，先后〈走访〉企业【89家】。”临沂市纪委监委有关负责人介绍。",
        "临沂市纪委监委",
    ),
    (
        "山东省临沂市纪委监委",
        "沂水县纪委监委向县卫健局制发纪检监察建议书，督促其建章立制，〈完善〉制度【12项】。",
        "沂水县纪委监委",
    ),
    (
        "山东省临沂市纪委监委",
        "费县梁邱镇纪委对全镇43个村逐一过筛，〈排查〉问题【56条】。",
        "费县梁邱镇纪委",
    ),
    ("陕西省渭南市纪委监委", "市委第三巡察组进驻后，〈受理〉信访【34件】。", "市委第三巡察组"),
    (
        "陕西省渭南市纪委监委",
        "九届市委第五轮巡察对10个市直单位开展常规巡察，〈发现〉问题【213个】。",
        "九届市委第五轮巡察",
    ),
    (
        "陕西省渭南市纪委监委",
        "渭南市纪委监委驻市教育局纪检监察组〈约谈〉校长【9人】。",
        "渭南市纪委监委驻市教育局纪检监察组",
    ),
    (
        "陕西省渭南市纪委监委",
        "市教育局党组对照问题清单逐项整改，〈完成〉整改【31个】。",
        "市教育局党组",
    ),
    ("江苏省南通市纪委监委", "据了解，今年以来，南通全市〈立案〉【1050件】。", "南通全市"),
    (
        "江苏省南通市纪委监委",
        "海安市纪委监委、市审计局联动发力，〈追缴〉资金【140万元】。",
        "海安市纪委监委、市审计局",
    ),
    ("江苏省南通市纪委监委", "全市共有312名干部主动说明问题，【45名】干部〈上交〉礼金。", "全市"),
    ("江苏省南通市纪委监委", "如东县以案促改，举一反三，全县〈清理〉“僵尸账户”【68个】。", "全县"),
    (
        "浙江省嘉兴市秀洲区纪委监委",
        "秀洲区纪委监委把监督融入日常，要求相关单位限期整改，【15名】责任人被〈问责〉。",
        "秀洲区纪委监委",
    ),
    (
        "浙江省嘉兴市秀洲区纪委监委",
        "区民政局根据建议开展自查，〈取消〉不符合条件低保对象【22户】。",
        "区民政局",
    ),
    ("浙江省嘉兴市秀洲区纪委监委", "该局随后举一反三，〈补发〉补贴【3.4万元】。", "该局"),
    (
        "浙江省嘉兴市秀洲区纪委监委",
        "全区各镇（街道）纪（工）委〈开展〉检查【180次】。",
        "全区各镇（街道）纪（工）委",
    ),
    ("浙江省嘉兴市秀洲区纪委监委", "油车港镇〈建成〉清廉文化阵地【9个】。", "油车港镇"),
    (
        "四川省宜宾市纪委监委",
        "宜宾市纪委监委对此高度重视，立即督促属地纪委监委核查，〈处分〉【3人】。",
        "宜宾市纪委监委",
    ),
    (
        "四川省宜宾市纪委监委",
        "市纪委监委推动出台《办法》，市县两级〈清理〉挂牌【2100余块】。",
        "市县两级",
    ),
    (
        "四川省宜宾市纪委监委",
        "高县、珙县纪委监委开展交叉检查，〈发现〉问题【62个】。",
        "高县、珙县纪委监委",
    ),
    (
        "四川省宜宾市纪委监委",
        "市纪委监委党风政风监督室负责人表示，今年以来〈查处〉【71起】。",
        "市纪委监委党风政风监督室",
    ),
    (
        "中央纪委国家监委网站",
        "黑龙江省双鸭山市纪委监委聚焦惠农补贴，组织各县区纪委监委开展“拉网式”排查，〈发现〉问题【97个】。",
        "黑龙江省双鸭山市纪委监委",
    ),
    (
        "中央纪委国家监委网站",
        "今年以来，中央纪委国家监委加大通报力度。全国纪检监察机关〈处分〉【5.7万人】。",
        "全国纪检监察机关",
    ),
    (
        "中央纪委国家监委网站",
        "福建省漳州市长泰区某镇原党委书记林某在项目中〈收受〉好处费【20万元】。",
        "林某",
    ),
    ("中央纪委国家监委网站", "甘肃各级纪检监察机关〈立案〉【1.2万件】。", "甘肃各级纪检监察机关"),
    (
        "湖北省十堰市郧阳区纪委监委",
        "今年来，郧阳区聚焦“一老一小”，推动职能部门〈整改〉问题【46个】。",
        "职能部门",
    ),
    (
        "湖北省十堰市郧阳区纪委监委",
        "区纪委监委运用“室组地”联动机制，由监督检查室牵头、乡镇纪委参与，〈核查〉线索【11条】。",
        "区纪委监委",
    ),
    (
        "湖北省十堰市郧阳区纪委监委",
        "区法院、区检察院受邀〈开展〉庭审教育【5场】。",
        "区法院、区检察院",
    ),
    (
        "湖北省十堰市郧阳区纪委监委",
        "针对发现的问题，区纪委监委下发督办函【7份】，〈督促〉整改。",
        "区纪委监委",
    ),
    ("云南省红河州纪委监委", "全州纪检监察机关〈处置〉问题线索【902件】。", "全州纪检监察机关"),
    ("云南省红河州纪委监委", "州纪委监委联动13个县市，〈走访〉经营主体【1800户】。", "州纪委监委"),
    ("内蒙古自治区鄂尔多斯市准格尔旗纪委监委", "全旗〈追缴〉违纪资金【77万元】。", "全旗"),
    ("内蒙古自治区鄂尔多斯市准格尔旗纪委监委", "旗纪委监委〈约谈〉干部【14人】。", "旗纪委监委"),
    (
        "重庆市渝北区纪委监委",
        "渝北区纪委监委紧盯工程建设领域，〈立案审查〉【19件】。",
        "渝北区纪委监委",
    ),
    ("重庆市渝北区纪委监委", "全市巡察机构〈反馈〉问题【500个】。", "全市巡察机构"),
]


CARRIED_ON = [
    (
        "广西钦州市钦北区纪委监委",
        "“材料齐全，当天就办好了。”在钦北区政务服务中心，办事群众陆女士说。\n今年以来，钦北区纪委监委紧盯窗口作风，开展明察暗访26次，〈发现〉问题【39个】，约谈8人。",
        "钦北区纪委监委",
    ),
    (
        "广西钦州市钦北区纪委监委",
        "钦北区纪委监委坚持问题导向。对发现的问题，该区纪委监委第一时间交办，〈督促〉整改【39个】。",
        "该区纪委监委",
    ),
    (
        "广西钦州市钦北区纪委监委",
        "区纪委监委主动对接区工商联，建立联系机制。区工商联〈收集〉意见建议【64条】，转交区纪委监委办理。",
        "区工商联",
    ),
    (
        "广西钦州市钦北区纪委监委",
        "据统计，今年来，全区共有【17名】公职人员〈受到处理〉，其中党纪处分6人。",
        "全区",
    ),
    (
        "广西钦州市钦北区纪委监委",
        "平吉镇、大寺镇等乡镇结合实际，〈清理〉闲置资产【23处】。",
        "平吉镇、大寺镇等乡镇",
    ),
    (
        "广西钦州市钦北区纪委监委",
        "在区纪委监委督促下，区交通运输局〈修复〉路面【4600平方米】，安装路灯87盏。",
        "区交通运输局",
    ),
    (
        "广西钦州市钦北区纪委监委",
        "检查组还对6家企业进行回访，企业满意度〈达到〉【98%】。",
        "检查组",
    ),
    (
        "广西钦州市钦北区纪委监委",
        "钦北区委书记、区长分别带队走访企业，现场〈解决〉问题【12个】。",
        "钦北区委书记、区长",
    ),
    (
        "广西钦州市钦北区纪委监委",
        "2021年，区委巡察机构对15个村党组织开展巡察，〈发现〉问题【142个】；截至目前，已〈整改〉131个。",
        "区委巡察机构",
    ),
    ("广西钦州市钦北区纪委监委", "去年，该区城管局因执法不规范被群众投诉【35次】。", "该区城管局"),
    (
        "广西钦州市钦北区纪委监委",
        "与此同时，加强与区公安分局、区法院的协作，〈移交〉线索【11条】。",
        "钦北区纪委监委",
    ),
    (
        "广西钦州市钦北区纪委监委",
        "针对问题，区纪委监委向区自然资源局发出监察建议书，该局立行立改，〈清退〉违规占地【17亩】。",
        "该局",
    ),
    (
        "广西钦州市钦北区纪委监委",
        "钦北区建立“亲清”联络员制度，【42名】联络员〈走访〉企业310家。",
        "钦北区",
    ),
    (
        "来源：云南省纪委监委",
        "昆明市紧盯营商环境堵点，今年以来〈查处〉问题【85起】。大理州同步发力，查处41起。",
        "昆明市",
    ),
    (
        "来源：云南省纪委监委",
        "昆明市紧盯营商环境堵点，今年以来查处问题85起。大理州同步发力，〈查处〉【41起】。",
        "大理州",
    ),
    ("来源：云南省纪委监委", "全省〈留置〉【312人】，其中厅局级19人。", "全省"),
    ("来源：云南省纪委监委", "省纪委监委派驻机构〈立案〉【98件】。", "省纪委监委派驻机构"),
    (
        "来源：云南省纪委监委",
        "腾冲市纪委监委、龙陵县纪委监委分别〈约谈〉5人、【7人】。",
        "龙陵县纪委监委",
    ),
    (
        "来源：云南省纪委监委",
        "省委第十巡视组向省水利厅党组〈反馈〉问题【18个】。",
        "省委第十巡视组",
    ),
    ("来源：云南省纪委监委", "省水利厅党组照单全收，〈制定〉整改措施【56条】。", "省水利厅党组"),
]


@pytest.mark.parametrize(("source", "marked", "actor"), ACTORS + ELSEWHERE + CARRIED_ON)
def test_actor_as_printed(source, marked, actor):
    assert read(marked, source).actor == actor


ORGANS = [
    (DISTRICT, "区纪委监委〈立案〉【3件】。", "江南区纪委监委", "450105", "self"),
    (DISTRICT, "该城区〈立案〉【3件】。", "江南区纪检监察机关", "450105", "self"),
    (DISTRICT, "城区司法局〈调解〉纠纷【3件】。", "江南区司法局", "450105", "self"),
    (DISTRICT, "南宁市纪委监委〈通报〉【3起】。", "南宁市纪委监委", "450100", "self"),
    (CITY, "全市〈立案〉【3件】。", "玉林市纪检监察机关", "450900", "all_levels"),
    (CITY, "全市纪检监察机关〈立案〉【3件】。", "玉林市纪检监察机关", "450900", "all_levels"),
    (CITY, "市纪委监委〈立案〉【3件】。", "玉林市纪委监委", "450900", "self"),
    (CITY, "市本级〈立案〉【3件】。", "玉林市纪检监察机关", "450900", "self"),
    (CITY, "市县两级〈立案〉【3件】。", "玉林市纪检监察机关", "450900", "all_levels"),
    (CITY, "玉林市〈立案〉【3件】。", "玉林市纪检监察机关", "450900", "all_levels"),
    (CITY, "容县纪委监委〈立案〉【3件】。", "容县纪委监委", "450921", "self"),
    (CITY, "兴业县开展整治。该县〈立案〉【3件】。", "兴业县纪检监察机关", "450924", "self"),
    (CITY, "容县乡镇纪委〈排查〉问题【3个】。", "容县乡镇纪委", "450921", "all_levels"),
    (
        COUNTY,
        "平乐县纪委监委强化监督。全县乡镇纪委〈排查〉问题【3个】。",
        "平乐县乡镇纪委",
        "450330",
        "all_levels",
    ),
    (CITY, "容县黎村镇纪委走访。该镇纪委〈约谈〉【3人】。", "容县黎村镇纪委", "450921", "self"),
    (PROVINCE, "各级纪检监察机关〈立案〉【3件】。", "湖南省纪检监察机关", "430000", "all_levels"),
    (PROVINCE, "省纪委监委〈立案〉【3件】。", "湖南省纪委监委", "430000", "self"),
    (
        "广西壮族自治区纪委监委",
        "全区〈立案〉【3件】。",
        "广西壮族自治区纪检监察机关",
        "450000",
        "all_levels",
    ),
    (
        "广西壮族自治区纪委监委",
        "自治区纪委监委〈立案〉【3件】。",
        "广西壮族自治区纪委监委",
        "450000",
        "self",
    ),
    ("北京市朝阳区纪委监委", "全区〈立案〉【3件】。", "朝阳区纪检监察机关", "110105", "all_levels"),
    ("北京市朝阳区纪委监委", "全市〈立案〉【3件】。", "北京市纪检监察机关", "110000", "all_levels"),
    (COUNTY, "全国〈立案〉【3件】。", "全国纪检监察机关", "000000", "all_levels"),
    (SITE, "各级纪检监察机关〈立案〉【3件】。", "全国纪检监察机关", "000000", "all_levels"),
    (SITE, "中央纪委国家监委〈通报〉【3起】。", "中央纪委国家监委", "000000", "self"),
    (SITE, "云南省陆良县纪委监委〈立案〉【3件】。", "陆良县纪委监委", "530322", "self"),
    (SITE, "浙江台州椒江区纪委监委走访。该区〈建立〉台账【3本】。", "椒江区", "331002", "self"),
    (None, "县纪委监委〈立案〉【3件】。", "县纪委监委", None, "self"),
    (None, "全县〈立案〉【3件】。", "全县纪检监察机关", None, "all_levels"),
]


@pytest.mark.parametrize(("source", "marked", "organ", "region", "scope"), ORGANS)
def test_organ_and_region(source, marked, organ, region, scope):
    actors = read(marked, source)
    assert (actors.actor_organ, actors.region, actors.region_scope) == (organ, region, scope)


REPORTERS = [
    (DISTRICT, "江南区纪委监委督促区财政局〈拨付〉资金【210万元】。", "江南区纪委监委", None),
    (DISTRICT, "督促城区司法局〈调解〉纠纷【21件】。", "江南区纪委监委", None),
    (DISTRICT, "城区司法局〈调解〉纠纷【21件】。", None, None),
    (DISTRICT, "区委第七轮巡察向行政审批局〈反馈〉问题【8项】。", None, "行政审批局"),
    (DISTRICT, "区纪委监委对区教育局开展检查，〈发现〉问题【8个】。", None, None),
    (DISTRICT, "区纪委监委对区教育局开展检查并〈发现〉问题【8个】。", None, "区教育局"),
    (
        DISTRICT,
        "区纪委监委〈约谈〉园区管委会、区城管局等单位负责人【18人】。",
        None,
        "园区管委会、区城管局等单位负责人",
    ),
    (DISTRICT, "该城区〈提醒谈话〉相关责任人【29人】。", None, "相关责任人"),
]


@pytest.mark.parametrize(("source", "marked", "reporter", "target"), REPORTERS)
def test_reporter_and_target(source, marked, reporter, target):
    actors = read(marked, source)
    assert (actors.reporter, actors.target) == (reporter, target)


WORDS = st.sampled_from(
    [
        "江南区",
        "全市",
        "区纪委监委",
        "督促",
        "区财政局",
        "约谈",
        "向",
        "、",
        "，",
        "。",
        "；",
        "\n",
        "会同",
        "第七轮巡察",
        "原副局长",
        "某",
        "3人",
        "5件",
        "的",
        "各级",
        "（",
        "）",
        "”",
        "在",
        "今年以来",
        "该局",
        "2021年",
    ]
)


@given(st.lists(WORDS, max_size=40).map("".join))
def test_spans_and_codes_hold_on_any_text(text):
    document = Document(text, "", DISTRICT, date(2022, 6, 30))
    reader = ActorReader(document, find_mentions(document))
    for match in re.finditer("[0-9](?:人|件)", text):
        actors = reader.at(Span(*match.span()), None)
        assert actors.region_scope in {"self", "all_levels"}
        assert actors.region is None or regions.name_of(actors.region)
        if actors.actor_span:
            assert actors.actor_span.of(text) == actors.actor


@pytest.mark.parametrize(
    "unit", ["督促城区司法局会同区财政局、", "容县、陆川县分别查处3件、", "向区财政局反馈3件"]
)
def test_a_long_clause_costs_little(unit):
    text = unit * (60_000 // len(unit))
    document = Document(text, "", DISTRICT, date(2022, 6, 30))
    reader = ActorReader(document, find_mentions(document))
    spans = [Span(offset, offset + 1) for offset in range(0, len(text), 20)]
    assert {reader.at(span, None).region for span in spans} <= {"450105", "450921", "450922"}


def cue_words(kind):
    return [
        word
        for row in lexicon.rows("actor_cues.tsv")
        if row["kind"] == kind
        for word in lexicon.listed(row["words"])
    ]


@pytest.mark.parametrize("word", cue_words("urge"))
def test_every_urging_word_makes_the_urged_organ_the_actor(word):
    actors = read(f"江南区纪委监委{word}区财政局〈拨付〉资金【3万元】。", DISTRICT)
    assert (actors.actor, actors.reporter) == ("区财政局", "江南区纪委监委")


@pytest.mark.parametrize("word", cue_words("co"))
def test_every_joining_word_leaves_the_first_organ_the_actor(word):
    actors = read(f"江南区纪委监委{word}区财政局〈发现〉问题【3个】。", DISTRICT)
    assert actors.actor == "江南区纪委监委"
    listed = read(f"江南区纪委监委{word}区财政局、区审计局〈发现〉问题【3个】。", DISTRICT)
    assert listed.actor == "江南区纪委监委"


@pytest.mark.parametrize("word", cue_words("group") + cue_words("title"))
def test_every_word_for_people_belongs_to_the_actor(word):
    assert read(f"城区{word}走访企业【3家】。", DISTRICT).actor == f"城区{word}"


@pytest.mark.parametrize("word", cue_words("collective") + cue_words("team"))
def test_every_actor_without_a_name_acts(word):
    assert read(f"同时，{word}退还资金【3万元】。", DISTRICT).actor == word


@pytest.mark.parametrize("word", cue_words("opening"))
def test_every_opening_word_may_stand_before_the_subject(word):
    assert read(f"{word}城区司法局化解纠纷【3件】。", DISTRICT).actor == "城区司法局"


@pytest.mark.parametrize("word", cue_words("discipline"))
def test_no_urged_organ_does_discipline_work(word):
    text = f"江南区纪委监委督促区财政局限期整改，〈{word}〉有关人员【3人】。"
    assert read(text, DISTRICT).actor == "江南区纪委监委"


@pytest.mark.parametrize("word", cue_words("civil"))
def test_a_region_does_civil_deeds_itself(word):
    assert read(f"该城区〈{word}〉项目【3个】。", DISTRICT).actor_organ == "江南区"


@pytest.mark.parametrize("word", cue_words("person"))
def test_no_organ_does_a_persons_deeds(word):
    assert read(f"江南区纪委监委审查。其〈{word}〉财物【3万元】。", DISTRICT).actor is None


SHARES = [
    ("容县、陆川县、博白县分别查处【6起】、5起和4起。", "450921"),
    ("容县、陆川县、博白县分别查处6起、【5起】和4起。", "450922"),
    ("容县、陆川县、博白县分别查处6起、5起和【4起】。", "450923"),
    ("容县、陆川县分别开展检查6次、5次，发现问题12个、【9个】。", "450922"),
    ("全市查处35起，其中容县6起、陆川县【5起】。", "450922"),
    ("查处较多的是容县6起、陆川县【5起】。", "450922"),
    ("容县移送6件、陆川县移送【5件】。", "450922"),
]


@pytest.mark.parametrize(("marked", "region"), SHARES)
def test_each_of_several_places_has_its_own_figure(marked, region):
    assert read(marked, CITY).region == region
