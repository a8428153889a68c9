import unittest
from datetime import date

from workdays import Calendar, month_end, payday

MONDAY = date(2024, 4, 29)
TUESDAY = date(2024, 4, 30)
MAY_DAY = date(2024, 5, 1)
THURSDAY = date(2024, 5, 2)
FRIDAY = date(2024, 5, 3)
SATURDAY = date(2024, 5, 4)
SUNDAY = date(2024, 5, 5)
NEXT_MONDAY = date(2024, 5, 6)


class CalendarTests(unittest.TestCase):
    def setUp(self):
        self.calendar = Calendar(holidays=[MAY_DAY])

    def test_weekends_and_holidays_are_no_workdays(self):
        self.assertTrue(self.calendar.is_workday(TUESDAY))
        self.assertTrue(self.calendar.is_workday(FRIDAY))
        for day in (MAY_DAY, SATURDAY, SUNDAY):
            self.assertFalse(self.calendar.is_workday(day))

    def test_a_week_needs_a_workday(self):
        with self.assertRaises(ValueError):
            Calendar(weekend=range(7))
        self.assertTrue(Calendar(weekend=range(6)).is_workday(SUNDAY))

    def test_next_workday_on_an_ordinary_day(self):
        self.assertEqual(self.calendar.next_workday(MONDAY), TUESDAY)
        self.assertEqual(self.calendar.next_workday(SUNDAY), NEXT_MONDAY)

    def test_next_workday_skips_weekend_and_holiday(self):
        self.assertEqual(self.calendar.next_workday(FRIDAY), NEXT_MONDAY)
        self.assertEqual(self.calendar.next_workday(TUESDAY), THURSDAY)

    def test_previous_workday(self):
        self.assertEqual(self.calendar.previous_workday(NEXT_MONDAY), FRIDAY)
        self.assertEqual(self.calendar.previous_workday(THURSDAY), TUESDAY)
        self.assertEqual(self.calendar.previous_workday(TUESDAY), MONDAY)

    def test_other_weekends(self):
        calendar = Calendar(weekend=[4, 5])
        self.assertTrue(calendar.is_workday(SUNDAY))
        self.assertFalse(calendar.is_workday(FRIDAY))
        self.assertEqual(calendar.previous_workday(SUNDAY), THURSDAY)

    def test_roll_forward_keeps_workdays(self):
        self.assertEqual(self.calendar.roll_forward(FRIDAY), FRIDAY)
        self.assertEqual(self.calendar.roll_forward(SUNDAY), NEXT_MONDAY)
        self.assertEqual(self.calendar.roll_forward(MAY_DAY), THURSDAY)

    def test_due_date_goes_forward(self):
        self.assertEqual(self.calendar.due_date(MONDAY, 0), MONDAY)
        self.assertEqual(self.calendar.due_date(MONDAY, 1), TUESDAY)
        self.assertEqual(self.calendar.due_date(MONDAY, 4), NEXT_MONDAY)

    def test_due_date_goes_back(self):
        self.assertEqual(self.calendar.due_date(NEXT_MONDAY, -1), FRIDAY)
        self.assertEqual(self.calendar.due_date(NEXT_MONDAY, -4), MONDAY)

    def test_days_between_leaves_out_the_last(self):
        days = list(self.calendar.days_between(MONDAY, FRIDAY))
        self.assertEqual(days, [MONDAY, TUESDAY, THURSDAY])

    def test_count_between(self):
        self.assertEqual(self.calendar.count_between(MONDAY, NEXT_MONDAY), 4)
        self.assertEqual(self.calendar.count_between(NEXT_MONDAY, MONDAY), -4)
        self.assertEqual(self.calendar.count_between(MONDAY, MONDAY), 0)


class MonthTests(unittest.TestCase):
    def test_month_end(self):
        self.assertEqual(month_end(2024, 2), date(2024, 2, 29))
        self.assertEqual(month_end(2023, 2), date(2023, 2, 28))
        self.assertEqual(month_end(2024, 12), date(2024, 12, 31))

    def test_payday_is_a_workday(self):
        self.assertEqual(payday(Calendar(), 2024, 4), TUESDAY)
        self.assertEqual(payday(Calendar(), 2024, 3), date(2024, 3, 29))
        self.assertEqual(payday(Calendar([TUESDAY]), 2024, 4), MONDAY)


if __name__ == "__main__":
    unittest.main()
