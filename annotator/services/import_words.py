"""What an import brings, in numbers and words."""

from annotator.services.looking import Plan


def amounts(plan: Plan, span: str = "annotation") -> list[str]:
    """Say how much is new of what there is any of; `span` is the word for annotations."""
    told = (
        (len(plan.articles), "article", "articles"),
        (plan.annotations, span, f"{span}s"),
        (plan.links, "link", "links"),
        (plan.verdicts, "verdict", "verdicts"),
        (plan.replies, "answer to a verdict", "answers to verdicts"),
        (plan.incidents, "incident", "incidents"),
        (plan.entities - plan.incidents, "entity", "entities"),
        (plan.progress, "mark as done or skipped", "marks as done or skipped"),
    )
    return [f"{n:,} {one if n == 1 else many}" for n, one, many in told if n]
