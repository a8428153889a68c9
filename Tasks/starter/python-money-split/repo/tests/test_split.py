import unittest

from splitbill import format_cents, parse_cents, split_by_weights, split_evenly


class AmountTests(unittest.TestCase):
    def test_parse(self):
        self.assertEqual(parse_cents("12.50"), 1250)
        self.assertEqual(parse_cents(" 12,5 "), 1250)
        self.assertEqual(parse_cents("7"), 700)
        self.assertEqual(parse_cents("-3.05"), -305)
        self.assertEqual(parse_cents(".99"), 99)

    def test_parse_refuses_nonsense(self):
        for text in ("", "abc", "1.234", "1.2.3", "--"):
            with self.subTest(text=text), self.assertRaises(ValueError):
                parse_cents(text)

    def test_format(self):
        self.assertEqual(format_cents(1250), "12.50")
        self.assertEqual(format_cents(5), "0.05")
        self.assertEqual(format_cents(-305), "-3.05")


class SplitTests(unittest.TestCase):
    def test_even_split_without_remainder(self):
        self.assertEqual(split_evenly(0, 4), [0, 0, 0, 0])
        self.assertEqual(split_evenly(9, 1), [9])

    def test_first_people_pay_the_cents_left_over(self):
        self.assertEqual(split_evenly(10_000, 3), [3334, 3333, 3333])
        self.assertEqual(split_evenly(5, 3), [2, 2, 1])
        self.assertEqual(split_evenly(1, 3), [1, 0, 0])

    def test_shares_add_up_to_the_bill(self):
        for cents in range(0, 60):
            for people in range(1, 8):
                self.assertEqual(sum(split_evenly(cents, people)), cents)

    def test_split_needs_people(self):
        with self.assertRaises(ValueError):
            split_evenly(100, 0)

    def test_weights(self):
        self.assertEqual(split_by_weights(1000, [1, 1, 2]), [250, 250, 500])
        self.assertEqual(split_by_weights(100, [1, 1, 1]), [34, 33, 33])
        self.assertEqual(split_by_weights(100, [2, 3, 1]), [33, 50, 17])
        self.assertEqual(split_by_weights(7, [0, 5, 0]), [0, 7, 0])

    def test_weights_must_make_sense(self):
        for weights in ([], [0, 0], [2, -1]):
            with self.subTest(weights=weights), self.assertRaises(ValueError):
                split_by_weights(100, weights)


if __name__ == "__main__":
    unittest.main()
