/// How a platform runs code.
package enum PlatformBehaviour: String, Sendable, CaseIterable {
  /// A sandbox for a request, started from nothing.
  case function
  /// An isolate in a process that is already there.
  case isolate
  /// Replicas with a concurrency that a rule starts and stops.
  case container
  /// Virtual or real machines with worker slots.
  case server
}

/// What one property of a platform is, and who says so.
package struct PlatformValue: Sendable {
  package let property: PlatformProperty
  /// Code of the region that it holds in; nil = everywhere.
  package let region: String?
  package let text: String
  /// The number that `text` is, where the property has a unit.
  package let number: Double?
  package let provenance: Provenance

  /// Unit of the number; empty for words and bare numbers.
  package var unit: String { property.unit ?? "" }
}

/// A limit that a scenario ran into, with the sentence to print beside it.
package struct PlatformLimit: Sendable {
  package let value: Double
  package let unit: String
  package let provenance: Provenance
}

/// A way to run functions, as data: a new platform is a few rows of `platforms.csv`.
package struct Platform: Sendable {
  package let name: String
  package let behaviour: PlatformBehaviour
  /// Its own and inherited properties, in the order of `PlatformProperty`, regions after the general value.
  package let values: [PlatformValue]

  /// A property's number in its unit, in a region if it differs there.
  package func number(_ property: PlatformProperty, region: String? = nil) -> Double? {
    value(property, region: region)?.number
  }

  /// A property's word or list of words.
  package func text(_ property: PlatformProperty) -> String? {
    value(property, region: nil)?.text
  }

  /// A property's words, such as its runtimes.
  package func words(_ property: PlatformProperty) -> [String] {
    (text(property) ?? "").split(separator: " ").map(String.init)
  }

  /// Whether a property that is 0 or 1 is 1.
  package func flag(_ property: PlatformProperty, default isSet: Bool = false) -> Bool {
    number(property).map { $0 != 0 } ?? isSet
  }

  /// A property as a limit to quote to the user.
  package func limit(_ property: PlatformProperty, region: String? = nil) -> PlatformLimit? {
    guard let value = value(property, region: region), let number = value.number else { return nil }
    return PlatformLimit(value: number, unit: value.unit, provenance: value.provenance)
  }

  /// A property's value with its provenance.
  package func value(_ property: PlatformProperty, region: String? = nil) -> PlatformValue? {
    if let region, let own = values.first(where: { $0.property == property && $0.region == region }) {
      return own
    }
    return values.first { $0.property == property && $0.region == nil }
  }

  /// Kinds of places that can host it.
  package var siteKinds: [PlaceKind] { words(.sites).compactMap(PlaceKind.init(rawValue:)) }

  /// The only memory sizes that it sells, MB; empty where `memory_step` divides them.
  package var memorySizes: [Double] { words(.memorySizes).compactMap { Double($0) } }

  /// Whether a runtime of that family can run on it.
  package func runs(family: String) -> Bool {
    let families = words(.runtimes)
    return families.contains("any") || families.contains(family)
  }

  /// Whether it can run at a place: the kind, the provider and, at the edge, the network must fit.
  package func runs(at place: Place) -> Bool {
    guard siteKinds.contains(place.kind) else { return false }
    // What stands on the customer's premises runs what the customer installs.
    if [.outpost, .gateway, .device].contains(place.kind) { return true }
    if let network = text(.network) {
      return place.provider == EdgeLocation.provider(of: network)
    }
    let provider = text(.provider) ?? "any"
    return provider == "any" || provider == place.provider
  }

  /// Full vCPUs that a memory size comes with: by processor speed, in proportion, or the same for all sizes.
  package func vcpus(memoryMegabytes: Double) -> Double {
    if let full = number(.megahertzPerVCPU), full > 0, let speed = billedMegahertz(memory: memoryMegabytes) {
      return Double(speed) / full
    }
    if let perVCPU = number(.megabytesPerVCPU), perVCPU > 0 { return memoryMegabytes / perVCPU }
    return number(.vcpu) ?? 1
  }
}
