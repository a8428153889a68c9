from datetime import date

import pytest

from ledger import Ledger, LedgerError

MARCH_1 = date(2024, 3, 1)
MARCH_15 = date(2024, 3, 15)
MARCH_31 = date(2024, 3, 31)
APRIL_1 = date(2024, 4, 1)


@pytest.fixture
def ledger():
    ledger = Ledger()
    ledger.open("bank", kind="asset")
    ledger.open("purse", kind="asset", overdraft=0)
    ledger.open("rent", kind="expense")
    ledger.open("food", kind="expense")
    ledger.open("salary", kind="income")
    ledger.open("capital", kind="equity")
    return ledger


@pytest.fixture
def march(ledger):
    ledger.post(MARCH_1, "opening", {"bank": 50_000, "capital": -50_000})
    ledger.post(MARCH_1, "rent", {"rent": 80_000, "bank": -80_000})
    ledger.post(MARCH_15, "pay", {"bank": 250_000, "salary": -250_000})
    ledger.transfer(MARCH_15, "bank", "purse", 20_000)
    ledger.post(MARCH_31, "market", {"food": 4_250, "purse": -4_250})
    ledger.post(APRIL_1, "rent", {"rent": 80_000, "bank": -80_000})
    return ledger


def test_new_ledger_is_empty(ledger):
    assert ledger.entries == ()
    assert ledger.balance("bank") == 0
    assert ledger.trial_balance() == {}


def test_entries_are_numbered_from_one(march):
    assert [entry.number for entry in march.entries] == [1, 2, 3, 4, 5, 6]
    assert march.entry(1).memo == "opening"
    assert march.entry(6).day == APRIL_1


def test_unknown_entry_is_refused(march):
    for number in (0, -1, 7):
        with pytest.raises(LedgerError, match="no entry"):
            march.entry(number)


def test_account_cannot_be_opened_twice(ledger):
    with pytest.raises(LedgerError, match="already open"):
        ledger.open("bank", kind="asset")


def test_kind_must_be_known(ledger):
    with pytest.raises(LedgerError, match="unknown kind"):
        ledger.open("crypto", kind="hope")
    assert ledger.account("bank").is_debit_normal
    assert not ledger.account("salary").is_debit_normal


def test_balance_sums_all_entries(march):
    assert march.balance("bank") == 120_000
    assert march.balance("purse") == 15_750
    assert march.balance("rent") == 160_000


def test_balance_on_a_day_includes_that_day(march):
    assert march.balance("bank", on=MARCH_1) == -30_000
    assert march.balance("bank", on=date(2024, 3, 14)) == -30_000
    assert march.balance("bank", on=MARCH_15) == 200_000
    assert march.balance("bank", on=date(2024, 2, 29)) == 0


def test_unbalanced_entry_changes_nothing(ledger):
    with pytest.raises(LedgerError, match="sum to zero"):
        ledger.post(MARCH_1, "wrong", {"bank": 100, "rent": -99})
    assert ledger.entries == ()


def test_entry_needs_two_legs_with_an_amount(ledger):
    with pytest.raises(LedgerError, match="two legs"):
        ledger.post(MARCH_1, "nothing", {})
    with pytest.raises(LedgerError, match="is zero"):
        ledger.post(MARCH_1, "zero", {"bank": 0, "rent": 0})
    ledger.post(MARCH_1, "two", {"bank": -100, "rent": 100})
    ledger.post(MARCH_1, "three", {"bank": -100, "rent": 60, "food": 40})
    assert len(ledger.entries) == 2


def test_unknown_account_is_refused(ledger):
    with pytest.raises(LedgerError, match="no account 'yacht'"):
        ledger.post(MARCH_1, "hm", {"bank": -100, "yacht": 100})
    with pytest.raises(LedgerError, match="no account"):
        ledger.balance("yacht")


def test_transfer_moves_money(ledger):
    entry = ledger.transfer(MARCH_1, "capital", "bank", 700)
    assert entry.legs == {"capital": -700, "bank": 700}
    assert entry.memo == "capital to bank"
    assert entry.volume == 700
    assert entry.amount_for("rent") == 0


