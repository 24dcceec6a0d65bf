/// Why a text is not a quantity of the wanted dimension: the facts; `sentence` words them.
package struct QuantityProblem: Error, Equatable, Sendable {
  /// What is wrong.
  package enum Fact: Equatable, Sendable {
    case empty
    case notANumber
    case missingUnit
    case unknownUnit(String)
    case unitOf(Dimension, unit: String)
    case unexpectedUnit(String)
    case negative
    case notFinite
    case tooLarge
    case notWhole
  }

  package let fact: Fact
  package let text: String
  package let dimension: Dimension
  /// The unit that was probably meant.
  package let suggestion: String?

  /// What is wrong with which text; what is allowed.
  package var sentence: String {
    switch fact {
    case .empty: "nothing is written here; \(wanted)"
    case .notANumber: "'\(text)' is not \(dimension.phrase); \(wanted)"
    case .missingUnit: "'\(text)' has no unit; \(wanted)"
    case .unknownUnit(let unit): "'\(unit)' is not a unit of \(dimension.phrase); \(wanted)"
    case .unitOf(let other, let unit):
      "'\(text)' is \(other.phrase) ('\(unit)') where \(dimension.phrase) belongs; \(wanted)"
    case .unexpectedUnit(let unit): "'\(unit)' does not belong after \(dimension.phrase); \(wanted)"
    case .negative: "'\(text)' is negative; \(dimension.phrase) is zero or more"
    case .notFinite: "'\(text)' is not finite; \(wanted)"
    case .tooLarge: "'\(text)' is too large for \(dimension.phrase); the most is \(dimension.largestText)"
    case .notWhole: "'\(text)' is not whole; \(wanted)"
    }
  }

  private var wanted: String {
    guard !dimension.acceptsBareNumbers else {
      return "write \(dimension.phrase) such as \(dimension.example)"
    }
    return "write \(dimension.phrase) such as '\(dimension.example)' (units: \(dimension.unitList))"
  }
}

extension Dimension {
  /// The symbols of the units, in a sentence.
  package var unitList: String {
    let symbols = units.map(\.symbol)
    guard symbols.count > 1, let last = symbols.last else { return symbols.first ?? "none" }
    return symbols.dropLast().joined(separator: ", ") + " or " + last
  }

  /// The largest accepted value with its unit.
  var largestText: String {
    switch self {
    case .duration: "46,000 d"
    case .bytes: "1,000,000 TB"
    case .memory: "976,000 GB"
    case .rate: "1e12/s"
    case .bandwidth: "1,000,000 Gbit/s"
    case .money: "1e15 USD"
    case .ratio: "1e12"
    case .count: "9,007,199,254,740,992"
    }
  }
}
