#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A processor architecture that code is built for.
package enum Architecture: String, Sendable, CaseIterable {
  case x86, arm
}

/// How code is packed for a function platform.
package enum PackageKind: String, Sendable, CaseIterable {
  case zip, image
}

/// A language runtime as function platforms start it.
package struct Runtime: Sendable {
  /// Name with its version, such as `nodejs24`.
  package let name: String
  /// Other names, such as `nodejs` for the newest version.
  package let also: [String]
  /// What platforms ask for: `javascript`, `java`, `wasm`, ….
  package let family: String
  package let provenance: Provenance
  /// Measured starts, by architecture, package kind and rising memory.
  package let starts: [RuntimeStart]

  /// The start for a build and a memory size, MB; nil where none was measured for that build.
  ///
  /// Between two measured sizes everything is interpolated linearly in the logarithm of memory (the first
  /// invocation in its own logarithm too); outside them the nearest measured size stands.
  package func start(architecture: Architecture, packageKind: PackageKind, memoryMegabytes: Double)
    -> RuntimeStart?
  {
    let measured = starts.filter { $0.architecture == architecture && $0.packageKind == packageKind }
    guard let first = measured.first, let last = measured.last else { return nil }
    if memoryMegabytes <= first.memoryMegabytes { return first }
    if let exact = measured.first(where: { $0.memoryMegabytes == memoryMegabytes }) { return exact }
    guard let above = measured.firstIndex(where: { $0.memoryMegabytes >= memoryMegabytes }) else {
      return last
    }
    let (low, high) = (measured[above - 1], measured[above])
    let share =
      log(memoryMegabytes / low.memoryMegabytes) / log(high.memoryMegabytes / low.memoryMegabytes)
    return RuntimeStart(
      architecture: architecture, packageKind: packageKind, memoryMegabytes: memoryMegabytes,
      mu: low.mu + share * (high.mu - low.mu), sigma: low.sigma + share * (high.sigma - low.sigma),
      firstInvocationMilliseconds: exp(
        log(low.firstInvocationMilliseconds)
          + share * log(high.firstInvocationMilliseconds / low.firstInvocationMilliseconds)),
      provenance: high.provenance)
  }
}

/// The measured start of a runtime with an empty function.
package struct RuntimeStart: Sendable {
  package let architecture: Architecture
  package let packageKind: PackageKind
  package let memoryMegabytes: Double
  /// Lognormal law of the initialisation: mean and standard deviation of ln(ms).
  package let mu: Double
  package let sigma: Double
  /// Mean duration of the first invocation after the start, ms.
  package let firstInvocationMilliseconds: Double
  package let provenance: Provenance
}
