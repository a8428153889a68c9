import unittest

from splitbill import Payment, Trip, settle


class TripTests(unittest.TestCase):
    def setUp(self):
        self.trip = Trip(["Ann", "Bo", "Cy"])

    def test_everybody_starts_even(self):
        self.assertEqual([self.trip.balance(name) for name in self.trip.people], [0, 0, 0])
        self.assertEqual(self.trip.settle(), [])

    def test_unknown_people_change_nothing(self):
        with self.assertRaises(ValueError):
            self.trip.pay("Dee", 300)
        with self.assertRaises(ValueError):
            self.trip.pay("Ann", 300, among=["Ann", "Dee"])
        with self.assertRaises(ValueError):
            self.trip.balance("Dee")
        self.assertEqual(self.trip.balance("Ann"), 0)

    def test_names_must_differ(self):
        with self.assertRaises(ValueError):
            Trip(["Ann", "Ann"])

    def test_payer_is_owed_and_sharers_owe(self):
        self.trip.pay("Ann", 900)
        self.assertEqual(self.trip.balance("Ann"), 600)
        self.assertEqual(self.trip.balance("Bo"), -300)
        self.trip.pay("Bo", 500, among=["Bo", "Cy"])
        self.assertEqual(self.trip.balance("Bo"), -50)
        self.assertEqual(self.trip.balance("Cy"), -550)

    def test_debtors_pay_creditors(self):
        self.trip.pay("Ann", 900)
        self.assertEqual(
            self.trip.settle(),
            [Payment("Bo", "Ann", 300), Payment("Cy", "Ann", 300)],
        )


class SettleTests(unittest.TestCase):
    def test_balances_must_add_up(self):
        with self.assertRaises(ValueError):
            settle({"Ann": 5, "Bo": -4})

    def test_biggest_debt_meets_biggest_claim(self):
        payments = settle({"Ann": 700, "Bo": -250, "Cy": 100, "Dee": -550})
        self.assertEqual(
            payments,
            [
                Payment("Dee", "Ann", 550),
                Payment("Bo", "Ann", 150),
                Payment("Bo", "Cy", 100),
            ],
        )


if __name__ == "__main__":
    unittest.main()
