/// A place in one of the texts that a scenario was read from; lines and columns count from 1.
package struct SourceMark: Hashable, Sendable {
  /// Which text: 0 is the scenario file, 1 … are the `--set` overrides in their order.
  package var source: Int
  package var line: Int
  /// In characters (Unicode scalars).
  package var column: Int

  package init(source: Int = 0, line: Int, column: Int) {
    self.source = source
    self.line = line
    self.column = column
  }
}

/// A value and where it was written.
package struct Marked<Value> {
  package var value: Value
  package var mark: SourceMark

  package init(_ value: Value, at mark: SourceMark) {
    self.value = value
    self.mark = mark
  }

  /// The same place with another value.
  package func map<Other>(_ transform: (Value) -> Other) -> Marked<Other> {
    Marked<Other>(transform(value), at: mark)
  }
}

extension Marked: Sendable where Value: Sendable {}
extension Marked: Equatable where Value: Equatable {}
