"""What counts are read from the words of news."""

import pytest

from annotator.model.figure import figure_problem
from annotator.model.figure_words import parse

Row = tuple[str, str, int | None, int | None, int | None]

# The phrases of the sample article, the pictures of the design and the plan.
OF_THE_ARTICLE: list[Row] = [
    ("leaving at least 13 people dead", "at least", 13, 13, None),
    ("at least 13 people dead", "at least", 13, 13, None),
    ("a dozen people including four medical workers were reportedly killed", "exact", 12, 12, 12),
    ("air strikes reportedly killed a dozen people including four medical workers", "exact", 12, 12, 12),
    ("killed four medical workers and at least nine opposition fighters", "at least", 13, 13, None),
    ("four medical workers and at least nine opposition fighters near Aleppo", "at least", 13, 13, None),
    ("four medical workers", "exact", 4, 4, 4),
    ("including four medical workers", "exact", 4, 4, 4),
    ("at least nine opposition fighters", "at least", 9, 9, None),
    ("four of its staff", "exact", 4, 4, 4),
    ("between 11 and 15 people", "range", 11, None, 15),
    ("18 U.N. aid trucks were destroyed", "exact", 18, 18, 18),
    ("Foreign ministers of 20 countries including the United States", "exact", 20, 20, 20),
    ("at least nine", "at least", 9, 9, None),
    ("a dozen", "exact", 12, 12, 12),
    ("between 11 and 15", "range", 11, None, 15),
    ("dozens", "vague", 24, None, None),
    ("up to 40", "at most", None, None, 40),
    ("no casualties", "exact", 0, 0, 0),
    ("1,200", "exact", 1200, 1200, 1200),
    ("sixty-two", "exact", 62, 62, 62),
    ("two more", "exact", 2, 2, 2),
]
NUMERALS: list[Row] = [
    ("13", "exact", 13, 13, 13),
    ("1\u00a0200 people", "exact", 1200, 1200, 1200),
    ("1\u2009200", "exact", 1200, 1200, 1200),
    ("1\u202f200\u202f300", "exact", 1200300, 1200300, 1200300),
    ("10 000 people", "exact", 10000, 10000, 10000),
    ("1.200 people", "exact", 1200, 1200, 1200),
    ("1’200", "exact", 1200, 1200, 1200),
    ("1,20,000 people", "exact", 120000, 120000, 120000),
    ("2,000", "exact", 2000, 2000, 2000),
    ("1.5 million", "exact", 1500000, 1500000, 1500000),
    ("1.234 million", "exact", 1234000, 1234000, 1234000),
    ("11 million people", "exact", 11000000, 11000000, 11000000),
    ("3k", "exact", 3000, 3000, 3000),
    ("1.5m people", "exact", 1500000, 1500000, 1500000),
    ("2 lakh people", "exact", 200000, 200000, 200000),
    ("٣٤ قتيلا", "exact", 34, 34, 34),
    ("killed ١٬٢٠٠ people", "exact", 1200, 1200, 1200),
    ("sixty two", "exact", 62, 62, 62),
    ("a hundred and five", "exact", 105, 105, 105),
    ("two hundred", "exact", 200, 200, 200),
    ("twelve hundred", "exact", 1200, 1200, 1200),
    ("one thousand two hundred", "exact", 1200, 1200, 1200),
    ("three million", "exact", 3000000, 3000000, 3000000),
    ("one and a half million", "exact", 1500000, 1500000, 1500000),
    ("half a million", "exact", 500000, 500000, 500000),
    ("a quarter of a million", "exact", 250000, 250000, 250000),
    ("two dozen", "exact", 24, 24, 24),
    ("half a dozen", "exact", 6, 6, 6),
    ("a half-dozen men", "exact", 6, 6, 6),
    ("a score of men", "exact", 20, 20, 20),
    ("zero", "exact", 0, 0, 0),
    ("TWELVE KILLED", "exact", 12, 12, 12),
]
PERSONS: list[Row] = [
    ("a man", "exact", 1, 1, 1),
    ("a child was killed", "exact", 1, 1, 1),
    ("killed an officer", "exact", 1, 1, 1),
    ("one person", "exact", 1, 1, 1),
    ("a single person", "exact", 1, 1, 1),
    ("a senior Hamas commander", "exact", 1, 1, 1),
    ("another man", "exact", 1, 1, 1),
    ("the soldier was killed", "exact", 1, 1, 1),
    ("her son was killed", "exact", 1, 1, 1),
    ("the 12-year-old boy", "exact", 1, 1, 1),
    ("a 12 year old boy", "exact", 1, 1, 1),
    ("nine-year-old girl killed", "exact", 1, 1, 1),
    ("an 11-month-old baby", "exact", 1, 1, 1),
    ("Two-year-old twins", "exact", 2, 2, 2),
    ("a father of three", "exact", 1, 1, 1),
    ("an elderly couple were killed", "exact", 2, 2, 2),
    ("the couple were killed", "exact", 2, 2, 2),
    ("a pair", "exact", 2, 2, 2),
    ("both", "exact", 2, 2, 2),
    ("both pilots died", "exact", 2, 2, 2),
    ("both of them", "exact", 2, 2, 2),
    ("a family of five", "exact", 5, 5, 5),
    ("an entire family of six", "exact", 6, 6, 6),
    ("eight members of the same family", "exact", 8, 8, 8),
    ("a five-member family", "exact", 5, 5, 5),
    ("a three-man patrol", "exact", 3, 3, 3),
]
HEDGED: list[Row] = [
    ("no fewer than 12", "at least", 12, 12, None),
    ("not less than 12", "at least", 12, 12, None),
    ("a minimum of 12", "at least", 12, 12, None),
    ("upwards of 12", "at least", 12, 12, None),
    ("at least one person", "at least", 1, 1, None),
    ("at least a dozen", "at least", 12, 12, None),
    ("12 or more", "at least", 12, 12, None),
    ("12 at least", "at least", 12, 12, None),
    ("12, possibly more", "at least", 12, 12, None),
    ("40+", "at least", 40, 40, None),
    ("40-plus", "at least", 40, 40, None),
    ("at least some 40", "at least", 40, 40, None),
    ("more than 40", "at least", 41, 41, None),
    ("more than one person", "at least", 2, 2, None),
    ("more than a dozen", "at least", 13, 13, None),
    ("more than half a million", "at least", 500001, 500001, None),
    ("over 40", "at least", 41, 41, None),
    ("well over a hundred", "at least", 101, 101, None),
    ("in excess of 40", "at least", 41, 41, None),
    ("exceeding 40", "at least", 41, 41, None),
    (">40", "at least", 41, 41, None),
    (">= 40", "at least", 40, 40, None),
    ("as many as 40", "at most", None, None, 40),
    ("no more than 40", "at most", None, None, 40),
    ("at most 40", "at most", None, None, 40),
    ("a maximum of 40", "at most", None, None, 40),
    ("40 or fewer", "at most", None, None, 40),
    ("up to a dozen people", "at most", None, None, 12),
    ("fewer than 40", "at most", None, None, 39),
    ("less than 40", "at most", None, None, 39),
    ("under 40", "at most", None, None, 39),
    ("below 40", "at most", None, None, 39),
    ("fewer than a dozen", "at most", None, None, 11),
    ("<40", "at most", None, None, 39),
    ("some 40", "about", None, 40, None),
    ("about 40", "about", None, 40, None),
    ("around 40", "about", None, 40, None),
    ("roughly 40", "about", None, 40, None),
    ("approximately 40", "about", None, 40, None),
    ("approx. 40", "about", None, 40, None),
    ("nearly 40", "about", None, 40, None),
    ("almost 40", "about", None, 40, None),
    ("close to 40", "about", None, 40, None),
    ("an estimated 40", "about", None, 40, None),
    ("perhaps 40", "about", None, 40, None),
    ("40 more or less", "about", None, 40, None),
    ("~40", "about", None, 40, None),
    ("40-odd", "about", None, 40, None),
    ("40 or so", "about", None, 40, None),
    ("a dozen or so", "about", None, 12, None),
    ("nearly two dozen", "about", None, 24, None),
    ("some 6.5 million Syrians", "about", None, 6500000, None),
    ("a couple", "about", None, 2, None),
    ("a couple of people", "about", None, 2, None),
    ("a couple of hundred", "about", None, 200, None),
    ("a couple dozen", "about", None, 24, None),
    ("another three", "exact", 3, 3, 3),
    ("three others", "exact", 3, 3, 3),
    ("an additional five", "exact", 5, 5, 5),
    ("a total of 12", "exact", 12, 12, 12),
    ("only one civilian was killed", "exact", 1, 1, 1),
]
VAGUE: list[Row] = [
    ("scores", "vague", 40, None, None),
    ("hundreds", "vague", 200, None, None),
    ("thousands", "vague", 2000, None, None),
    ("tens of thousands", "vague", 20000, None, None),
    ("hundreds of thousands", "vague", 200000, None, None),
    ("several", "vague", 3, None, None),
    ("several others", "vague", 3, None, None),
    ("several hundred", "vague", 300, None, None),
    ("several dozen people", "vague", 36, None, None),
    ("a few", "vague", 3, None, None),
    ("a few hundred", "vague", 300, None, None),
    ("a handful of fighters", "vague", 3, None, None),
    ("many people were killed", "vague", 2, None, None),
    ("some were killed", "vague", 2, None, None),
    ("a number of civilians", "vague", 2, None, None),
    ("many thousands", "vague", 2000, None, None),
    ("at least dozens", "vague", 24, None, None),
    ("dozens of civilians and 3 soldiers", "vague", 27, None, None),
    ("scores of civilians were killed and dozens wounded", "vague", 40, None, None),
    ("dozens, perhaps hundreds", "vague", 24, None, None),
]
RANGES: list[Row] = [
    ("from 11 to 15", "range", 11, None, 15),
    ("11 to 15", "range", 11, None, 15),
    ("11-15", "range", 11, None, 15),
    ("11–15", "range", 11, None, 15),
    ("11 – 15 people", "range", 11, None, 15),
    ("ten or twelve", "range", 10, None, 12),
    ("one or two people", "range", 1, None, 2),
    ("five to six", "range", 5, None, 6),
    ("two to three hundred", "range", 200, None, 300),
    ("two or three dozen", "range", 24, None, 36),
    ("1.5 to 2 million people", "range", 1500000, None, 2000000),
    ("15-20,000 people", "range", 15000, None, 20000),
    ("500 to 1,000 people", "range", 500, None, 1000),
    ("between two and three million people", "range", 2000000, None, 3000000),
    ("at least 9 and as many as 15", "range", 9, 9, 15),
    ("no fewer than 9 but no more than 15", "range", 9, 9, 15),
    ("more than 10 but fewer than 20", "range", 11, 11, 19),
    ("at least 13, possibly 20", "range", 13, 13, 20),
    ("at least nine people and as many as 15", "range", 9, 9, 15),
    ("nine people, possibly 15", "range", 9, 9, 15),
    ("12, perhaps 13", "range", 12, 12, 13),
]
NONE_HARMED: list[Row] = [
    ("nobody", "exact", 0, 0, 0),
    ("no one was hurt", "exact", 0, 0, 0),
    ("none", "exact", 0, 0, 0),
    ("none of the 12 passengers", "exact", 0, 0, 0),
    ("none of them", "exact", 0, 0, 0),
    ("without casualties", "exact", 0, 0, 0),
    ("without any casualties", "exact", 0, 0, 0),
    ("there were no deaths or injuries", "exact", 0, 0, 0),
    ("no reported casualties", "exact", 0, 0, 0),
    ("no civilians were harmed", "exact", 0, 0, 0),
    ("not a single civilian was killed", "exact", 0, 0, 0),
    ("no loss of life", "exact", 0, 0, 0),
    ("zero casualties", "exact", 0, 0, 0),
    ("neither man was hurt", "exact", 0, 0, 0),
]
NOT_STATED: list[Row] = [
    (phrase, "not stated", None, None, None)
    for phrase in (
        "casualties were not reported",
        "an unknown number of people",
        "an unspecified number",
        "an undetermined number of fighters",
        "unclear how many",
        "it was not immediately clear how many people were killed",
        "it is not known how many of the 12 passengers died",
        "did not say how many were killed",
        "the number of dead is unknown",
        "the number of casualties was not immediately known",
        "casualty figures were not available",
        "the death toll was unclear",
        "there was no word on casualties",
        "no immediate reports of casualties",
        "without giving a number",
    )
]
SUMS: list[Row] = [
    ("a man and two children", "exact", 3, 3, 3),
    ("two women, three men and a child", "exact", 6, 6, 6),
    ("a man and woman were killed", "exact", 2, 2, 2),
    ("a woman and her two sons were killed", "exact", 3, 3, 3),
    ("a commander and two others", "exact", 3, 3, 3),
    ("his wife and two children were killed", "exact", 3, 3, 3),
    ("four people and nine soldiers were killed", "exact", 13, 13, 13),
    ("five Syrian and three Iraqi soldiers", "exact", 8, 8, 8),
    ("22 children as well as six teachers", "exact", 28, 28, 28),
    ("3 soldiers, 4 militants killed in clash", "exact", 7, 7, 7),
    ("12 soldiers and an unknown number of civilians", "at least", 12, None, None),
    ("about 40 civilians and 3 soldiers", "about", None, 43, None),
    ("12 civilians and up to 15 soldiers", "range", 12, None, 27),
    ("a woman aged 34 and two children", "exact", 3, 3, 3),
    ("a girl, 9, and two boys", "exact", 3, 3, 3),
]
PARTS_AND_WHOLES: list[Row] = [
    ("a dozen people including four medical workers", "exact", 12, 12, 12),
    ("five people including a child and two women", "exact", 5, 5, 5),
    ("at least 13 people dead, four of them medical workers", "at least", 13, 13, None),
    ("at least 12 people, among them three children", "at least", 12, 12, None),
    ("12 people, three of whom were children, died", "exact", 12, 12, 12),
    ("12 civilians, two women and a child among them", "exact", 12, 12, 12),
    ("12 people, such as four medics", "exact", 12, 12, 12),
    ("12 dead (8 civilians, 4 soldiers)", "exact", 12, 12, 12),
    ("the strike killed seven: three women and four children", "exact", 7, 7, 7),
    ("seven people – three women and four children – were killed", "exact", 7, 7, 7),
    ("8 civilians and 4 soldiers, 12 in all", "exact", 12, 12, 12),
    ("12 of the 40 hostages", "exact", 12, 12, 12),
    ("12 out of 40 hostages", "exact", 12, 12, 12),
    ("three of its staff", "exact", 3, 3, 3),
    ("one of the dead", "exact", 1, 1, 1),
    ("one of them was a child", "exact", 1, 1, 1),
    ("two of the dead were children", "exact", 2, 2, 2),
    ("thirty (30) soldiers", "exact", 30, 30, 30),
]
WHICH_COUNT: list[Row] = [
    ("killing 12 and wounding 30", "exact", 12, 12, 12),
    ("12 killed, 30 wounded", "exact", 12, 12, 12),
    ("12 dead and 30 wounded", "exact", 12, 12, 12),
    ("killed 12 people and 30 others were wounded", "exact", 12, 12, 12),
    ("five soldiers were killed and a civilian wounded", "exact", 5, 5, 5),
    ("a soldier was killed and 12 wounded", "exact", 1, 1, 1),
    ("killed or wounded 40", "exact", 40, 40, 40),
    ("40 dead or wounded", "exact", 40, 40, 40),
    ("dead: 12", "exact", 12, 12, 12),
    ("13 people dead", "exact", 13, 13, 13),
    ("18 trucks and 3 people", "exact", 3, 3, 3),
    ("12 air strikes killed 30 civilians", "exact", 30, 30, 30),
    ("two bombings killed 44 people", "exact", 44, 44, 44),
    ("some 40 rockets hit the city, killing one person", "exact", 1, 1, 1),
    ("a gunman killed 12", "exact", 12, 12, 12),
    ("a suicide bomber killed 12 people", "exact", 12, 12, 12),
    ("two gunmen opened fire, killing 12", "exact", 12, 12, 12),
    ("two gunmen killed five people", "exact", 5, 5, 5),
    ("three witnesses said 12 people were killed", "exact", 12, 12, 12),
    ("there were 60 people on board and 40 died", "exact", 40, 40, 40),
    ("the death toll rose to 35 from 30", "exact", 35, 35, 35),
    ("the death toll rose from 30 to 35", "exact", 35, 35, 35),
    ("the toll was revised down from 40 to 35", "exact", 35, 35, 35),
    ("the death toll rose by five to 35", "exact", 35, 35, 35),
    ("a toll of at least 40", "at least", 40, 40, None),
    ("the toll topped 100", "at least", 101, 101, None),
    ("40 militants were killed, the army said; activists put the toll at 12", "exact", 40, 40, 40),
    ("in 2015, 1,200 people were killed", "exact", 1200, 1200, 1200),
    ("killed 2000 people", "exact", 2000, 2000, 2000),
    ("In September 12 people were killed", "exact", 12, 12, 12),
    ("on 17 September air strikes killed 62 soldiers", "exact", 62, 62, 62),
    ("over the past two days, 12 people were killed", "exact", 12, 12, 12),
    ("more than 250,000 people have been killed since March 2011", "at least", 250001, 250001, None),
    ("MH17 was shot down with 298 people aboard", "exact", 298, 298, 298),
    ("the raid killed 3 children aged 4, 6 and 9", "exact", 3, 3, 3),
    ("two children under 10", "exact", 2, 2, 2),
]
ALL_ROWS = [
    *(*OF_THE_ARTICLE, *NUMERALS, *PERSONS, *HEDGED, *VAGUE, *RANGES, *NONE_HARMED),
    *(*NOT_STATED, *SUMS, *PARTS_AND_WHOLES, *WHICH_COUNT),
]

