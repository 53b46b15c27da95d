"""What a figure means: category, object, people's rank, parts of totals, how it adds up."""

from __future__ import annotations

import time
from datetime import date

import pytest

from transforms.lexicon import rows
from transforms.reading import read_text

PUBLISHED = date(2021, 6, 30)
SOURCE = "南宁市青秀区纪委监委"


def read(text: str, title: str = ""):
    return read_text(text, title=title, source=SOURCE, published_at=PUBLISHED).measures


def codes(text: str, title: str = "") -> list[str]:
    return [measure.category for measure in read(text, title)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The nearest predicate wins, the longest trigger first.
        ("批评教育帮助和处理25人。", ["person_handled"]),
        ("批评教育25人。", ["criticism_education"]),
        ("给予党内严重警告处分3人。", ["party_serious_warning"]),
        ("查处行贿人员7人。", ["bribe_giver_filed"]),
        ("集中约谈园区管委会、行政审批局等单位主要负责人18人。", ["interview_summoned"]),
        # A trigger that holds 、 is not cut.
        ("查处形式主义、官僚主义问题97件。", ["issue_formalism_investigated"]),
        # What says which is no deed where another follows; a deed that followed leads no other.
        ("将多收的餐费6.4万元退还给家长。", ["money_returned_public"]),
        ("将追回的6.4万元补贴款退还给群众。", ["money_returned_public"]),
        ("将追回的6.4万元存入专户。", ["money_recovered"]),
        ("对2名所长予以诫勉、3名站长予以批评教育。", ["admonition", "criticism_education"]),
        ("协助14家商户融资。", ["enterprise_benefited"]),
        ("9个反馈问题已整改7个。", ["supervision_feedback", "supervision_issue_rectified"]),
        ("全县11个乡镇纪委自办案件23件。", ["coverage_place", "case_filed"]),
        # The four forms told in one breath.
        ("第一种至第三种形态分别为41人次、17人次、6人次。", ["form_1", "form_2", "form_3"]),
        ("运用第三、四种形态分别处理6人次和2人次。", ["form_3", "form_4"]),
        ("第一种、第二种形态占比分别为71%、22%。", ["share_or_change", "share_or_change"]),
        # What was done on the way, what closes a name of a list, who did it: no deed.
        ("通过走访入户、维修水管等措施整改31个。", ["supervision_issue_rectified"]),
        ("解决水源污染、管网维护等群众急难愁盼问题23个。", ["practical_deed"]),
        ("县纪委监委追责专班办理线索7件。", ["clue_disposed"]),
        ("27名受处分干部经推荐得到提拔。", ["cadre_promoted"]),
        # A deed on all that 对 names stands behind the last of them.
        (
            "市委巡察组将对市民政局等14家部门单位，市科协等2家群团组织开展常规巡察。",
            ["inspection_unit_covered", "inspection_unit_covered"],
        ),
        (
            "约谈局长3人，要求对全县9个乡镇的412处水利工程开展排查。",
            ["interview_summoned", "coverage_place", "screened"],
        ),
        ("在全镇26个村开展“清风护农”专项行动。", ["coverage_place"]),
        (
            "组织2个巡察组对16个单位党组，以及19个承担帮扶任务的单位党组进行了专项巡察。",
            ["inspection_team", "inspection_unit_covered", "inspection_unit_covered"],
        ),
        ("通过3轮案件质量评查，评查案卷26件。", ["case_reviewed"] * 2),
        ("回复咨询、投诉230条。", ["demand_resolved"]),
        ("对当地23个国定贫困县进行单列管理。", ["coverage_place"]),
        ("组成6个巡察工作组。", ["inspection_team"]),
        ("参加市纪委办案36人次。", ["cadre_deployed"]),
        ("对2件问题线索进行深挖彻查。", ["clue_disposed"]),
        (
            "问责87人。从问责部门分布来看，国土23人，环保14人，旅游、卫计委等其他部门5人。",
            ["accountability_leader"] * 4,
        ),
        (
            "查处“吃拿卡要”问题11起、“庸懒散拖”问题6起。",
            ["issue_bizenv_investigated", "issue_formalism_investigated"],
        ),
        ("查处渎职案件26件，受贿案件14件。", ["issue_investigated"] * 2),
        ("对16个县(市、区)的常规巡视已经展开。", ["inspection_unit_covered"]),
        ("首轮巡察覆盖县直单位18个、乡镇6个。", ["inspection_unit_covered"] * 2),
        ("检查发现未整改到位问题37个。", ["supervision_issue_found"]),
        ("制定整改措施132项，已完成118项。", ["risk_measure", "supervision_issue_rectified"]),
        ("立查经济犯罪大案37件，立案侦查县处级干部5人。", ["case_filed", "case_filed_person"]),
        # A part is what its sum is, a kind what was found; one deed may lead on to another.
        (
            "受理投诉64件。64件投诉中涉及县直部门37件，占57%；乡镇21件，占33%；其他6件。",
            ["petition_received"] * 3
            + ["share_or_change", "petition_received", "share_or_change", "petition_received"],
        ),
        ("追回外逃人员43人。甲国最多，为16人；乙国有9人。", ["fugitive_returned"] * 3),
        ("曝光问题41起。在这41起问题中，涉农问题为17起。", ["typical_case_notified"] * 3),
        ("今年第二轮的14个巡察点中已有9个启动工作。", ["inspection_unit_covered"] * 2),
        (
            "对村巡察共发现落实不到位问题65个，群众身边腐败和作风问题27个，其他问题31个。",
            ["inspection_issue_found"] * 3,
        ),
        ("督查主责部门26个，医疗机构3个，村屯82个。", ["supervision_site_visited"] * 3),
        ("全年开展2轮对26个单位的交叉巡察。", ["inspection_round", "inspection_unit_covered"]),
        ("已基本完成对甲县等12个县的驻点巡视任务。", ["inspection_unit_covered"]),
        ("追究主体责任落实不力71起。", ["accountability_pursued"]),
        ("对“零查处”的9个乡镇的纪委书记进行约谈。", ["interview_summoned"]),
        ("经核查，水厂负责全镇12个村供水。", ["coverage_place"]),
        ("移送线索26件，是2019年的1.4倍。", ["clue_transferred", "share_or_change"]),
        ("收到信访举报16件，其中上级纪委转办4件。", ["petition_received"] * 2),
        (
            "在查处问题数、处理人数和给予党纪政务处分人数上，分别是52起、81人和37人。",
            ["issue_investigated", "person_handled", "person_sanctioned"],
        ),
        ("受理信访举报52件，比上年同期少9件。", ["petition_received", "share_or_change"]),
        # A deed at the figure, whatever was looked at, told or done on the way.
        ("针对损害营商环境问题立案9件。", ["case_filed"]),
        ("督查中发现各单位突出问题28个。", ["supervision_issue_found"]),
        ("帮助协调解决的问题有46个。", ["demand_resolved"]),
        (
            "对38家单位履职尽责的情况，通过走访、座谈等方式进行明察暗访。",
            ["supervision_site_visited"],
        ),
        ("全市有52个县（市、区）已建成启用政务服务中心。", ["coverage_place"]),
        ("3月受理举报870件，到9月已降至310件。", ["petition_received", "petition_received"]),
        ("41名首席服务员精准对接企业。", ["cadre_deployed"]),
        ("全县37个单位开展问题自查。", ["supervision_site_visited"]),
        ("对4起“清洁家园”行动问责事例进行通报。", ["typical_case_notified"]),
        ("对18个有意参与服务的单位分批开展集体约谈。", ["interview_summoned"]),
        # The noun after the figure.
        ("走访150余家企业。", ["enterprise_visit"]),
        ("走访企业150余家。", ["enterprise_visit"]),
        ("召开8场座谈会。", ["symposium"]),
        ("开展12次监督检查。", ["supervision_check"]),
        # The deed after the figure.
        ("12人受到处理。", ["person_handled"]),
        ("对2个党组织、7名责任人予以通报问责。", ["accountability_org", "accountability_leader"]),
        # A list goes on with its predicate.
        (
            "提醒谈话29人，予以免职3人，诫勉7人。",
            ["talk_reminder", "removal_from_post", "admonition"],
        ),
        ("立案9件11人。", ["case_filed", "case_filed_person"]),
        ("通报典型案例5批11起。", ["typical_case_notified"] * 2),
        # 分别 pairs nouns and figures.
        (
            "查处违规吃喝、公车私用、形式主义问题分别为3起、4起和5起。",
            ["issue_hedonism_investigated"] * 2 + ["issue_formalism_investigated"],
        ),
        # The unit decides between the codes of one word.
        ("立案5件。", ["case_filed"]),
        ("立案5人。", ["case_filed_person"]),
        ("受益农户30户。", ["household_benefited"]),
        ("31家中小微企业受益。", ["enterprise_benefited"]),
        # The context decides between inspection and supervision, business and supervision.
        ("区委巡察组发现问题18个。", ["inspection_issue_found"]),
        ("检查组发现问题18个。", ["supervision_issue_found"]),
        ("推动解决企业诉求18个。", ["demand_resolved"]),
        ("推动解决问题18个。", ["supervision_issue_rectified"]),
        ("调处纠纷30件，涉及金额900万元。", ["dispute_mediated", "dispute_amount"]),
        # Money by what was done with it.
        ("追回被套取资金90万元。", ["money_recovered"]),
        ("王某套取资金90万元。", ["case_money"]),
        ("累计拨付财政贴息691.11万元。", ["interest_subsidy"]),
        # A word within the object is not the deed.
        ("印发责任追究、线索移送、回访教育等5项制度。", ["rule_made"]),
        ("办结率98.4%。", ["demand_resolved_rate"]),
        # A deed with a figure after it counts that figure.
        ("督促7个部门修订制度15项。", ["supervision_site_visited", "rule_revised"]),
        # 其中 divides the count before it, whatever its parts are called.
        (
            "受理供暖投诉480件，其中，室温不足304件，报修90件，其他问题86件。",
            ["petition_received"] * 4,
        ),
        # The deed that named the figure before leads a list, and not its noun.
        ("新增充电桩5组、充电端口50个。", ["facility_added"] * 2),
        # What places have done names what they did; a share is one of whatever it is.
        ("30个县已经完成年度目标任务。", ["coverage_place"]),
        ("应还尽还率100%。", ["share_or_change"]),
        # Nothing is guessed.
        ("栽种桂花300株。", ["uncategorised"]),
    ],
)
def test_category(text, expected):
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "predicate", "thing"),
    [
        ("走访会员企业150余家。", "走访", "会员企业"),
        ("提醒谈话相关单位责任人29人。", "提醒谈话", "相关单位责任人"),
        ("受理调处涉企案件50多宗。", "受理调处", "涉企案件"),
        ("累计为企业拨付财政贴息691.11万元。", "拨付", "财政贴息"),
        ("查处形式主义官僚主义问题97件。", "查处", "形式主义官僚主义问题"),
        ("开列包括全面落实规划等在内的59项任务清单。", "开列", "任务清单"),
        ("对18名责任人予以问责。", "问责", "责任人"),
    ],
)
def test_predicate_and_object_as_printed(text, predicate, thing):
    (measure,) = read(text)
    assert (measure.predicate, measure.object) == (predicate, thing)
    assert measure.predicate_span.of(text) == predicate
    assert measure.object_span.of(text) == thing


