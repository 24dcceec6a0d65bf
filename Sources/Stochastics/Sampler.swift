/// A handle to a law inside a ``SamplerTables``: plain, cheap to copy, meaningless elsewhere.
public struct Sampler: Hashable, Sendable, BitwiseCopyable {
  /// The row of the law.
  public let row: Int32

  init(row: Int32) {
    self.row = row
  }

  /// The law that is always 0; the same in every ``SamplerTables``.
  package static let none = Sampler(row: 0)

  /// Whether it is ``none``. The event loop asks with every draw: a comparison with the global would go through its
  /// initialisation each time.
  @inlinable @inline(__always)
  public var isNone: Bool { row == 0 }
}