NOTHING_COUNTED = [
    *("", " ", "the truce", "people", "casualties", "civilians were killed", "heavy casualties"),
    *("a 34-year-old", "aged 34", "Ahmad, 34, was killed", "Ahmad (34)", "children under 10"),
    *("at the age of 12", "fifty-something", "in his 40s", "12-year-old Omran", "Omran, 5"),
    *("on 20 September", "Sept. 19, 2016", "on Sept. 12 as part of a deal", "September 2016", "2016"),
    *("in 2016", "2011-2016", "between 2011 and 2016", "2016-09-20", "20/09/2016", "19-20 September", "9/11"),
    *("at 8 p.m.", "10:30", "1500 GMT", "12 hours", "two days ago", "for all but a few weeks since July"),
    *("18 km", "500-kg bomb", "40 percent", "20 per cent", "20%", "$3 million", "300 euros", "€300", "82mm"),
    *("155 mm shells", "a 3.5 magnitude quake", "three times", "two and a half hours", "35 degrees"),
    *("the third attack", "the 101st brigade", "3rd battalion", "No. 10", "Flight 752", "Resolution 2254"),
    *("F-16", "AK-47", "Su-24 jets", "World War Two", "24/7", "seven-time champion", "the 1980s"),
    *("five-year conflict", "the brutal five-year conflict in Syria Tuesday", "at its lowest for decades"),
    *("two-thirds of the population", "40 percent of the 30 victims", "half the 40 passengers"),
    *("most of the 30 victims", "a third of the 30 hostages", "one in five Syrians", "all but two"),
    *("one another", "one side", "one of the worst attacks", "on the one hand", "no longer", "no doubt"),
    *("no group claimed responsibility", "no one claimed responsibility", "a child care centre"),
    *("the president", "a police station", "1.5", "1,200.50", "#5", "555-1234-99", "P5+1"),
]


