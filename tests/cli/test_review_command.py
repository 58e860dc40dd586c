"""`annotator review`: lists where annotators differ, and decides by a rule as one change."""

import json

import pytest

TEXT = "The truce is not dead, Kerry said. Four people died."


def span(layer, start, stop, **more):
    return {"id": f"{layer}-{start}", "layer": layer, "label": "claim", "fragments": [[start, stop]], **more}


WORK = (
    span("Ada", 4, 9),
    span("Ben", 4, 9),
    span("Ada", 23, 28, attributes={"voice": "author"}),
    span("Ben", 23, 33, attributes={"voice": "reported"}),
    span("Ada", 35, 46),
)


@pytest.fixture
def reviewed(run, made, tmp_path):
    """A project in which Ada and Ben agree once, differ once, and Ada has one more."""
    done = [{"annotator": who, "state": "done"} for who in ("Ada", "Ben")]
    lines = [
        {"format": "annotator", "version": 1},
        {"text": TEXT, "annotations": WORK, "progress": done},
        {"text": "Alone.", "annotations": [span("Ada", 0, 5, id="alone")]},
    ]
    (tmp_path / "work.jsonl").write_text("\n".join(map(json.dumps, lines)))
    assert run("import", made, "work.jsonl", "--format", "jsonl").status == 0
    return made


def counts(ran):
    return {key: ran.json[key] for key in ("open", "resolved", "agreed", "accepted")}


def states(ran):
    return [case["state"] for case in ran.json["cases"]]


def test_cases_are_listed_for_people(run, reviewed):
    ran = run("review", reviewed)
    assert (ran.status, ran.err) == (0, "")
    assert "Ada, Ben" in ran.out
    assert "Boundaries differ by 5 characters; “voice” differs." in ran.out
    assert "2 cases to be decided, 0 resolved; 1 agreed and not yet gold" in ran.out
    assert "Alone" not in ran.out


def test_cases_are_listed_for_scripts(run, reviewed):
    ran = run("review", reviewed, "--json")
    assert counts(ran) == {"open": 2, "resolved": 0, "agreed": 1, "accepted": 0}
    assert states(ran) == ["agreed", "open", "open"]
    case = ran.json["cases"][1]
    assert (case["start"], case["stop"], case["words"]) == (23, 33, "Kerry said")
    assert [d["kind"] for d in case["differences"]] == ["boundaries", "value"]
    assert [v["layer"] for v in case["versions"]] == ["Ada", "Ben"]
    assert case["versions"][0]["annotation"]["attributes"] == {"voice": "author"}
    assert ran.json["cases"][2]["versions"][1] == {"layer": "Ben", "annotation": None}
    assert (case["gold"], case["way"], ran.json["decided"]) == (None, None, None)


def test_only_some_are_listed(run, reviewed):
    article = run("review", reviewed, "--json").json["cases"][0]["article"]
    assert states(run("review", reviewed, "--disputed", "--json")) == ["open", "open"]
    assert len(states(run("review", reviewed, "--article", article, "--json"))) == 3
    assert (
        states(run("review", reviewed, "--article", article, "--layers", "Ada", "--json")) == ["single"] * 3
    )


def test_hidden_names_are_nowhere(run, reviewed):
    for words in ((), ("--json",)):
        ran = run("review", reviewed, "--hide-names", *words)
        assert "Annotator A" in ran.out
        assert '"Ada"' not in ran.out
        assert "Ada," not in ran.out
    assert [v["layer"] for v in ran.json["cases"][0]["versions"]] == ["Annotator A", "Annotator B"]


def test_unanimous_is_one_change(run, reviewed):
    ran = run("review", reviewed, "--accept", "unanimous", "--json")
    assert ran.json["decided"] == {"accepted": 1, "rejected": 0, "done": 0}
    assert counts(ran) == {"open": 2, "resolved": 0, "agreed": 0, "accepted": 1}
    assert ran.json["cases"][0]["way"] == "unanimous"
    assert run("review", reviewed, "--accept", "unanimous").out.startswith("Accepted 0 spans into gold.")
    changes = run("history", reviewed, "--json").json["changes"]
    assert (changes[0]["action"], changes[0]["actor"]) == ("accept 1 span into gold by rule", "ann")


def test_one_annotator_first_decides_all(run, reviewed):
    ran = run("review", reviewed, "--accept", "first", "--first", "Ben")
    assert "Accepted 2 spans into gold, rejected 1 case; 1 article is now done in gold." in ran.out
    assert counts(run("review", reviewed, "--json")) == {
        "open": 0,
        "resolved": 2,
        "agreed": 0,
        "accepted": 1,
    }


def test_a_majority_of_two_who_differ_is_none(run, reviewed):
    ran = run("review", reviewed, "--accept", "majority", "--json")
    assert ran.json["decided"] == {"accepted": 1, "rejected": 0, "done": 0}


