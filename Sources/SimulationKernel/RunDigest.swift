/// A rolling hash of what happened: two runs that agree in it went through the same events in the same order.
@frozen
public struct RunDigest: Equatable, Sendable {
  /// The hash so far.
  @inlinable public var value: UInt64 { hash }
  @usableFromInline var hash: UInt64 = 0x243F_6A88_85A3_08D3

  package init() {}

  /// Folds in one event.
  @inlinable @inline(__always)
  public mutating func fold(time: Int64, payload: UInt64) {
    var mixed = hash ^ UInt64(bitPattern: time)
    mixed = mixed &* 0x9E37_79B9_7F4A_7C15
    mixed ^= payload
    hash = (mixed &<< 23 | mixed &>> 41) &* 0xBF58_476D_1CE4_E5B9
  }
}
