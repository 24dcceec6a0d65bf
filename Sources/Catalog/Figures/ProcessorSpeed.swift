/// The processor speed that a platform bills with a memory.
package struct ProcessorSpeed: Sendable, Equatable {
  /// MB up to which it holds.
  package let memory: Double
  /// MHz.
  package let megahertz: Int64

  /// What a platform bills, from `MB:MHz` separated by spaces, in ascending order of memory; nil if it is written
  /// otherwise.
  package static func table(_ text: String) -> [ProcessorSpeed]? {
    var speeds: [ProcessorSpeed] = []
    for entry in text.split(separator: " ") {
      let parts = entry.split(separator: ":")
      guard parts.count == 2, let memory = Double(parts[0]), memory > speeds.last?.memory ?? 0,
        let megahertz = Int64(parts[1]), (1...1_000_000).contains(megahertz)
      else { return nil }
      speeds.append(ProcessorSpeed(memory: memory, megahertz: megahertz))
    }
    return speeds.isEmpty ? nil : speeds
  }
}

extension Platform {
  /// The speed, MHz, that is billed with a memory, MB: that of the smallest size that holds it; nil where none is.
  package func billedMegahertz(memory: Double) -> Int64? {
    let speeds = text(.processorSpeeds).flatMap(ProcessorSpeed.table) ?? []
    return (speeds.first { $0.memory >= memory } ?? speeds.last)?.megahertz
  }
}
