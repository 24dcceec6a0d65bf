internal import Catalog

/// What a platform allows of storage, images, snapshots and sharing, and life-time policies that make no sense.
struct PolicyRule {
  let build: FunctionBuild
  let function: FunctionSpec
  let entry: DeploymentSpec
  let platform: Platform
  let lookup: Lookup

  func check() {
    checkKeepAlive()
    checkMemory()
    checkEphemeral()
    checkImage()
    checkSnapshot()
    if let wanted = entry.platform.requestsPerInstance, let most = platform.number(.requestsPerInstanceMaximum),
      Double(wanted.value) > most
    {
      refuse(
        .requestsPerInstanceMaximum, at: wanted.mark,
        "\(wanted.value) requests in an instance are more than '\(platform.name)' allows; the most is"
          + " \(NodeReader.short(most))")
    }
  }

  private func checkKeepAlive() {
    if case .measured(let name) = entry.platform.keepAlive, lookup.catalog.keepAliveLaw(name.value) == nil {
      let known = lookup.catalog.keepAliveLaws.map(\.name) + ["forever"]
      let nearest = Suggestion.nearest(to: name.value, among: known)
      lookup.problems.error(
        "unknown-keep-alive", at: name.mark,
        "there is no keep-alive law '\(name.value.shortened)' in \(lookup.catalog.name)"
          + (nearest == nil ? "; known: \(Suggestion.list(known)), or a duration" : ""), suggestion: nearest)
    }
    let kept = entry.platform.group.minimum?.value ?? platform.number(.instancesMinimum).map { Int($0) } ?? 0
    if let ping = entry.platform.ping, !platform.isManaged, let most = platform.number(.instancesMaximum),
      Double(kept) >= most
    {
      lookup.problems.error(
        "idle-ping", at: ping.every.mark,
        "'\(platform.name)' keeps all its instances ready, so there is nothing to keep warm; remove 'ping'")
    }
    guard let ping = entry.platform.ping, let longest = longestKeepAlive, ping.every.value >= longest else { return }
    lookup.problems.warning(
      "idle-ping", at: ping.every.mark,
      "pings every \(TimeRule.text(ping.every.value)) keep nothing warm: idle instances go after"
        + " \(TimeRule.text(longest)) at the latest")
  }

  /// The longest that an idle instance stays, ns, where that is known.
  private var longestKeepAlive: Int64? {
    switch entry.platform.keepAlive {
    case .fixed(let time): time
    case .law(let law): Int64(saturating: law.quantile(1))
    case .measured, .hybrid, .greedyDual: nil
    case nil: platform.number(.keepAlive).map { Int64(saturating: $0 * 1e9) }
    }
  }

  private func checkMemory() {
    var budget = entry.platform.memoryPerSite
    if case .greedyDual(let memory) = entry.platform.keepAlive { budget = memory }
    let size = entry.platform.footprint?.value ?? platform.number(.footprint) ?? build.memoryMegabytes
    if let footprint = entry.platform.footprint, footprint.value > build.memoryMegabytes {
      lookup.problems.error(
        "footprint", at: footprint.mark,
        "an instance takes \(NodeReader.short(footprint.value)) MB, more than its memory of"
          + " \(NodeReader.short(build.memoryMegabytes)) MB")
    }
    let limit = budget?.value ?? platform.number(.memoryPerSite)
    guard let limit, size.rounded(.up) > limit.rounded() else { return }
    lookup.problems.error(
      "memory-per-site", at: budget?.mark ?? build.memoryMark,
      "a site with \(NodeReader.short(limit)) MB for instances cannot hold one of"
        + " \(NodeReader.short(size)) MB")
  }

  private func checkEphemeral() {
    guard let wanted = function.ephemeral else { return }
    guard let most = platform.number(.ephemeralMaximum) else {
      refuse(
        .ephemeralMaximum, at: wanted.mark,
        "ephemeral storage is not a setting on '\(platform.name)'; remove it, or choose another platform")
      return
    }
    let least = platform.number(.ephemeralIncluded) ?? 0
    guard wanted.value < least || wanted.value > most else { return }
    refuse(
      .ephemeralMaximum, at: wanted.mark,
      "\(NodeReader.short(wanted.value)) MB of ephemeral storage are not to be had on '\(platform.name)'; it offers"
        + " \(NodeReader.short(least)) to \(NodeReader.short(most)) MB")
  }

  private func checkImage() {
    guard function.packaging == .image else { return }
    guard let most = platform.number(.imageMaximum), most > 0 else {
      refuse(
        .imageMaximum, at: entry.function.mark,
        "'\(platform.name)' runs no container images; write 'packaging: zip', or choose another platform")
      return
    }
    guard Double(build.packageBytes) > most * 1e6 else { return }
    refuse(
      .imageMaximum, at: build.packageMark,
      "an image of \(NodeReader.short(Double(build.packageBytes) / 1e6)) MB is too large for '\(platform.name)';"
        + " the most is \(NodeReader.short(most)) MB")
  }

  private func checkSnapshot() {
    guard let snapshot = entry.platform.snapshot, snapshot.isUsed, snapshot.restore == nil else { return }
    let families = platform.words(.snapshotRuntimes)
    if families.isEmpty {
      lookup.problems.error(
        "snapshot", at: snapshot.mark,
        "'\(platform.name)' restores no snapshots; give {restore: …} to say how long it would take")
    } else if build.packageKind == .image {
      refuse(.snapshotRuntimes, at: snapshot.mark, "container images are not restored from snapshots")
    } else if let runtime = build.runtime, !families.contains(runtime.family) {
      refuse(
        .snapshotRuntimes, at: snapshot.mark,
        "the runtime '\(runtime.name)' is not restored from snapshots on '\(platform.name)'; these are:"
          + " \(Suggestion.list(families))")
    }
    checkSnapshotPartners(snapshot.mark)
  }

  /// What a platform does not combine with snapshots.
  private func checkSnapshotPartners(_ mark: SourceMark) {
    let excluded = platform.words(.snapshotExcludes)
    if excluded.contains("provisioned"), entry.platform.group.provisioned != nil {
      refuse(
        .snapshotExcludes, at: mark,
        "'\(platform.name)' restores no provisioned instances from snapshots; remove 'snapshot' or 'provisioned'")
    }
    let included = platform.number(.ephemeralIncluded) ?? 0
    if excluded.contains("ephemeral"), let wanted = function.ephemeral, wanted.value > included {
      refuse(
        .snapshotExcludes, at: mark,
        "'\(platform.name)' restores instances from snapshots with \(NodeReader.short(included)) MB of ephemeral"
          + " storage only; remove 'snapshot', or ask for no more")
    }
  }

  private func refuse(_ property: PlatformProperty, at mark: SourceMark, _ message: String) {
    let source = platform.value(property)?.provenance.sentence
    lookup.problems.error(
      "platform-limit", at: mark, message, notes: source.map { ["source: \($0)"] } ?? [])
  }
}
