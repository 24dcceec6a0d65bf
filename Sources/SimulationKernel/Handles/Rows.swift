/// A fixed or growing run of plain values in contiguous memory, addressed by `Int32` handles.
///
/// The tables of the event loop: no reference counting, no copy on write. Handles are checked in debug builds.
@frozen
public struct Rows<Row: BitwiseCopyable>: ~Copyable {
  @usableFromInline var base: UnsafeMutablePointer<Row>
  @usableFromInline var capacity: Int
  @usableFromInline var filled: Int

  /// Number of rows.
  @inlinable public var count: Int { filled }

  /// A copy of `rows`.
  @inlinable public init(_ rows: [Row]) {
    capacity = max(rows.count, 1)
    base = .allocate(capacity: capacity)
    filled = rows.count
    for (index, row) in rows.enumerated() { base[index] = row }
  }

  /// `count` copies of `row`.
  @inlinable public init(repeating row: Row, count: Int) {
    capacity = max(count, 1)
    base = .allocate(capacity: capacity)
    filled = count
    base.initialize(repeating: row, count: count)
  }

  @inlinable deinit { base.deallocate() }

  /// The row of a handle.
  @inlinable public subscript(_ handle: Int32) -> Row {
    @inline(__always) _read {
      assert(handle >= 0 && Int(handle) < filled, "row handle out of range")
      yield base[Int(handle)]
    }
    @inline(__always) nonmutating _modify {
      assert(handle >= 0 && Int(handle) < filled, "row handle out of range")
      yield &base[Int(handle)]
    }
  }

  /// Adds a row and returns its handle.
  @inlinable public mutating func append(_ row: Row) -> Int32 {
    if filled == capacity {
      let larger = UnsafeMutablePointer<Row>.allocate(capacity: capacity * 2)
      larger.moveInitialize(from: base, count: filled)
      base.deallocate()
      base = larger
      capacity *= 2
    }
    base[filled] = row
    filled += 1
    return Int32(truncatingIfNeeded: filled - 1)
  }
}
