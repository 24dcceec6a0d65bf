/// Every law of a plan, ready to be drawn from by a ``LawTable``: flat tables, one uniform per draw through the inverse
/// CDF.
///
/// A draw is a pure, non-decreasing function of 64 random bits, so the same bits give the same luck under
/// every placement. Laws that differ only by location and scale share one table of quantiles. The table has
/// two sides, one per tail: octave *k* of a side covers the probabilities 2⁻ᵏ⁻¹ … 2⁻ᵏ of that tail in 64
/// equal cells, down to 2⁻⁵⁴, and a draw interpolates linearly between quantiles. Table entries keep 28
/// significant bits: the last bits of libm, which differ between processors, never reach a draw.
///
/// Limits: tails end at 2⁻⁵⁴ of a law; values end at 2⁶² ns (146 years).
package struct SamplerTables: Sendable {
  var rows: [LawRow] = [LawRow(kind: .constant, offset: 0, count: 0, scale: 0, shift: 0)]
  var parts: [MixturePart] = []
  var stores: [QuantileStore] = []
  private var samplers: [Distribution: Sampler] = [.constant(0): .none]
  private var storeOfLaw: [StandardLaw: QuantileStore] = [:]

  /// No laws yet, except ``Sampler/none``.
  package init() {}

  /// The number of different laws.
  package var lawCount: Int { samplers.count }

  /// Makes a law drawable; equal laws get equal handles.
  /// - Precondition: the law is valid.
  /// - Complexity: about 7,000 quantiles for a new shape: 0.1 to 0.4 ms, gamma and beta 1 to 100 times that.
  package mutating func add(_ law: Distribution) -> Sampler {
    if let known = samplers[law] { return known }
    if let problem = law.validate() { preconditionFailure("a law reached the tables unchecked: \(problem)") }
    let components = law.components()
    let sampler: Sampler
    if components.count == 1 {
      rows.append(row(of: components[0]))
      sampler = Sampler(row: Int32(rows.count - 1))
    } else {
      sampler = addMixture(components)
    }
    samplers[law] = sampler
    return sampler
  }

  private mutating func row(of component: Component) -> LawRow {
    var row = LawRow(kind: .constant, offset: 0, count: 0, scale: component.scale, shift: component.shift)
    switch component.core {
    case .point:
      row.shift += row.scale
      row.scale = 0
    case .standard(let law):
      row.kind = .table
      row.values = values(of: law)
    case .empirical(let points):
      row.kind = .empirical
      row.count = Int32(points.count)
      row.values = keep(
        points.map(\.probability) + points.map(\.value)
          + zip(points, points.dropFirst()).map { $0.slope(to: $1) } + [0])
    }
    return row
  }

  private mutating func values(of law: StandardLaw) -> UnsafeMutablePointer<Double> {
    if let known = storeOfLaw[law] { return known.values }
    let values = keep(QuantileTable.entries(of: law))
    storeOfLaw[law] = stores.last
    return values
  }

  private mutating func keep(_ values: [Double]) -> UnsafeMutablePointer<Double> {
    let store = QuantileStore(values)
    stores.append(store)
    return store.values
  }

  private mutating func addMixture(_ components: [Component]) -> Sampler {
    let first = parts.count
    var low: UInt64 = 0
    var cumulative = 0.0
    for (index, component) in components.enumerated() {
      cumulative += component.weight
      let isLast = index + 1 == components.count
      let end = isLast ? 0 : MixturePart.threshold(cumulative)
      // A part too light for any of the 2⁶⁴ draws.
      if !isLast && end == low { continue }
      rows.append(row(of: component))
      parts.append(MixturePart(low: low, width: end &- low, row: Int32(rows.count - 1)))
      low = end
    }
    let count = Int32(parts.count - first)
    rows.append(LawRow(kind: .mixture, offset: Int32(first), count: count, scale: 0, shift: 0))
    return Sampler(row: Int32(rows.count - 1))
  }
}

/// The quantiles of one law, or the points of an empirical one: written once, read by every world of a plan.
@usableFromInline
final class QuantileStore: @unchecked Sendable {
  let values: UnsafeMutablePointer<Double>

  init(_ entries: [Double]) {
    values = .allocate(capacity: max(entries.count, 1))
    _ = UnsafeMutableBufferPointer(start: values, count: entries.count).initialize(fromContentsOf: entries)
  }

  deinit { values.deallocate() }
}

/// How a law is drawn: plain values, one row a law or a part of a mixture.
@usableFromInline
struct LawRow: BitwiseCopyable, @unchecked Sendable {
  @usableFromInline
  enum Kind: UInt32, BitwiseCopyable, Sendable {
    case constant
    case table
    case empirical
    case mixture
  }

  @usableFromInline var kind: Kind
  /// Where a mixture's parts begin in `parts`.
  @usableFromInline var offset: Int32
  /// The number of points of an empirical law, or of parts of a mixture.
  @usableFromInline var count: Int32
  @usableFromInline var scale: Double
  @usableFromInline var shift: Double
  /// The law's quantiles, or its points, in one of the `stores`; nil where it has none.
  @usableFromInline var values: UnsafeMutablePointer<Double>?

  init(kind: Kind, offset: Int32, count: Int32, scale: Double, shift: Double) {
    self.kind = kind
    self.offset = offset
    self.count = count
    self.scale = scale
    self.shift = shift
  }
}

/// One part of a mixture: an interval of the 64 random bits, and how to stretch it to 64 bits again.
@usableFromInline
struct MixturePart: BitwiseCopyable, Sendable {
  /// The least random bits that choose this part.
  let low: UInt64
  /// The row of the part's own law.
  let row: Int32
  private let leftShift: UInt64
  private let reciprocal: UInt64

  /// The part of the interval from `low`, `width` long; 0 stands for 2⁶⁴.
  init(low: UInt64, width: UInt64, row: Int32) {
    self.low = low
    self.row = row
    leftShift = width == 0 ? 0 : UInt64(width.leadingZeroBitCount)
    let normalised = width << leftShift
    // floor(2¹²⁷ / normalised), at most 2⁶⁴ − 1.
    reciprocal =
      normalised <= 1 << 63
      ? (width == 0 ? 1 << 63 : .max) : normalised.dividingFullWidth((high: 1 << 63, low: 0)).quotient
  }

  /// Bits inside the interval, stretched over all of 0 ..< 2⁶⁴ in order.
  @inline(__always)
  func stretch(_ bits: UInt64) -> UInt64 {
    let product = ((bits &- low) &<< leftShift).multipliedFullWidth(by: reciprocal)
    return (product.high &<< 1) | (product.low &>> 63)
  }

  /// The least random bits at or above a cumulative probability.
  static func threshold(_ cumulative: Double) -> UInt64 {
    let scaled = cumulative * 0x1p64
    return scaled >= 0x1p64 ? .max : UInt64(scaled)
  }
}
