/// A rolling hash of what happened: two runs that agree in it went through the same events in the same order.
@frozen
public struct RunDigest: Equatable, Sendable {
  /// The hash so far.
  public private(set) var value: UInt64 = 0x243F_6A88_85A3_08D3

  package init() {}

  /// Folds in one event.
  @inline(__always)
  package mutating func fold(time: Int64, payload: UInt64) {
    var hash = value ^ UInt64(bitPattern: time)
    hash = hash &* 0x9E37_79B9_7F4A_7C15
    hash ^= payload
    value = (hash &<< 23 | hash &>> 41) &* 0xBF58_476D_1CE4_E5B9
  }
}
