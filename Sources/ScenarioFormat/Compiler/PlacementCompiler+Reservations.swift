internal import Catalog
internal import ServerlessModel

/// Reserved concurrency: a function that has it uses nothing of what the others of its account share, and they share
/// that much less.
extension PlacementCompiler {
  mutating func reserveConcurrency() {
    var taken = [Int](repeating: 0, count: plan.accounts.count)
    // A function that runs at several sites of a region has one reservation there.
    var counted: Set<[String]> = []
    for reservation in reservations {
      let row = Int(reservation.deployment)
      let account = Int(plan.deployments[row].account)
      guard account >= 0, let resolved = resolution.deployments[reservation.function] else { continue }
      plan.deployments[row].account = none
      guard counted.insert(["\(account)", "\(reservation.function)"]).inserted else { continue }
      taken[account] += reservation.count
      let limit = Int(plan.accounts[account].concurrencyLimit)
      let kept = resolved.platform.number(.unreservedMinimum).map { Int($0) } ?? 0
      guard limit - taken[account] < kept else { continue }
      let source = resolved.platform.value(.unreservedMinimum)?.provenance.sentence
      lookup.problems.error(
        "reserved-concurrency", at: (resolved.spec.reserved ?? resolved.function.reserved)?.mark
          ?? resolved.spec.function.mark,
        "with this the functions of '\(resolved.platform.name)' in \(reservation.region) reserve \(taken[account]) of"
          + " \(limit); at least \(kept) must stay for those without a reservation",
        notes: source.map { ["source: \($0)"] } ?? [])
      return
    }
    for (account, count) in taken.enumerated() {
      plan.accounts[account].concurrencyLimit = max(0, plan.accounts[account].concurrencyLimit - Int32(clamping: count))
    }
  }
}
