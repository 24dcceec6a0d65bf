/// Something due at an instant: 8 bytes of payload whose meaning belongs to the model.
@frozen
public struct Event: Equatable, Sendable {
  /// When it is due, ns since the start.
  public var time: Int64
  /// Order of scheduling; events of one instant happen in this order.
  public var sequence: UInt64
  /// What is due.
  public var payload: UInt64

  @inlinable public init(time: Int64, sequence: UInt64, payload: UInt64) {
    self.time = time
    self.sequence = sequence
    self.payload = payload
  }

  /// The total order of events: by time, then by order of scheduling.
  @inlinable public static func precedes(_ a: Event, _ b: Event) -> Bool {
    a.time < b.time || (a.time == b.time && a.sequence < b.sequence)
  }
}
