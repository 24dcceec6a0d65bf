import Stochastics

/// A fixed sequence of random bits (splitmix64).
struct SplitMix {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number strictly between 0 and 1.
  mutating func unit() -> Double { (Double(next() >> 11) + 0.5) * 0x1p-53 }

  /// A standard normal number.
  mutating func normal() -> Double { Normal.quantile(unit()) }
}

/// Latencies in ns that spread over many octaves.
func latencies(_ count: Int, seed: UInt64) -> [Int64] {
  var random = SplitMix(seed: seed)
  let law = Distribution.lognormal(median: 12e6, sigma: 1.5)
  var tables = SamplerTables()
  let sampler = tables.add(law)
  let laws = LawTable(tables)
  return (0..<count).map { _ in laws.draw(sampler, bits: random.next()) }
}