@pytest.mark.parametrize(
    ("text", "aggregations"),
    [
        ("2020年，立案12件。", ["increment"]),
        ("2021年5月，立案12件。", ["increment"]),
        ("2021年1至5月，立案12件。", ["ytd"]),
        ("今年以来，立案12件。", ["ytd"]),
        ("上半年，立案12件。", ["ytd"]),
        ("2021年一季度，立案12件。", ["ytd"]),
        ("党的十九大以来，立案12件。", ["cumulative"]),
        ("截至5月底，立案12件。", ["cumulative"]),
        ("2020年累计立案12件。", ["cumulative"]),
        ("立案12件。", ["increment"]),
        ("累计拨付扶持资金1.2亿元，其中2020年拨付3600万元。", ["cumulative", "increment"]),
        ("处分人数由2019年的156人下降到2020年的132人。", ["stock", "stock"]),
        ("处理12人，比2019年多3人。", ["increment", "change"]),
        ("现有廉情监督员85名。", ["stock"]),
        ("聘请廉情监督员85名。", ["increment"]),
        ("开列59项任务清单。", ["stock"]),
        ("整改率98.5%。", ["rate"]),
        ("立案12件，同比下降12%。", ["increment", "change"]),
        ("立案12件，占总数的40%。", ["increment", "rate"]),
        ("企业开办时间由5个工作日压缩至1个工作日。", ["stock", "stock"]),
        ("要求各单位每月走访企业不少于3家。", ["threshold"]),
    ],
)
def test_aggregation(text, aggregations):
    assert [measure.aggregation for measure in read(text)] == aggregations