def test_transfer_needs_a_positive_amount(ledger):
    for cents in (0, -5):
        with pytest.raises(LedgerError, match="positive"):
            ledger.transfer(MARCH_1, "bank", "rent", cents)
    assert ledger.transfer(MARCH_1, "bank", "rent", 1).volume == 1


def test_transfer_to_itself_is_refused(ledger):
    with pytest.raises(LedgerError, match="different"):
        ledger.transfer(MARCH_1, "bank", "bank", 10)


def test_overdraft_limit_may_be_used_up_but_not_passed(ledger):
    ledger.open("giro", kind="asset", overdraft=1_000)
    ledger.transfer(MARCH_1, "giro", "food", 400)
    ledger.transfer(MARCH_1, "giro", "food", 600)
    assert ledger.balance("giro") == -1_000
    with pytest.raises(LedgerError, match="overdrawn"):
        ledger.transfer(MARCH_1, "giro", "food", 1)
    with pytest.raises(LedgerError, match="overdrawn"):
        ledger.transfer(MARCH_1, "purse", "food", 1)


def test_reversal_restores_every_balance(march):
    reversal = march.reverse(2, MARCH_15)
    assert reversal.legs == {"rent": -80_000, "bank": 80_000}
    assert reversal.reverses == 2
    assert march.balance("rent") == 80_000
    assert march.balance("bank") == 200_000
    same_day = march.reverse(5, MARCH_31)
    assert same_day.day == MARCH_31


def test_reversal_happens_once_and_not_earlier(march):
    with pytest.raises(LedgerError, match="older"):
        march.reverse(3, MARCH_1)
    reversal = march.reverse(3, APRIL_1)
    with pytest.raises(LedgerError, match="reversed before"):
        march.reverse(3, APRIL_1)
    with pytest.raises(LedgerError, match="itself a reversal"):
        march.reverse(reversal.number, APRIL_1)


def test_closed_days_are_locked(march):
    march.close(MARCH_31)
    with pytest.raises(LedgerError, match="closed"):
        march.transfer(MARCH_31, "bank", "purse", 5)
    with pytest.raises(LedgerError, match="already closed"):
        march.close(MARCH_15)
    march.close(MARCH_31)
    assert march.transfer(APRIL_1, "bank", "purse", 5).number == 7


def test_activity_covers_both_ends_of_the_period(march):
    assert march.activity("rent", MARCH_1, APRIL_1) == 160_000
    assert march.activity("rent", MARCH_1, MARCH_31) == 80_000
    assert march.activity("rent", date(2024, 3, 2), MARCH_31) == 0
    assert march.activity("food", MARCH_31, MARCH_31) == 4_250
    with pytest.raises(LedgerError, match="before it begins"):
        march.activity("rent", APRIL_1, MARCH_31)


def test_statement_carries_the_balance_forward(march):
    march.post(date(2024, 3, 10), "shoes", {"food": 9_000, "bank": -9_000})
    lines = march.statement("bank", date(2024, 3, 2), APRIL_1)
    assert [(line.entry.memo, line.amount, line.balance) for line in lines] == [
        ("shoes", -9_000, -39_000),
        ("pay", 250_000, 211_000),
        ("bank to purse", -20_000, 191_000),
        ("rent", -80_000, 111_000),
    ]
    assert [line.balance for line in march.statement("bank", MARCH_1, MARCH_1)] == [50_000, -30_000]
    assert march.statement("salary", APRIL_1, APRIL_1) == []


def test_profit_and_trial_balance(march):
    assert march.profit(MARCH_1, MARCH_31) == 250_000 - 80_000 - 4_250
    assert march.profit(APRIL_1, APRIL_1) == -80_000
    assert march.trial_balance(on=MARCH_1) == {
        "bank": -30_000,
        "rent": 80_000,
        "capital": -50_000,
    }
    assert sum(march.trial_balance().values()) == 0
