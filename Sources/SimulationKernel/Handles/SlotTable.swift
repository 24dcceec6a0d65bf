/// A row that can be linked into a free list.
public protocol SlotRow: BitwiseCopyable {
  /// Next free slot while the row is free; free for other use while it is taken.
  var link: Int32 { get set }
}

/// Rows that come and go: freed slots are used again, the last freed first.
@frozen
public struct SlotTable<Row: SlotRow>: ~Copyable {
  @usableFromInline var rows = Rows<Row>([])
  @usableFromInline var firstFree: Int32 = -1
  @usableFromInline var taken = 0

  /// Number of slots in use.
  @inlinable public var liveCount: Int { taken }

  @inlinable public init() {}

  /// Number of slots ever used at once: the table's memory.
  @inlinable public var slotCount: Int { rows.count }

  /// The row of a handle.
  @inlinable public subscript(_ handle: Int32) -> Row {
    @inline(__always) _read { yield rows[handle] }
    @inline(__always) nonmutating _modify { yield &rows[handle] }
  }

  /// Takes a slot for `row`.
  @inlinable @inline(__always)
  public mutating func insert(_ row: Row) -> Int32 {
    taken &+= 1
    if firstFree < 0 { return rows.append(row) }
    let handle = firstFree
    firstFree = rows[handle].link
    rows[handle] = row
    return handle
  }

  /// Gives a slot back.
  @inlinable @inline(__always)
  public mutating func remove(_ handle: Int32) {
    taken &-= 1
    rows[handle].link = firstFree
    firstFree = handle
  }
}
