"""When two names are one employee plan, when they are two, and when it cannot be told."""

import pytest

from projections.identity.vehicles import alike, holder_key

ISSUER, SYMBOL = "HALVERSON & REED BANCORP INC", "HRBC"


def key(nature):
    return holder_key(nature, ISSUER, SYMBOL)


@pytest.mark.parametrize(
    "nature",
    [
        "By 401(k)",
        "By 401(k) Plan",
        "401K plan",
        "Held in 401 (k)",
        "By 401(k) Plan Trust",
        "By Trust (401k plan)",
        "By Company 401(k) Plan",
        "Company-sponsored 401(k) account",
        "By the Halverson & Reed Bancorp, Inc. 401(k) Plan",
        "By HRBC 401(k) Savings Plan",
        "By 401(k) Profit Sharing Plan",
        "By employer's 401(k) retirement savings plan",
        "By 401(k) Savings Plan Trustee",
    ],
)
def test_a_401k_is_one_plan_under_many_names(nature):
    assert key(nature) == key("By 401(k)")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("By Profit Sharing Plan", "By Profit-Sharing Plan"),
        ("By Profit Sharing Plan", "Profit sharing plan trust"),
        ("By DRIP", "By Dividend Reinvestment Plan"),
        ("By DRIP", "Through dividend re-investment and stock purchase program"),
        ("By ESPP", "By Employee Stock Purchase Plan"),
        ("By ESPP", "Held in Employees' Stock Purchase Plan"),
        ("By ESOP", "By Employee Stock Ownership Plan and Trust"),
        ("By ESOP", "Halverson & Reed Employee Stock Ownership Plan"),
        ("By Deferred Comp Plan", "Deferred Compensation Plan"),
        ("By Savings Plan", "By the Company's Savings Plan"),
        ("By Thrift Plan", "Thrift Plan account"),
        ("By 403(b)", "By 403(b) Plan"),
    ],
)
def test_one_plan_in_the_words_of_two_reports(one, other):
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("By 401(k)", "By Spouse's 401(k)"),
        ("By 401(k) Plan", "By Excess 401(k) Plan"),
        ("By 401(k)", "By 401(k) Plan as Co-Trustee"),
        ("By 401(k)", "By ESOP"),
        ("By Profit Sharing Plan", "By ESPP"),
        ("By Deferred Compensation Plan", "By Nonqualified Deferred Compensation Plan"),
        ("By Savings Plan", "By Deferred Compensation Plan"),
        ("By Savings Plan", "By Spouse"),
        ("By Trust", "By Family Trust"),
        ("By Spouse", "By Spouse's IRA"),
        ("By Son", "By Daughter"),
        ("By Child", "By Grandchild"),
        ("By Elm Fund I LP", "By Elm Fund II LP"),
        ("By Doe 2010 Trust", "By Doe 2012 Trust"),
        ("Doe Trust dated 1/2/2003", "Doe Trust dated 5/6/2004"),
    ],
)
def test_other_plans_people_and_trusts_stay_apart_without_a_doubt(one, other):
    assert key(one) != key(other)
    assert not alike(key(one), key(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("By Savings Plan", "By Savings and Investment Plan"),
        ("By Retirement Plan", "By Retirement Savings Plan"),
        ("By 401(k)", "As Trustee of the 401(k) Plan"),
        ("By Child", "By Children"),
        ("By Minor Child", "By Child"),
        ("By Daughter", "By Daughters"),
        ("By Self as Custodian for Son", "As custodian for son under UTMA"),
        ("Custodial Account", "UTMA for minor child"),
        ("By Doe Trust", "By Doe Family Trust"),
        ("Doe Trust", "Doe Trust dated 1/2/2003"),
    ],
)
def test_names_that_are_only_alike_leave_a_doubt(one, other):
    assert key(one) != key(other)
    assert alike(key(one), key(other))
    assert alike(key(other), key(one))
