/// A set of small integers as a two-level bitmap: finding the next or the last member costs a few instructions.
package struct SlotBitmap: ~Copyable {
  private let words: UnsafeMutablePointer<UInt64>
  private let summary: UnsafeMutablePointer<UInt64>
  private let wordCount: Int
  private let summaryCount: Int

  /// - Parameter capacity: members are 0 ..< capacity.
  package init(capacity: Int) {
    wordCount = max(1, (capacity + 63) / 64)
    summaryCount = max(1, (wordCount + 63) / 64)
    words = .allocate(capacity: wordCount)
    words.initialize(repeating: 0, count: wordCount)
    summary = .allocate(capacity: summaryCount)
    summary.initialize(repeating: 0, count: summaryCount)
  }

  deinit {
    words.deallocate()
    summary.deallocate()
  }

  /// Adds a member; one that is there stays.
  @inline(__always)
  package mutating func insert(_ member: Int) {
    words[member >> 6] |= 1 &<< UInt64(member & 63)
    summary[member >> 12] |= 1 &<< UInt64((member >> 6) & 63)
  }

  /// Removes a member, if it is there.
  @inline(__always)
  package mutating func remove(_ member: Int) {
    words[member >> 6] &= ~(1 &<< UInt64(member & 63))
    if words[member >> 6] == 0 { summary[member >> 12] &= ~(1 &<< UInt64((member >> 6) & 63)) }
  }

  /// The first member at or after `start`, going round.
  /// - Precondition: not empty.
  @inline(__always)
  package func first(from start: Int) -> Int {
    let here = words[start >> 6] &>> UInt64(start & 63)
    if here != 0 { return start &+ here.trailingZeroBitCount }
    return firstInLaterWord(than: start >> 6)
  }

  private func firstInLaterWord(than word: Int) -> Int {
    let next = word &+ 1 == wordCount ? 0 : word &+ 1
    var block = next >> 6
    var bits = summary[block] & (~0 &<< UInt64(next & 63))
    while bits == 0 {
      block = block &+ 1 == summaryCount ? 0 : block &+ 1
      bits = summary[block]
    }
    let found = block << 6 &+ bits.trailingZeroBitCount
    return found << 6 &+ words[found].trailingZeroBitCount
  }

  /// The greatest member, -1 when empty.
  @inline(__always)
  package func last() -> Int {
    var block = summaryCount &- 1
    while block >= 0 {
      let bits = summary[block]
      if bits != 0 {
        let word = block << 6 &+ (63 &- bits.leadingZeroBitCount)
        return word << 6 &+ (63 &- words[word].leadingZeroBitCount)
      }
      block &-= 1
    }
    return -1
  }
}
