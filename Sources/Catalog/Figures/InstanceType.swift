/// Hardware beside the processors that work can be given to.
package enum AcceleratorKind: String, Sendable, CaseIterable {
  case gpu, fpga
}

/// CPU credits of a burstable instance type. One credit is one vCPU at full speed for a minute.
package struct CPUCredits: Sendable, Equatable {
  /// Credits earned in an hour, whatever the load.
  package let perHour: Double
  /// Most credits that accrue: those of 24 hours.
  package let maximum: Double
  /// Credits that an instance in standard mode is launched with.
  package let atLaunch: Double
  /// Whether an instance goes on at full speed without credits, for a charge, unless told otherwise.
  package let isUnlimited: Bool

  /// Share of its vCPUs at which an instance earns what it spends.
  package func baseline(vcpus: Double) -> Double { vcpus > 0 ? perHour / vcpus / 60 : 0 }
}

/// Electric power of an instance, W.
package struct PowerDraw: Sendable, Equatable {
  package let idle: Double
  package let full: Double
}

/// A size of virtual server, as data: one row of `instances.csv`.
package struct InstanceType: Sendable {
  /// Name as the provider writes it: `m5.large`.
  package let name: String
  /// Part before the dot: `m5`.
  package let family: String
  package let architecture: Architecture
  package let vcpus: Double
  /// Memory, MB of 1,024 × 1,024 bytes.
  package let memoryMegabytes: Double
  /// How many accelerators; 0 for none.
  package let accelerators: Int
  package let acceleratorKind: AcceleratorKind?
  /// The accelerators' model, such as `NVIDIA T4`; empty for none.
  package let accelerator: String
  /// Network bandwidth, Gbit/s, "up to" for the smaller sizes; nil where no source says.
  package let networkGbps: Double?
  /// CPU credits; nil for all but burstable types.
  package let credits: CPUCredits?
  /// Power at idle and at full load; nil where no source says.
  package let power: PowerDraw?
  /// Service and dimension of its rows of the price list.
  package let priceService: String
  package let priceDimension: String
  package let provenance: Provenance

  /// Whether it has a GPU.
  package var hasGPU: Bool { acceleratorKind == .gpu && accelerators > 0 }
}
