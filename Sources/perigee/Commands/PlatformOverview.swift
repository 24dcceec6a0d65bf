import Catalog
import Reporting

extension CatalogKind {
  /// One row for each platform, with the limits that are asked for first.
  func platformOverview(_ catalog: Catalog) -> ResultTable {
    rows(
      [
        "name", "behaviour", "provider", "like", "memory_mb", "vcpu", "timeout_s", "package_mb", "request_mb",
        "concurrency_or_instances", "per_instance", "idle_s", "sites",
      ],
      catalog.platforms.map { platform in
        let cells = [
          platform.name, platform.behaviour.rawValue, platform.text(.provider) ?? "", platform.text(.like) ?? "",
          platform.memoryWords, platform.processorWords, Self.cell(platform.number(.timeoutMaximum)),
          Self.cell(platform.number(.packageMaximum)), Self.cell(platform.number(.requestMaximum)),
          Self.cell(platform.number(.accountConcurrency) ?? platform.number(.instancesMaximum)),
          Self.cell(platform.number(.requestsPerInstance)),
          platform.text(.keepAliveLaw) ?? platform.idleWords,
          platform.text(.sites) ?? "",
        ]
        let own = platform.value(.like) ?? platform.value(.behaviour)
        return (cells, own?.provenance ?? Provenance(source: "", asOf: ""))
      })
  }
}

extension Platform {
  /// Its memory sizes in a few words, MB.
  fileprivate var memoryWords: String {
    let offered = taskSizes.map(\.memory) + memorySizes
    let least = offered.min() ?? number(.memoryMinimum)
    let most = offered.max() ?? number(.memoryMaximum)
    guard let most else { return words(.instances).isEmpty ? "" : "by type" }
    guard let least, least < most else { return CatalogKind.cell(most) }
    return CatalogKind.cell(least) + " to " + CatalogKind.cell(most)
  }

  /// How long an idle instance stays, s.
  fileprivate var idleWords: String {
    let seconds = number(.keepAlive) ?? number(.ruleZeroAfter)
    return seconds.map { $0 >= 1e9 ? "for ever" : CatalogKind.cell($0) } ?? ""
  }

  /// Its vCPUs in a few words.
  fileprivate var processorWords: String {
    let offered = taskSizes.map(\.vcpus)
    if let least = offered.min(), let most = offered.max() {
      return CatalogKind.cell(least) + " to " + CatalogKind.cell(most)
    }
    if let perVCPU = number(.megabytesPerVCPU), number(.megahertzPerVCPU) == nil {
      return "1 per " + CatalogKind.cell(perVCPU) + " MB"
    }
    if number(.megahertzPerVCPU) != nil { return "by memory" }
    return words(.instances).isEmpty || number(.vcpu) != nil ? CatalogKind.cell(number(.vcpu)) : "by type"
  }
}
