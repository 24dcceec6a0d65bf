/// A size in which a platform sells containers.
package struct TaskSize: Sendable, Equatable {
  /// vCPUs.
  package let vcpus: Double
  /// MB.
  package let memory: Double

  /// What a platform offers, from `vCPU:memory|memory` or `vCPU:least-most/step` separated by spaces; nil if it is
  /// written otherwise.
  package static func offered(_ text: String) -> [TaskSize]? {
    var sizes: [TaskSize] = []
    for entry in text.split(separator: " ") {
      let parts = entry.split(separator: ":")
      guard parts.count == 2, let vcpus = Double(parts[0]), vcpus > 0, let memories = memories(parts[1]) else {
        return nil
      }
      sizes += memories.map { TaskSize(vcpus: vcpus, memory: $0) }
    }
    return sizes.isEmpty ? nil : sizes
  }

  private static func memories(_ text: Substring) -> [Double]? {
    let range = text.split(separator: "/")
    guard range.count == 2 else {
      let list = text.split(separator: "|").map { Double($0) ?? 0 }
      return list.isEmpty || list.contains { !($0 > 0) } ? nil : list
    }
    let ends = range[0].split(separator: "-").compactMap { Double($0) }
    guard ends.count == 2, let step = Double(range[1]), step > 0, ends[0] > 0, ends[0] <= ends[1],
      (ends[1] - ends[0]) / step <= 10_000
    else { return nil }
    return Array(stride(from: ends[0], through: ends[1], by: step))
  }
}

extension Platform {
  /// The sizes in which it sells containers; empty if any size will do.
  package var taskSizes: [TaskSize] { text(.sizes).flatMap(TaskSize.offered) ?? [] }

  /// Whether it sells an instance type, by its name or its family.
  package func offers(_ instance: InstanceType) -> Bool {
    let words = words(.instances)
    return words.contains("any") || words.contains(instance.name) || words.contains(instance.family)
  }

  /// Whether the platform, not a request, starts and stops its instances.
  package var isManaged: Bool { behaviour == .container || behaviour == .server }
}
