import Pricing
import Testing

@Suite struct ExactDecimalTests {
  @Test(arguments: [
    ("0", "0"), ("12", "12"), ("-3.50", "-3.5"), ("0.0000166667", "0.0000166667"), ("7.5e9", "7500000000"),
    ("1E-3", "0.001"), (".5", "0.5"), ("0.000000000001", "0.000000000001"), ("18.75e9", "18750000000"),
  ])
  func readsAndPrintsDecimals(text: String, printed: String) throws {
    #expect(try decimal(text).description == printed)
  }

  @Test(arguments: [
    "", "-", ".", "e5", "1e", "1.2.3", "0x10", " 1", "1 ", "1,000", "inf", "nan", "0.0000000000001", "1e99",
    "1e-60",
    "99999999999999999999999999999999", "+1", "1e+-3",
  ])
  func refusesOtherText(text: String) {
    #expect(ExactDecimal(text) == nil)
  }

  @Test func sumsThatBinaryFractionsMiss() throws {
    let tenth = try decimal("0.1")
    let sum = (0..<10).reduce(ExactDecimal.zero) { total, _ in total + tenth }
    #expect(sum == ExactDecimal(1))
  }

  @Test(arguments: [
    ("2.345", 2, "2.34"), ("2.355", 2, "2.36"), ("-2.345", 2, "-2.34"), ("0.005", 2, "0.00"),
    ("0.015", 2, "0.02"),
    ("-0.001", 2, "0.00"), ("12", 0, "12"), ("12.5", 0, "12"), ("13.5", 0, "14"), ("7", 3, "7.000"),
    ("0.999999999999", 3, "1.000"),
  ])
  func roundsHalfToEven(text: String, digits: Int, printed: String) throws {
    #expect(try decimal(text).fixed(digits: digits) == printed)
  }

  @Test func scaledIntegersKeepTheirDigits() {
    #expect(ExactDecimal(12_345, digits: 3).description == "12.345")
    #expect(ExactDecimal(Int64.max, digits: 12).description == "9223372.036854775807")
    #expect(ExactDecimal(Int64.min).description == "-9223372036854775808")
  }

  @Test func productsPass128BitsInside() {
    let large = UInt128(1) << 100
    #expect(multiplyDivide(large, large, by: large) == Int128(large))
    #expect(multiplyDivide(large, large, by: 1) == nil)
    #expect(multiplyDivide(5, 1, by: 2) == 2)
    #expect(multiplyDivide(7, 1, by: 2) == 4)
    #expect(multiplyDivide(2, 1, by: 3) == 1)
  }

  @Test func moneyPrintsCents() throws {
    #expect(Money(usd: try decimal("2.333338")).description == "2.33 USD")
    #expect(Money(usd: try decimal("134.425")).roundedToCents.usd == (try decimal("134.43")))
    #expect(Money(usd: try decimal("-134.425")).description == "-134.43 USD")
  }
}
