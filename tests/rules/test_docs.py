"""The page of rules for jurists is what the tests say today."""

from tools.rule_docs import PAGE, page


def test_the_page_of_rules_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python tools/rule_docs.py"
