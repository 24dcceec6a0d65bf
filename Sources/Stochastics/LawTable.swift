/// The laws of a ``SamplerTables`` as the event loop draws from them: the same rows in memory of its own and the same
/// quantiles, read without asking each time whether a handle is one of them. Handles are checked in debug builds.
@frozen
public struct LawTable: ~Copyable {
  @usableFromInline let rows: UnsafeMutablePointer<LawRow>
  @usableFromInline let rowCount: Int
  @usableFromInline let parts: UnsafeMutablePointer<MixturePart>
  /// What the rows point into.
  @usableFromInline let stores: [QuantileStore]

  package init(_ tables: SamplerTables) {
    rowCount = tables.rows.count
    rows = Self.copy(of: tables.rows)
    parts = Self.copy(of: tables.parts)
    stores = tables.stores
  }

  private static func copy<Element: BitwiseCopyable>(of array: [Element]) -> UnsafeMutablePointer<Element> {
    let copy = UnsafeMutablePointer<Element>.allocate(capacity: max(array.count, 1))
    _ = UnsafeMutableBufferPointer(start: copy, count: array.count).initialize(fromContentsOf: array)
    return copy
  }

  deinit {
    rows.deallocate()
    parts.deallocate()
  }

  /// A duration of the law for these 64 random bits, rounded to whole nanoseconds; never negative, nor longer than
  /// `limit`, ns: 146 years where none is given.
  @inlinable
  @inline(__always)
  public func draw(_ sampler: Sampler, bits: UInt64, atMost limit: Double = 0x1p62) -> Int64 {
    Int64(min(value(sampler, bits) + 0.5, limit))
  }

  /// A value of a law without a unit for these 64 random bits, not rounded.
  package func drawUnit(_ sampler: Sampler, bits: UInt64) -> Double {
    value(sampler, bits)
  }

  @inlinable
  @inline(__always)
  func value(_ sampler: Sampler, _ bits: UInt64) -> Double {
    assert(sampler.row >= 0 && Int(sampler.row) < rowCount, "no such law")
    let row = rows + Int(sampler.row)
    if row.pointee.kind == .table {
      return row.pointee.shift + row.pointee.scale * tabulated(row.pointee.values.unsafelyUnwrapped, bits)
    }
    return drawUntabulated(sampler, bits)
  }

  /// The other kinds, kept out of the way of the common one.
  @usableFromInline
  @inline(never)
  func drawUntabulated(_ sampler: Sampler, _ bits: UInt64) -> Double {
    let row = rows[Int(sampler.row)]
    switch row.kind {
    case .table: return row.shift + row.scale * tabulated(row.values.unsafelyUnwrapped, bits)
    case .constant: return row.shift
    case .empirical: return row.shift + row.scale * empirical(row, row.values.unsafelyUnwrapped, bits)
    case .mixture: return mixed(row, bits)
    }
  }

  /// The quantile at (bits + ½) / 2⁶⁴, from the law's octave table.
  @inlinable
  @inline(__always)
  func tabulated(_ values: UnsafeMutablePointer<Double>, _ bits: UInt64) -> Double {
    // The upper half counts down from the far tail: the complement of its bits is the tail's probability.
    let side = bits &>> 63
    let tail = bits ^ (0 &- side)
    // 53 bits, odd: the middle of a 2⁻⁵³ interval. As a Double its exponent is the octave, its leading
    // digits the cell.
    let pattern = Double(Int64(truncatingIfNeeded: tail &>> 10) | 1).bitPattern
    let cell = Int(truncatingIfNeeded: pattern &>> 46) &- (1023 &<< 6)
    let fraction = Double(bitPattern: (pattern &<< 6) & 0xF_FFFF_FFFF_FFFF | 0x3FF0_0000_0000_0000) - 1
    let index = Int(truncatingIfNeeded: side) &* QuantileTable.sideCount &+ cell
    let low = values[index]
    return low + fraction * (values[index &+ 1] - low)
  }

  /// The quantile at (bits + ½) / 2⁶⁴ on the line between two points of an empirical law.
  private func empirical(_ row: LawRow, _ values: UnsafeMutablePointer<Double>, _ bits: UInt64) -> Double {
    let probability = (Double(Int64(truncatingIfNeeded: bits &>> 11)) + 0.5) * 0x1p-53
    let count = Int(row.count)
    var point = 0
    var remaining = count &- 1
    while remaining > 1 {
      let half = remaining &>> 1
      point = values[point &+ half] <= probability ? point &+ half : point
      remaining &-= half
    }
    let low = values[point &+ count]
    return low + (probability - values[point]) * values[point &+ 2 &* count]
  }

  /// A value of the part of a mixture that these bits choose, with what they leave to chance inside it.
  private func mixed(_ row: LawRow, _ bits: UInt64) -> Double {
    var lower = Int(row.offset)
    var remaining = Int(row.count)
    while remaining > 1 {
      let half = remaining &>> 1
      lower = parts[lower &+ half].low <= bits ? lower &+ half : lower
      remaining &-= half
    }
    let part = parts[lower]
    let law = rows[Int(part.row)]
    switch law.kind {
    case .table: return law.shift + law.scale * tabulated(law.values.unsafelyUnwrapped, part.stretch(bits))
    case .empirical:
      return law.shift + law.scale * empirical(law, law.values.unsafelyUnwrapped, part.stretch(bits))
    case .constant, .mixture: return law.shift
    }
  }
}
