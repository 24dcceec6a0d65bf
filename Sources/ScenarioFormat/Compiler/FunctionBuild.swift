internal import Catalog
internal import Stochastics

/// What a function is made of on its platform: sizes, limits and speeds resolved to numbers.
struct FunctionBuild {
  let runtime: Runtime?
  /// Where the runtime was named, for messages.
  let runtimeMark: SourceMark?
  let memoryMegabytes: Double
  let memoryMark: SourceMark
  let packageBytes: Int64
  let packageMark: SourceMark
  let packageKind: PackageKind
  let architecture: Architecture
  /// Duration of work = CPU time on one full vCPU × this.
  let workFactor: Double
  /// Longest execution, ns.
  let timeout: Int64
  /// Most CPU time of an execution, ns.
  let cpuLimit: Int64
  /// Measured start of the runtime in this build, where the platform starts one.
  let start: RuntimeStart?

  init(
    _ function: FunctionSpec, _ entry: DeploymentSpec, _ platform: Platform, _ named: Runtime?,
    _ lookup: Lookup
  ) {
    let memory = entry.memory ?? function.memory
    // An isolate has the one size that its platform gives; what the function asks for elsewhere does not
    // apply.
    let fixed = entry.memory == nil ? platform.fixedMemory : nil
    memoryMegabytes = fixed ?? memory?.value ?? platform.number(.memoryDefault) ?? 128
    memoryMark = memory?.mark ?? entry.function.mark
    let package = entry.package ?? function.package
    let bytes = package?.value ?? 1_000_000
    packageBytes = bytes
    packageMark = package?.mark ?? entry.function.mark
    let isImage =
      Double(bytes) > (platform.number(.packageMaximum) ?? .infinity) * 1e6
      && Double(bytes) <= (platform.number(.imageMaximum) ?? 0) * 1e6
    packageKind = function.packaging.map { $0 == .image ? .image : .zip } ?? (isImage ? .image : .zip)
    let isArmOnly = platform.words(.architectures) == ["arm"]
    architecture = function.architecture.map { $0 == .arm ? .arm : .x86 } ?? (isArmOnly ? .arm : .x86)
    let vcpus = platform.vcpus(memoryMegabytes: memoryMegabytes)
    workFactor = vcpus > 0 && vcpus < 1 ? 1 / vcpus : 1
    let written = (entry.timeout ?? function.timeout)?.value
    timeout = written ?? platform.number(.timeoutDefault).map { Int64($0 * 1e9) } ?? .max
    cpuLimit = platform.number(.cpuTimeMaximum).map { Int64($0 * 1e6) } ?? .max

    let startsRuntime = platform.behaviour == .function && platform.flag(.runtimeStarts, default: true)
    let fallback = startsRuntime ? lookup.catalog.runtime("nodejs") : nil
    let chosen = named ?? fallback
    runtime = chosen
    runtimeMark = (entry.runtime ?? function.runtime)?.mark
    start =
      startsRuntime
      ? chosen?.start(architecture: architecture, packageKind: packageKind, memoryMegabytes: memoryMegabytes)
      : nil
  }

  /// Work and waits of an invocation at their medians, ns: what it takes without stores and other functions.
  func usualTime(of function: FunctionSpec) -> Double {
    function.steps.reduce(0) { sum, step in
      switch step.kind {
      case .work(let law): sum + law.value.quantile(0.5) * workFactor
      case .wait(let law): sum + law.value.quantile(0.5)
      case .read, .write, .call, .forward: sum
      }
    }
  }

  /// The runtime's initialisation, ns.
  var runtimeInit: Distribution? {
    start.map { .lognormal(mu: $0.mu + 13.815510557964274, sigma: $0.sigma) }  // ln(10^6): ms to ns
  }
}
