import Catalog
import Testing

@Suite struct DimensionTests {
  @Test(arguments: [
    ("12 ms", Dimension.duration, 12e6), ("12ms", .duration, 12e6), ("1.5 h", .duration, 5_400e9),
    ("3 µs", .duration, 3_000), ("2 d", .duration, 172_800e9), ("1e3 ns", .duration, 1_000),
    ("600 B", .bytes, 600), ("1 KB", .bytes, 1_000), ("1 KiB", .bytes, 1_024), ("6 MB", .bytes, 6e6),
    ("128 MB", .memory, 128), ("1 GB", .memory, 1_024), ("40/s", .rate, 40), ("40 /s", .rate, 40),
    ("60/min", .rate, 1), ("5 Mbit/s", .bandwidth, 5e6), ("500 USD", .money, 500), ("0.25", .ratio, 0.25),
    ("5 %", .ratio, 0.05), ("7", .count, 7), ("1e6", .count, 1e6), ("0 s", .duration, 0),
  ])
  func readsIntoTheBaseUnit(text: String, dimension: Dimension, expected: Double) throws {
    #expect(try dimension.parse(text) == expected)
  }

  @Test(arguments: [
    (
      "12", Dimension.duration,
      "'12' has no unit; write a duration such as '12 ms' (units: ns, us, µs, ms, s, min, h or d)"
    ),
    ("12 MB", .duration, "'12 MB' is a size ('MB') where a duration belongs"),
    ("12 ms", .bytes, "'12 ms' is a duration ('ms') where a size belongs"),
    ("12 MS", .duration, "'MS' is not a unit of a duration"),
    ("12 furlongs", .duration, "'furlongs' is not a unit of a duration"),
    ("-1 s", .duration, "'-1 s' is negative; a duration is zero or more"),
    ("nan s", .duration, "'nan s' is not finite"), (".inf", .rate, "'.inf' is not finite"),
    ("1e999 s", .duration, "not finite"), ("1e30 s", .duration, "'1e30 s' is too large for a duration"),
    ("", .count, "nothing is written here; write a whole number such as 3"),
    ("fast", .rate, "'fast' is not a rate"), ("1.5", .count, "'1.5' is not whole"),
    ("3 apples", .count, "'apples' does not belong after a whole number"),
    ("0x10 s", .duration, "'x10 s' is not a unit of a duration"),
    ("1.2.3 s", .duration, "'1.2.3 s' is not a duration"),
    ("- s", .duration, "'- s' is not a duration"),
    ("40/s", .duration, "'40/s' is a rate ('/s') where a duration belongs"),
  ])
  func saysWhatIsWrongAndWhatIsAllowed(text: String, dimension: Dimension, sentence: String) {
    #expect { try dimension.parse(text) } throws: { error in
      guard let problem = error as? QuantityProblem else { return false }
      return problem.sentence.contains(sentence)
    }
  }

  @Test(arguments: [("12 MS", "ms"), ("12 seconds", "s"), ("5 m", "min"), ("3 gb", "GB")])
  func suggestsTheUnitThatWasMeant(text: String, unit: String) {
    let dimension: Dimension = text.hasSuffix("gb") ? .bytes : .duration
    #expect { try dimension.parse(text) } throws: { ($0 as? QuantityProblem)?.suggestion == unit }
  }

  @Test func everyExampleOfADimensionIsReadable() throws {
    for dimension in Dimension.allCases {
      #expect(try dimension.parse(dimension.example) > 0)
      for unit in dimension.units {
        #expect(try dimension.parse("1 \(unit.symbol)") == unit.size / unit.divisor)
      }
    }
  }
}