def understood(phrase: str) -> tuple[str, int | None, int | None, int | None]:
    figure = parse(phrase)
    assert figure is not None
    return figure.qualifier, figure.low, figure.best, figure.high


@pytest.mark.parametrize(
    ("phrase", "qualifier", "low", "best", "high"), ALL_ROWS, ids=[r[0] for r in ALL_ROWS]
)
def test_the_count_of_a_phrase_is_read(
    phrase: str, qualifier: str, low: int | None, best: int | None, high: int | None
) -> None:
    assert understood(phrase) == (qualifier, low, best, high)


@pytest.mark.parametrize("phrase", NOTHING_COUNTED)
def test_what_counts_nothing_is_left_alone(phrase: str) -> None:
    assert parse(phrase) is None


def test_the_tables_are_as_long_as_promised() -> None:
    assert len({row[0] for row in ALL_ROWS}) >= 220


@pytest.mark.parametrize("row", ALL_ROWS, ids=[r[0] for r in ALL_ROWS])
def test_what_is_read_is_a_legal_figure_in_the_words_of_the_passage(row: Row) -> None:
    figure = parse(row[0])
    assert figure is not None
    assert figure_problem(figure.to_body()) is None
    assert figure.words
    assert figure.words in row[0]


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("leaving at least 13 people dead", "at least 13"),
        ("killed four medical workers and at least nine fighters", "four medical workers and at least nine"),
        ("a dozen people including four medical workers", "a dozen"),
        ("there were no casualties, he said", "no casualties"),
        ("killed A 12-year-old boy", "A 12-year-old boy"),
        ("some 40-odd people", "some 40-odd"),
        ("12 or more dead", "12 or more"),
        ("another three people", "three"),
        ("it was not clear how many died", "it was not clear how many"),
        ("😀 dozens of people", "dozens"),
        ("قُتل ٣٤ شخصا", "٣٤"),
        ("12 of the 40 hostages", "12"),
    ],
)
def test_the_words_are_the_smallest_stretch_as_written(phrase: str, words: str) -> None:
    figure = parse(phrase)
    assert figure is not None
    assert figure.words == words


def test_a_count_says_in_words_what_was_understood() -> None:
    figure = parse("at least nine opposition fighters")
    assert figure is not None
    assert figure.spelled() == "9 or more"