@pytest.mark.parametrize(
    ("text", "modality", "polarity"),
    [
        ("走访企业20家。", "achieved", 1),
        ("将走访企业20家。", "planned", 1),
        ("将5人移送司法机关。", "achieved", 1),
        ("计划走访企业20家。", "planned", 1),
        ("下一步，走访企业20家。", "planned", 1),
        ("按照上级要求，走访企业20家。", "achieved", 1),
        ("该区要求，每季度走访企业不少于20家。", "required", 1),
        ("未完成整改5个。", "negative", -1),
        ("尚有5条诉求正在办理。", "ongoing", 1),
        ("经查，黄某先后收受礼金5万元。", "alleged", 1),
    ],
)
def test_modality(text, modality, polarity):
    (measure,) = read(text)
    assert (measure.modality, measure.polarity) == (modality, polarity)


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("处理25人，其中科级干部3人。", [None, ("subset", 0)]),
        ("处理25人（含县处级干部1人）。", [None, ("subset", 0)]),
        (
            "立案286件，其中科级干部案件41件，给予党纪政务处分271人。",
            [None, ("subset", 0), None],
        ),
        ("处分10人，其中党纪处分8人、政务处分4人。", [None, ("overlap", 0), ("overlap", 0)]),
        (
            "处分30人，其中县处级干部4人、乡科级干部6人、一般干部20人。",
            [None, ("partition", 0), ("partition", 0), ("partition", 0)],
        ),
        (
            "运用“四种形态”处理90人次。其中，第一种形态80人次，占88.9%；第二种形态10人次，占11.1%。",
            [None, ("partition", 0), ("share_of", 1), ("partition", 0), ("share_of", 3)],
        ),
        (
            "处理90人次，第一种形态60人次、第二种形态30人次，分别占66.7%和33.3%。",
            [None, None, None, ("share_of", 1), ("share_of", 2)],
        ),
        (
            "党纪政务处分28人，其中党纪处分24人，政务处分8人，双重处分4人。",
            [None, ("overlap", 0), ("overlap", 0), ("overlap", 0)],
        ),
        (
            "排查廉政风险点320个，制定防控措施410条，其中高风险点21个。",
            [None, None, ("subset", 0)],
        ),
        ("走访企业186家，其中2020年二季度走访57家。", [None, None]),
        ("巡察反馈4类13项37个问题。", [("two_level", 2), ("two_level", 2), None]),
        ("查处问题23件24人。", [None, None]),
        (
            "减免租金420万元、返还保证金1180万元，合计1600万元。",
            [("partition", 2), ("partition", 2), None],
        ),
        (
            "立案60件，结案58件；60件中涉及乡科级14件。",
            [None, None, ("same_as", 0), ("subset", 0)],
        ),
        ("受理举报87件次，同比下降12%。", [None, ("change", 0)]),
        ("查处问题12起。查处形式主义问题5起，享乐主义、奢靡之风问题7起。", None),
    ],
)
def test_relations(text, links):
    measures = read(text, "查处违反中央八项规定精神问题" if links is None else "")
    links = links or [None, ("partition", 0), ("partition", 0)]
    starts = [measure.figure.span.start for measure in measures]
    found = [
        (measure.relation, starts.index(measure.parent)) if measure.relation else None
        for measure in measures
    ]
    assert found == links


