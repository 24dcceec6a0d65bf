/// What is usual about a pool, found out once: one test for all that could be out of the ordinary.
struct PoolTraits: BitwiseCopyable {
  /// Whoever comes finds an instance, or room for one, or neither: there are no outages, no group, and no limits on
  /// rates or on recursion.
  var admitsPlainly: Bool
  /// An instance executes one request at a time, whose end is known when it begins, and nothing is reckoned of the
  /// instance meanwhile.
  var executesPlainly: Bool

  init(_ plan: DeploymentPlan, siteIsFaulty: Bool) {
    let isReliable = !siteIsFaulty && plan.group < 0
    admitsPlainly = isReliable && plan.rateLimit < 0 && plan.recursionLimit == 0
    executesPlainly =
      isReliable && !plan.invokes && plan.requestsPerInstance == 1 && plan.lifetime < 0 && !plan.billsActiveTime
  }
}
