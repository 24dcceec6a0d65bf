internal import Catalog
internal import ServerlessModel

/// The concurrency and the rate that an account's functions share in a region, and what some of them take out of it.
extension PlacementCompiler {
  /// Concurrency that a function has for itself in a region, reserved or in instances kept ready.
  struct Reservation {
    let deployment: Int32
    /// The pool of instances kept ready, if there is one.
    let ready: Int32
    let resolved: PlacementResolution.Deployment
    let function: Int
    let region: String
    let count: Int
  }

  /// What tells accounts apart, and their limits.
  struct AccountKey: Hashable {
    let name: String
    let region: String
    let limit: Int
  }

  /// Gives a deployment its place in the account, whose platforms share one limit in a region.
  mutating func setAccount(of row: inout DeploymentPlan, _ resolved: PlacementResolution.Deployment, limit: Int?) {
    let platform = resolved.platform
    let site = Int(row.site)
    let region = sites[site].place?.parentRegion ?? plan.names.sites[site]
    let name = platform.text(.account) ?? platform.name
    if let limit { row.account = account(AccountKey(name: name, region: region, limit: limit)) }
    guard var rate = platform.number(.requestRateMaximum, region: region), rate > 0 else { return }
    // The rate goes with the concurrency: whoever has more of that may also have more requests.
    if let own = resolved.spec.platform.concurrency, let usual = platform.number(.accountConcurrency, region: region) {
      rate *= Double(own) / usual
    }
    let window = platform.number(.requestRateWindow, region: region) ?? 1
    let limit = max(1, Int(Int64(saturating: (rate * window).rounded())))
    row.rateLimit = rateLimit(AccountKey(name: name, region: region, limit: limit), window: window)
  }

  private mutating func account(_ key: AccountKey) -> Int32 {
    if let row = accountRows[key] { return row }
    plan.accounts.append(AccountPlan(concurrencyLimit: Int32(clamping: key.limit)))
    accountRows[key] = Int32(plan.accounts.count - 1)
    return Int32(plan.accounts.count - 1)
  }

  /// A bucket that holds the tokens of `window` seconds.
  private mutating func rateLimit(_ key: AccountKey, window: Double) -> Int32 {
    if let row = rateRows[key] { return row }
    let each = max(1, Int64(saturating: window * 1e9) / Int64(key.limit))
    plan.rateLimits.append(RateLimitPlan(nanosecondsPerToken: each, burst: Int64(key.limit)))
    rateRows[key] = Int32(plan.rateLimits.count - 1)
    return Int32(plan.rateLimits.count - 1)
  }

  /// A function with reserved concurrency has an account of its own, for its instances kept ready as well, and the
  /// others share that much less. What others keep ready they take from the common account as long as it is there.
  mutating func reserveConcurrency() {
    var taken = [Int](repeating: 0, count: plan.accounts.count)
    var reserved = taken
    // A function that runs at several sites of a region, or in several variants, has one reservation there.
    var own: [[Int]: Int32] = [:]
    for reservation in reservations {
      let account = Int(plan.deployments[Int(reservation.deployment)].sharedAccount)
      guard account >= 0 else { continue }
      if reservation.resolved.reserved != nil {
        let key = [account, reservation.function]
        if let handle = own[key] {
          assign(handle, to: reservation)
          continue
        }
        own[key] = Int32(plan.accounts.count)
        assign(Int32(plan.accounts.count), to: reservation)
        plan.accounts.append(AccountPlan(concurrencyLimit: Int32(clamping: reservation.count)))
        reserved[account] += reservation.count
      }
      taken[account] += reservation.count
      guard leavesEnough(taken[account], of: account, reservation) else { return }
    }
    for (account, count) in reserved.enumerated() {
      plan.accounts[account].concurrencyLimit = max(0, plan.accounts[account].concurrencyLimit - Int32(clamping: count))
    }
  }

  private mutating func assign(_ account: Int32, to reservation: Reservation) {
    let row = Int(reservation.deployment)
    if plan.deployments[row].account >= 0 { plan.deployments[row].account = account }
    if reservation.ready >= 0 { plan.deployments[Int(reservation.ready)].allocates = account }
  }

  /// Whether an account keeps what its platform demands for functions without a reservation; reports it if not.
  private func leavesEnough(_ taken: Int, of account: Int, _ reservation: Reservation) -> Bool {
    let resolved = reservation.resolved
    let limit = Int(plan.accounts[account].concurrencyLimit)
    let kept = resolved.platform.number(.unreservedMinimum).map { Int($0) } ?? 0
    if limit - taken >= kept { return true }
    let isReserved = resolved.reserved != nil
    let reservedMark = (resolved.spec.reserved ?? resolved.function.reserved)?.mark
    let readyMark = resolved.spec.platform.group.provisioned?.mark
    lookup.problems.error(
      "reserved-concurrency", at: (isReserved ? reservedMark : readyMark) ?? resolved.spec.function.mark,
      "with this the functions of '\(resolved.platform.name)' in \(reservation.region)"
        + " \(isReserved ? "reserve" : "reserve or keep ready") \(taken) of \(limit); at least \(kept) must stay for"
        + " those without a reservation",
      notes: (resolved.platform.value(.unreservedMinimum)?.provenance.sentence).map { ["source: \($0)"] } ?? [])
    return false
  }
}
