extension SamplerTables {
  /// The longest duration that a draw returns, ns: 146 years.
  @usableFromInline static let longest = 0x1p62

  /// A duration of the law for these 64 random bits, rounded to whole nanoseconds; never negative.
  @inlinable
  @inline(__always)
  public func draw(_ sampler: Sampler, bits: UInt64) -> Int64 {
    Int64(min(value(sampler, bits) + 0.5, Self.longest))
  }

  /// A value of a law without a unit for these 64 random bits, not rounded.
  @inlinable
  package func drawUnit(_ sampler: Sampler, bits: UInt64) -> Double {
    value(sampler, bits)
  }

  @inlinable
  @inline(__always)
  func value(_ sampler: Sampler, _ bits: UInt64) -> Double {
    let row = rows[Int(sampler.row)]
    if row.kind == .table { return row.shift + row.scale * tabulated(row, bits) }
    return drawUntabulated(row, bits)
  }

  /// The other kinds, kept out of the way of the common one.
  @usableFromInline
  @inline(never)
  func drawUntabulated(_ row: LawRow, _ bits: UInt64) -> Double {
    switch row.kind {
    case .table: return row.shift + row.scale * tabulated(row, bits)
    case .constant: return row.shift
    case .empirical: return row.shift + row.scale * empirical(row, bits)
    case .mixture: return mixed(row, bits)
    }
  }

  /// The quantile at (bits + ½) / 2⁶⁴, from the law's octave table.
  @inlinable
  @inline(__always)
  func tabulated(_ row: LawRow, _ bits: UInt64) -> Double {
    // The upper half counts down from the far tail: the complement of its bits is the tail's probability.
    let side = bits &>> 63
    let tail = bits ^ (0 &- side)
    // 53 bits, odd: the middle of a 2⁻⁵³ interval. As a Double its exponent is the octave, its leading
    // digits the cell.
    let pattern = Double(Int64(truncatingIfNeeded: tail &>> 10) | 1).bitPattern
    let cell = Int(truncatingIfNeeded: pattern &>> 46) &- (1023 &<< 6)
    let fraction = Double(bitPattern: (pattern &<< 6) & 0xF_FFFF_FFFF_FFFF | 0x3FF0_0000_0000_0000) - 1
    let index = Int(row.offset) &+ Int(truncatingIfNeeded: side) &* QuantileTable.sideCount &+ cell
    // The cell is one of the table's whatever the bits: no need to ask, with every draw, whether it is there.
    return values.withUnsafeBufferPointer {
      let low = $0[index]
      return low + fraction * ($0[index &+ 1] - low)
    }
  }

  /// The quantile at (bits + ½) / 2⁶⁴ on the line between two points of an empirical law.
  private func empirical(_ row: LawRow, _ bits: UInt64) -> Double {
    let probability = (Double(Int64(truncatingIfNeeded: bits &>> 11)) + 0.5) * 0x1p-53
    let count = Int(row.count)
    var point = Int(row.offset)
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
    case .table: return law.shift + law.scale * tabulated(law, part.stretch(bits))
    case .empirical: return law.shift + law.scale * empirical(law, part.stretch(bits))
    case .constant, .mixture: return law.shift
    }
  }
}
