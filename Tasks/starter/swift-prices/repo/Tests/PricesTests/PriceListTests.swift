import Prices
import XCTest

final class DayTests: XCTestCase {
    func testDaysThatDoNotExist() {
        XCTAssertNil(Day(2023, 2, 29))
        XCTAssertNil(Day(2024, 13, 1))
        XCTAssertNil(Day(2024, 4, 31))
        XCTAssertNil(Day(2024, 1, 0))
        XCTAssertNil(Day(1900, 2, 29))
        XCTAssertNotNil(Day(2000, 2, 29))
        XCTAssertNotNil(Day(2024, 2, 29))
    }

    func testOrder() throws {
        let days = try [Day(2023, 12, 31), Day(2024, 1, 1), Day(2024, 1, 2), Day(2024, 2, 1)].map { try XCTUnwrap($0) }
        XCTAssertEqual(days.reversed().sorted(), days)
        XCTAssertEqual(days[1].description, "2024-01-01")
    }
}

final class PriceListTests: XCTestCase {
    private var list = PriceList()
    private var january: Day!
    private var march: Day!
    private var april: Day!

    override func setUpWithError() throws {
        january = try XCTUnwrap(Day(2024, 1, 1))
        march = try XCTUnwrap(Day(2024, 3, 1))
        april = try XCTUnwrap(Day(2024, 4, 15))
        list = PriceList()
        list.set("monthly", to: 1_200, from: march)
        list.set("monthly", to: 1_000, from: january)
        list.set("sticker", to: 150, from: march)
    }

    private func price(_ product: String, _ year: Int, _ month: Int, _ day: Int) throws -> Int? {
        list.price(of: product, on: try XCTUnwrap(Day(year, month, day)))
    }

    func testNoPriceBeforeTheFirst() throws {
        XCTAssertNil(try price("monthly", 2023, 12, 31))
        XCTAssertNil(try price("yacht", 2024, 1, 1))
    }

    func testPriceStaysUntilTheNextChange() throws {
        XCTAssertEqual(try price("monthly", 2024, 1, 1), 1_000)
        XCTAssertEqual(try price("monthly", 2024, 2, 29), 1_000)
        XCTAssertEqual(try price("sticker", 2030, 1, 1), 150)
    }

    func testLaterPricesReplaceEarlierOnes() throws {
        XCTAssertEqual(try price("monthly", 2024, 3, 1), 1_200)
        XCTAssertEqual(try price("monthly", 2024, 12, 24), 1_200)
        list.set("monthly", to: 900, from: april)
        XCTAssertEqual(try price("monthly", 2024, 4, 14), 1_200)
        XCTAssertEqual(try price("monthly", 2024, 4, 15), 900)
    }

    func testHistoryIsInOrder() {
        list.set("monthly", to: 900, from: april)
        XCTAssertEqual(list.history(of: "monthly").map(\.cents), [1_000, 1_200, 900])
        XCTAssertEqual(list.history(of: "yacht"), [])
    }

    func testSettingADayAgainReplaces() {
        list.set("monthly", to: 1_100, from: january)
        XCTAssertEqual(list.history(of: "monthly").map(\.cents), [1_100, 1_200])
    }

    func testNextChange() {
        list.set("monthly", to: 900, from: april)
        XCTAssertEqual(list.nextChange(of: "monthly", after: january), march)
        XCTAssertEqual(list.nextChange(of: "monthly", after: march), april)
        XCTAssertNil(list.nextChange(of: "monthly", after: april))
    }

    func testTotal() {
        XCTAssertEqual(list.total(of: ["monthly": 2], on: january), 2_000)
        XCTAssertEqual(list.total(of: ["sticker": 3], on: april), 450)
        XCTAssertEqual(list.total(of: [:], on: january), 0)
        XCTAssertNil(list.total(of: ["monthly": 1, "sticker": 1], on: january))
    }

    func testIncreases() {
        XCTAssertEqual(list.increases(between: january, and: april), ["monthly"])
        XCTAssertEqual(list.increases(between: march, and: april), [])
    }
}