def test_two_units_of_one_act_are_flagged_and_not_linked():
    assert all("two_units" in measure.flags for measure in read("立案23件24人。"))


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("走访企业20家。", [True]),
        ("现年45岁。", [False]),
        ("开展为期45天的巡察。", [False]),
        ("涉及审批、招标等6个方面。", [False]),
        ("实施头雁工程、清源工程、暖心工程三大工程。", [False]),
        ("“现在办事只跑一趟，省心。”商户说。", [False]),
        ("从曝光到完成整改仅用了16天。", [True]),
        ("规定每发现1起隐瞒不报，扣减绩效5分。", [False, False]),
        ("经查，黄某收受礼金5万元。", [False]),
        ("一名街道干部说。", [False]),
    ],
)
def test_is_measure(text, counted):
    assert [measure.is_measure for measure in read(text)] == counted


@pytest.mark.parametrize(
    ("text", "rank", "problem"),
    [
        ("处分省部级干部7人。", "rank_provincial", None),
        ("处分69名厅局级干部。", "rank_prefectural", None),
        ("处分农村、企业等其他人员20人。", "rank_other", None),
        ("查处不担当、不作为、乱作为、假作为问题20起。", None, "fb_inaction_misaction"),
        ("查处违规收送名贵特产和礼品礼金问题20起。", None, "he_gifts"),
        ("持续纠治“四风”，查处相关问题19起。", None, "conduct"),
    ],
)
def test_rank_and_problem(text, rank, problem):
    (measure,) = read(text)
    assert (measure.rank, measure.problem) == (rank, problem)


