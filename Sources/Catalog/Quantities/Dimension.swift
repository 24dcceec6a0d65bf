/// A kind of quantity that a scenario or a catalog writes with its unit.
///
/// Every dimension has one table of units; a value is read into the dimension's base unit.
package enum Dimension: String, Sendable, CaseIterable {
  /// Length of time; base unit nanosecond.
  case duration
  /// Size of a payload or a package; base unit byte.
  case bytes
  /// Memory as providers sell it; base unit megabyte (a "256 MB" function has 256).
  case memory
  /// Events per time; base unit per second.
  case rate
  /// Bits per time; base unit bit per second.
  case bandwidth
  /// Money; base unit US dollar.
  case money
  /// A share or a factor; no unit, or percent.
  case ratio
  /// A whole number; no unit.
  case count

  /// A unit: one of it is `size` ÷ `divisor` base units, so that both stay whole numbers.
  package struct Unit: Sendable {
    package let symbol: String
    package let size: Double
    package var divisor: Double = 1
  }

  /// The units of the dimension, smallest first; empty for bare numbers.
  package var units: [Unit] {
    switch self {
    case .duration: Self.durations
    case .bytes: Self.sizes
    case .memory: Self.memories
    case .rate: Self.rates
    case .bandwidth: Self.bandwidths
    case .money: [Unit(symbol: "USD", size: 1)]
    case .ratio: [Unit(symbol: "%", size: 1, divisor: 100)]
    case .count: []
    }
  }

  /// The dimension with its article, as it appears in a sentence.
  package var phrase: String {
    switch self {
    case .duration: "a duration"
    case .bytes: "a size"
    case .memory: "a memory size"
    case .rate: "a rate"
    case .bandwidth: "a bandwidth"
    case .money: "an amount of money"
    case .ratio: "a ratio"
    case .count: "a whole number"
    }
  }

  /// A value as a user would write it.
  package var example: String {
    switch self {
    case .duration: "12 ms"
    case .bytes: "600 B"
    case .memory: "128 MB"
    case .rate: "40/s"
    case .bandwidth: "5 Mbit/s"
    case .money: "500 USD"
    case .ratio: "0.25"
    case .count: "3"
    }
  }

  /// Whether a number without a unit is complete.
  package var acceptsBareNumbers: Bool { self == .ratio || self == .count }

  /// The largest value accepted, in the base unit: beyond it sums in integers could overflow.
  package var maximum: Double {
    switch self {
    case .duration: 4.0e18  // 126 years in nanoseconds; Int64 ends at 9.2e18
    case .bytes: 1.0e18
    case .memory: 1.0e9
    case .rate: 1.0e12
    case .bandwidth: 1.0e15
    case .money: 1.0e15
    case .ratio: 1.0e12
    case .count: 9_007_199_254_740_992  // 2^53: the last whole number that every double keeps
    }
  }

  private static let durations = [
    Unit(symbol: "ns", size: 1), Unit(symbol: "us", size: 1e3), Unit(symbol: "µs", size: 1e3),
    Unit(symbol: "ms", size: 1e6), Unit(symbol: "s", size: 1e9), Unit(symbol: "min", size: 60e9),
    Unit(symbol: "h", size: 3_600e9), Unit(symbol: "d", size: 86_400e9),
  ]
  private static let sizes = [
    Unit(symbol: "B", size: 1), Unit(symbol: "kB", size: 1e3), Unit(symbol: "KB", size: 1e3),
    Unit(symbol: "MB", size: 1e6), Unit(symbol: "GB", size: 1e9), Unit(symbol: "TB", size: 1e12),
    Unit(symbol: "KiB", size: 1_024), Unit(symbol: "MiB", size: 1_048_576),
    Unit(symbol: "GiB", size: 1_073_741_824),
  ]
  private static let memories = [
    Unit(symbol: "MB", size: 1), Unit(symbol: "GB", size: 1_024),
    Unit(symbol: "MiB", size: 1), Unit(symbol: "GiB", size: 1_024),
  ]
  private static let rates = [
    Unit(symbol: "/s", size: 1), Unit(symbol: "/min", size: 1, divisor: 60),
    Unit(symbol: "/h", size: 1, divisor: 3_600), Unit(symbol: "/d", size: 1, divisor: 86_400),
  ]
  private static let bandwidths = [
    Unit(symbol: "bit/s", size: 1), Unit(symbol: "kbit/s", size: 1e3), Unit(symbol: "Mbit/s", size: 1e6),
    Unit(symbol: "Gbit/s", size: 1e9),
  ]
}