def test_gold_is_exported_with_how_it_came_to_be_and_comes_back(run, reviewed, tmp_path):
    run("review", reviewed, "--accept", "first", "--first", "Ada")
    assert run("export", reviewed, "out", "--format", "jsonl", "--layer", "gold").status == 0
    assert "Its spans are 1 unanimous and 3 from one annotator alone." in (
        tmp_path / "out" / "README.md"
    ).read_text("utf-8")
    _, *lines = map(json.loads, (tmp_path / "out" / "annotations.jsonl").read_text("utf-8").splitlines())
    gold = {a["origin"]: a["sources"] for line in lines for a in line["annotations"]}
    assert gold["gold: unanimous"] == ["Ada-4", "Ben-4"]
    assert [line["progress"] for line in lines] == [[{"annotator": "gold", "state": "done"}]] * 2
    run("new", "again.annotator")
    assert run("import", "again.annotator", "out/annotations.jsonl").status == 0
    run("export", "again.annotator", "twice", "--format", "jsonl")
    assert (tmp_path / "twice" / "annotations.jsonl").read_text("utf-8").splitlines()[1:] == (
        (tmp_path / "out" / "annotations.jsonl").read_text("utf-8").splitlines()[1:]
    )
    assert run("stats", "again.annotator", "--json").json["layers"]["gold"]["done"] == 2


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("--article", "none"), 1, "no article “none”"),
        (("--layers", "Ada,Dan"), 1, "nobody called “Dan”"),
        (("--layers", "gold"), 2, "names only gold; name another, as in --layers gold,ann"),
        (("--layers", "Ada"), 2, "names only Ada; name another, as in --layers Ada,gold"),
        (("--layers", "Ada", "--accept", "unanimous"), 2, "comparing takes two"),
        (("--layers", "gold,Ada"), 1, "there is no gold yet to compare with"),
        (("--layers", "gold,Ada", "--accept", "unanimous"), 2, "leave gold out of --layers"),
        (("--accept", "first", "--first", "gold"), 1, "nobody called “gold”"),
        (("--accept", "first", "--first", "Dan"), 1, "nobody called “Dan”"),
        (("--accept", "first"), 2, "need each other"),
        (("--first", "Ada"), 2, "need each other"),
        (("--majority", "2"), 2, "needs --accept majority"),
        (("--accept", "majority", "--majority", "0"), 2, "not a number of 1 or more"),
        (("--accept", "best"), 2, "can't be “best”; choose one of unanimous"),
    ],
)
def test_bad_wishes_are_told_and_change_nothing(run, reviewed, words, status, said):
    ran = run("review", reviewed, *words)
    assert (ran.status, ran.out) == (status, "")
    assert said in ran.err
    assert run("stats", reviewed, "--json").json["layers"].keys() == {"Ada", "Ben"}


def test_gold_is_compared_with_an_annotator(run, reviewed):
    run("review", reviewed, "--accept", "first", "--first", "Ada")
    ben = run("review", reviewed, "--layers", "gold,Ben", "--json")
    assert counts(ben) == {"open": 2, "resolved": 0, "agreed": 1, "accepted": 0}
    assert states(ben) == ["agreed", "open", "open"]
    assert [v["layer"] for v in ben.json["cases"][0]["versions"]] == ["gold", "Ben"]
    told = run("review", reviewed, "--layers", "Ben,gold", "--hide-names").out
    assert "2 cases with differences, 1 the same in gold." in told
    assert "Ben" not in told
    assert states(run("review", reviewed, "--layers", "gold,Ada", "--json")) == ["agreed"] * 4


def test_one_annotator_alone_may_be_followed(run, reviewed):
    ran = run("review", reviewed, "--accept", "first", "--first", "Ada", "--layers", "Ada")
    assert ran.out.startswith("Accepted 4 spans into gold; 1 article is now done in gold.")


def test_an_article_in_which_nobody_found_anything_is_done_in_gold(run, made, tmp_path):
    done = [{"annotator": who, "state": "done"} for who in ("Ada", "Ben")]
    lines = [
        {"format": "annotator", "version": 1},
        {"text": TEXT, "annotations": [], "progress": done},
        {"text": "Only one has read this.", "annotations": [], "progress": done[:1]},
    ]
    (tmp_path / "work.jsonl").write_text("\n".join(map(json.dumps, lines)))
    run("import", made, "work.jsonl")
    ran = run("review", made, "--accept", "unanimous")
    assert ran.out.startswith("Accepted 0 spans into gold; 1 article is now done in gold.")
    assert run("review", made, "--accept", "unanimous", "--json").json["decided"]["done"] == 0
    assert run("history", made, "--json").json["changes"][0]["action"] == "mark 1 article as done in gold"
    assert run("stats", made, "--json").json["layers"]["gold"] == {
        "annotations": 0,
        "by_label": {},
        "done": 1,
    }
    run("export", made, "out", "--format", "jsonl", "--layer", "gold")
    card = (tmp_path / "out" / "README.md").read_text("utf-8")
    assert "| gold | 0 | 1 |" in card
    assert "Disagreements were settled by adjudication: the layer `gold` holds what was decided." in card
    assert "Its spans are" not in card