def test_people_follow_the_problem_of_their_cases():
    assert [m.problem for m in read("查处形式主义、官僚主义问题112起，处理156人。")] == [
        "formalism_bureaucratism"
    ] * 2


def test_a_table_is_read_by_its_headings():
    text = (
        "项目\t查处问题\t处理人数\n形式主义、官僚主义\t13起\t19人\n享乐主义、奢靡之风\t17起\t25人"
    )
    found = [(m.category, m.problem) for m in read(text, "查处违反中央八项规定精神问题")]
    assert found == [
        ("issue_formalism_investigated", "formalism_bureaucratism"),
        ("person_handled", "formalism_bureaucratism"),
        ("issue_hedonism_investigated", "hedonism_extravagance"),
        ("person_handled", "hedonism_extravagance"),
    ]


def test_a_bare_number_takes_the_unit_of_its_category_and_says_so():
    measures = read("全年谈话函询412，立案155，处分149。")
    assert [m.figure.quantity.unit for m in measures] == ["件次", "件", "人"]
    assert all("unit_inferred" in m.flags for m in measures)


def test_national_month():
    text = (
        "2023年11月，全国共查处违反中央八项规定精神问题10642起，批评教育和处理15218人（包括2名省部级干部、"
        "71名地厅级干部），给予党纪政务处分10766人。"
    )
    measures = read_text(text, source=SOURCE, published_at=date(2023, 12, 27)).measures
    assert {(m.region, m.region_scope) for m in measures} == {("000000", "all_levels")}
    assert {(str(m.period.start), str(m.period.end)) for m in measures} == {
        ("2023-11-01", "2023-11-30")
    }
    assert [m.rank for m in measures] == [None, None, "rank_provincial", "rank_prefectural", None]


@pytest.mark.parametrize(
    "text",
    ["1" * 100_000, "一" * 100_000, "提醒谈话" * 25_000, "龘" * 100_000, "纪委监委" * 25_000],
    ids=["digits", "one", "trigger", "rare", "organ"],
)
def test_adversarial_text_is_read_in_time(text):
    read("查处5起。")
    started = time.process_time()
    read(text)
    assert time.process_time() - started < 6  # a second on a quiet machine


