/// How non-negative integers fall into buckets: exactly up to 511, then 256 equal buckets an octave.
///
/// The values of a bucket differ by 0.4 % at most (1/256). Buckets come in pages of 256, one an octave (the
/// first page holds 0 … 255), so that a series which spans few octaves stores few counters.
@usableFromInline
enum LatencyBuckets {
  /// Buckets in a page.
  @usableFromInline static let pageSize = 256
  /// Pages that cover 0 … 2⁶³ − 1.
  @usableFromInline static let pageCount = 56

  /// The page of a non-negative value.
  @inlinable
  @inline(__always)
  static func page(of value: UInt64) -> Int {
    // 256 … 511 is page 1; below 256 every value is its own bucket of page 0.
    56 &- (value | 128).leadingZeroBitCount
  }

  /// The bucket inside its page of a non-negative value.
  @inlinable
  @inline(__always)
  static func slot(of value: UInt64, page: Int) -> Int {
    Int(truncatingIfNeeded: value &>> UInt64(truncatingIfNeeded: max(page &- 1, 0))) & 255
  }

  /// The least value of a bucket.
  static func low(page: Int, slot: Int) -> Int64 {
    page == 0 ? Int64(slot) : Int64(256 + slot) << Int64(page - 1)
  }

  /// The greatest value of a bucket.
  static func high(page: Int, slot: Int) -> Int64 {
    low(page: page, slot: slot) + (page <= 1 ? 0 : (1 << Int64(page - 1)) - 1)
  }
}
