"""Gives change from a till that holds only so many of each coin."""

from __future__ import annotations


def make_change(amount: int, till: dict[int, int]) -> dict[int, int] | None:
    """The fewest coins of the till that make up the amount; None where it cannot be done.

    The result tells how many of each coin to hand out.
    """
    if amount < 0:
        raise ValueError("change is never negative")
    plans: dict[int, dict[int, int]] = {0: {}}
    for coin, available in till.items():
        for paid, plan in list(plans.items()):
            for count in range(1, available + 1):
                total = paid + coin * count
                if total > amount:
                    break
                longer = plan
                longer[coin] = count
                if total not in plans or coins(longer) < coins(plans[total]):
                    plans[total] = longer
    return plans.get(amount)


def coins(plan: dict[int, int]) -> int:
    """How many coins a plan hands out."""
    return sum(plan.values())


def hand_out(amount: int, till: dict[int, int]) -> dict[int, int]:
    """Give change and take its coins out of the till."""
    plan = make_change(amount, till)
    if plan is None:
        raise ValueError(f"there is no change for {amount}")
    for coin, count in plan.items():
        till[coin] -= count
    return plan
