"""Importing tokens in rows, CoNLL and TSV: whose work it is, who has read what, and what stands beside it."""

from annotator.services import importing

CONLL = "Kerry B-source\nspoke O\n\n-DOCSTART- -X- O O\n\nNothing O\nhere O\n"
TSV = """#FORMAT=WebAnno TSV 3.3
#T_SP=webanno.custom.Actor|value
#T_RL=webanno.custom.Knows|BT_webanno.custom.Actor


#Text=Anna met Bob.
1-1\t0-4\tAnna\tperson\t_\t
1-2\t5-8\tmet\t_\t_\t
1-3\t9-12\tBob\tperson\t1-1\t
1-4\t12-13\t.\t_\t_\t
"""


def put(folder, files):
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    return folder


def bring(project, path, **more):
    planned = importing.plan(project, [path], actor="ann", **more)
    importing.apply(project, planned)
    return planned


def done(project):
    return project.counts().done


def every(project):
    return [a for article in project.article_ids() for a in project.annotations(article)]


def test_tokens_of_nobody_go_to_the_actor_who_has_read_them_all(project, tmp_path):
    planned = bring(project, put(tmp_path, {"train.conll": CONLL}) / "train.conll")
    assert (len(planned.articles), planned.annotations) == (2, 1)
    assert [(a.layer, a.label, a.words) for a in every(project)] == [("ann", "source", "Kerry")]
    assert done(project) == {"ann": 2}


def test_tokens_may_be_put_in_a_layer_of_their_own(project, tmp_path):
    folder = put(tmp_path / "corpus", {"a.bio": CONLL, "b.conll": CONLL.replace("Kerry", "Assad")})
    bring(project, folder, layer="dora")
    assert done(project) == {"dora": 3}
    assert sorted(a.words for a in every(project)) == ["Assad", "Kerry"]


def test_the_same_file_again_brings_nothing(project, tmp_path):
    folder = put(tmp_path / "corpus", {"a.conll": CONLL, "b.tsv": TSV})
    bring(project, folder)
    again = importing.plan(project, [folder], actor="ann")
    assert again.is_empty
    assert (again.skipped, len(every(project))) == (3, 3)


def test_each_annotator_of_inception_has_a_layer(project, tmp_path):
    folder = put(
        tmp_path / "export",
        {
            "annotation/news.txt/bob.tsv": TSV,
            "annotation/news.txt/eve.tsv": TSV,
            "curation/news.txt/CURATION_USER.tsv": TSV,
        },
    )
    bring(project, folder)
    (article,) = project.article_ids()
    assert project.article(article).title == "news.txt"
    assert done(project) == {"bob": 1, "eve": 1, "gold": 1}
    words = {a.id: (a.layer, a.words) for a in every(project)}
    assert sorted(words.values()) == sorted((x, y) for x in ("bob", "eve", "gold") for y in ("Anna", "Bob"))
    assert sorted((words[link.source], words[link.target]) for link in project.links(article)) == [
        ((layer, "Anna"), (layer, "Bob")) for layer in ("bob", "eve", "gold")
    ]


def test_texts_beside_rows_are_articles_of_their_own(project, tmp_path):
    planned = bring(project, put(tmp_path / "mixed", {"a.conll": CONLL, "b.txt": "Another article."}))
    assert sorted(p.text for p in planned.articles) == ["Another article.", "Kerry spoke", "Nothing here"]


def test_other_tables_that_end_in_tsv_do_not_make_a_folder_one_of_webanno(project, tmp_path):
    files = {"numbers.tsv": "title\ttext\nOne\tAn article.\n", "b.txt": "Another article."}
    planned = bring(project, put(tmp_path / "mixed", files))
    assert sorted(p.text for p in planned.articles) == ["An article.", "Another article."]
    assert not any("left out" in remark.message for remark in planned.remarks)
