internal import Catalog

/// A placement with every name looked up: which function runs on what and where, and where the stores are.
struct PlacementResolution {
  /// A function's deployment.
  struct Deployment {
    let function: FunctionSpec
    let spec: DeploymentSpec
    let platform: Platform
    let build: FunctionBuild
    /// Of platforms that start and stop instances themselves.
    let group: GroupBuild?
    let place: ResolvedPlace
    let gateway: Int?
    /// Tells the ways apart in which a function runs in one placement; 0 is the first.
    var variant = 0
    /// Name of the variant, where the function is split.
    var label: String?
    /// Share of the requests, 0 … 1.
    var share = 1.0
    /// Who takes the overflow, in order.
    var spills: [Deployment] = []
    /// All ways side by side, this first; empty for one.
    var variants: [Deployment] = []

    /// The function is invoked through its parts of the network at no cost: a model from theory.
    var isIdeal: Bool { platform.isIdeal }
  }

  /// Where a store is.
  struct Store {
    let spec: StoreSpec
    let service: StoreService
    let site: Place
  }

  let name: Marked<String>
  /// By position of the function in the scenario; `nil` = not placed, or reported.
  private(set) var deployments: [Deployment?] = []
  private(set) var stores: [Store?] = []

  init(_ placement: PlacementSpec, of spec: ScenarioSpec, _ lookup: Lookup) {
    name = placement.name
    for function in spec.functions {
      let entry = placement.functions.first { $0.function.value == function.name.value }
      deployments.append(entry.flatMap { Self.deployment($0, function, of: spec, lookup) })
    }
    CapacityRule.check(all: deployments, lookup)
    for store in spec.stores {
      stores.append(Self.store(store, in: placement, lookup))
    }
  }

  private static func deployment(
    _ entry: DeploymentSpec, _ function: FunctionSpec, of spec: ScenarioSpec, _ lookup: Lookup
  ) -> Deployment? {
    var next = 0
    guard !entry.variants.isEmpty else { return chain(entry, function, of: spec, lookup, &next) }
    var variants: [Deployment] = []
    for variant in entry.variants {
      guard var one = chain(variant.deployment, function, of: spec, lookup, &next) else { return nil }
      (one.label, one.share) = (variant.name.value, variant.share)
      if variant.share > 0 { variants.append(one) }
    }
    var first = variants.first
    first?.variants = variants
    return first
  }

  /// A deployment with those who take its overflow; `next` numbers the variants.
  private static func chain(
    _ entry: DeploymentSpec, _ function: FunctionSpec, of spec: ScenarioSpec, _ lookup: Lookup, _ next: inout Int
  ) -> Deployment? {
    guard var deployment = single(entry, function, of: spec, lookup, isSpill: false) else { return nil }
    deployment.variant = next
    next += 1
    for spill in entry.spills {
      guard var other = single(spill.deployment, function, of: spec, lookup, isSpill: true) else { return nil }
      // The same function on the same platform is the same pool wherever it is.
      other.variant = spill.isOwn ? next : deployment.variant
      if spill.isOwn { next += 1 }
      other.label = spill.isOwn ? nil : deployment.label
      deployment.spills.append(other)
    }
    SpillRule.check(deployment, lookup)
    return deployment
  }

  private static func single(
    _ entry: DeploymentSpec, _ function: FunctionSpec, of spec: ScenarioSpec, _ lookup: Lookup, isSpill: Bool
  ) -> Deployment? {
    let platform = lookup.platform(entry.platform.name)
    let runtimeName = entry.runtime ?? function.runtime
    let runtime = runtimeName.flatMap(lookup.runtime)
    let front = isSpill ? nil : entry.hasFront ? entry.front : function.front
    let gateway = front.flatMap { name in spec.gateways.firstIndex { $0.name.value == name.value } }
    guard let platform, runtimeName == nil || runtime != nil else { return nil }
    let build = FunctionBuild(function, entry, platform, runtime, lookup)
    PolicyRule(build: build, function: function, entry: entry, platform: platform, lookup: lookup).check()
    EnvelopeRule(build: build, function: function, entry: entry, platform: platform, lookup: lookup).check()
    let group = GroupBuild(entry, function, platform, lookup)
    if platform.isManaged && group == nil { return nil }
    GroupRule(build: group, function: function, entry: entry, platform: platform, lookup: lookup).check()
    if let name = gateway.flatMap({ spec.gateways[$0].service }), lookup.front(name) == nil { return nil }
    let resolvedPlace =
      isSpill
      ? ResolvedPlace(spill: entry, platform, of: spec, lookup) : ResolvedPlace(entry, platform, of: spec, lookup)
    guard let place = resolvedPlace else { return nil }
    let deployment = Deployment(
      function: function, spec: entry, platform: platform, build: build, group: group, place: place, gateway: gateway)
    RoutingRule.check(deployment, spec, lookup)
    AcceleratorRule.check(deployment, lookup)
    CapacityRule.check(deployment, lookup)
    if let gateway { GatewayRule.check(deployment, spec.gateways[gateway], lookup) }
    return deployment
  }

  private static func store(_ store: StoreSpec, in placement: PlacementSpec, _ lookup: Lookup) -> Store? {
    let service = lookup.store(store.service)
    let name = placement.stores.first { $0.store.value == store.name.value }?.site ?? store.site
    guard let name else { return nil }
    guard let service, let site = lookup.site(name) else { return nil }
    let isHome = service.provider == "any" || service.provider == site.provider
    guard service.siteKinds.contains(site.kind), isHome else {
      lookup.problems.error(
        "impossible-site", at: name.mark,
        "the store service '\(service.name)' is not to be had at '\(name.value.shortened)'"
          + " (\(site.kind.phrase)); it is at:"
          + " \(Suggestion.list(service.siteKinds.map(\.rawValue)))",
        notes: ["source: \(service.provenance.sentence)"])
      return nil
    }
    return Store(spec: store, service: service, site: site)
  }
}

extension Platform {
  /// Whether it stands for a model from theory, without any overhead of its own or of the network inside a
  /// site.
  var isIdeal: Bool { text(.meter) == "none" }

  /// The one memory size of an isolate platform that has no choice of sizes, MB.
  var fixedMemory: Double? {
    guard behaviour == .isolate, let most = number(.memoryMaximum), most == number(.memoryMinimum) else {
      return nil
    }
    return most
  }
}

extension Provenance {
  /// Source and date, for a note.
  var sentence: String { "\(source) (\(asOf))" }
}

extension PlaceKind {
  /// The kind with its article.
  var phrase: String {
    let word = rawValue.split(separator: "-").joined(separator: " ")
    return "aeio".contains(word.first ?? " ") ? "an \(word)" : "a \(word)"
  }
}