def test_cost_grows_with_length_not_faster():
    def cost(copies: int) -> float:
        text = "提醒谈话1人，其中科级干部1人，占9%。" * copies
        started = time.process_time()
        read(text)
        return time.process_time() - started

    cost(100)
    assert cost(2000) < 25 * max(cost(200), 0.01)


@pytest.mark.parametrize(
    "row",
    [row for row in rows("cues.tsv") if row["kind"] == "background" and row["example"]],
    ids=lambda row: row["example"],
)
def test_what_is_told_beside_the_work_is_no_measure(row):
    reading = read_text(row["example"], published_at=date(2024, 6, 1))
    assert reading.measures
    assert not [one for one in reading.measures if one.is_measure]


@pytest.mark.parametrize(
    "text",
    [
        "安丘区在每3至5个乡镇设立1个协作区。",
        "每万人拥有监督员12名。",
        "几个人从晚上8点喝到了11点多。",
        "聚焦10项重点任务抓落实。",
        "省级8家职能部门横向协作。",
        "对连续2次排名末位的镇约谈。",
        "2023年，其余三个级别查处问题数均有所增长。",
    ],
)
def test_norms_hours_and_scopes_are_no_measures(text):
    assert not [one for one in read(text) if one.is_measure]


def test_a_deed_with_a_code_counts_whatever_stands_beside_it():
    measures = [one for one in read("查处侵占耕地问题12起，占用耕地30亩的4起。") if one.is_measure]
    assert measures[0].figure.quantity.value == 12


def links(text: str) -> list[tuple[str, str | None, str | None]]:
    """Surface, relation and the surface of the whole, for each figure."""
    measures = read(text)
    at = {one.figure.span.start: one.figure.span.of(text) for one in measures}
    return [
        (at[one.figure.span.start], one.relation, at.get(one.parent) if one.parent else None)
        for one in measures
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Ranks and the people beside them make up the total together.
        (
            "处分33人，其中县处级5人、乡科级6人、一般干部12人、其他人员10人。",
            [
                ("5人", "partition"),
                ("6人", "partition"),
                ("12人", "partition"),
                ("10人", "partition"),
            ],
        ),
        # What has its own share of the total is a part of it beyond a semicolon too.
        (
            "受理信访举报96件，其中来信21件，占21.9%；来访75件，占78.1%。",
            [("21件", "partition"), ("75件", "partition")],
        ),
        # By how much a count grew belongs to the count; so does the rate.
        (
            "上半年处分152人，比去年同期增加12人，增长8.6%。",
            [("12人", "change"), ("8.6%", "change")],
        ),
    ],
)
def test_parts_and_differences(text, expected):
    whole = links(text)[0][0]
    found = [(surface, relation) for surface, relation, parent in links(text) if parent == whole]
    assert found == expected


def test_a_part_too_great_for_the_nearest_count_belongs_to_the_one_before():
    measures = read("处理102人，移送司法机关2人，其中，县处级干部14人，村干部88人。")
    assert [one.category for one in measures] == [
        "person_handled",
        "judicial_transfer",
        "person_handled",
        "person_handled",
    ]
    assert [one.parent for one in measures[2:]] == [measures[0].figure.span.start] * 2


def test_a_trigger_that_holds_a_mark_is_heard_after_its_figure():
    (measure,) = read("全省处置的356件形式主义、官僚主义问题。")
    assert measure.category == "issue_formalism_investigated"


@pytest.mark.parametrize(
    "text",
    [
        "出台措施21条，设点监测就是其中一条，即选取20家企业。",  # one of them, and no part
        "征集话语1560条，征集饱含深情的格言1150条。",  # 饱含 is no 含
        "问题322件，占90.4%，其中乱作为问题299件；检查调研方面问题23件，占6.5%。",
    ],
)
def test_what_stands_beside_a_total_is_no_part(text):
    assert [one for one in links(text) if one[1] in {"subset", "partition"}][1:] == []


def test_whose_the_places_are_is_no_count_of_them():
    measures = read("18个巡察组进驻8个乡镇党委所辖的54个村党组织开展巡察。")
    assert [one.is_measure for one in measures][1:] == [False, True]
