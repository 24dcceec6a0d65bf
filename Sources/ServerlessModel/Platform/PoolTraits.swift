/// What is usual about a pool, found out once: one test for all that could be out of the ordinary.
struct PoolTraits: BitwiseCopyable {
  /// Whoever comes finds an instance, or room for one, or neither: there are no outages, no group, and no limits on
  /// rates or on recursion.
  var admitsPlainly: Bool
  /// An instance executes one request at a time, which invokes no other function, and nothing is reckoned of it when it
  /// becomes busy or idle.
  var startsPlainly: Bool
  /// What has begun ends in its own time: instances have all their processors to themselves and are not lost.
  var endsPlainly: Bool

  init(_ plan: DeploymentPlan, siteIsFaulty: Bool) {
    endsPlainly = !siteIsFaulty && plan.group < 0
    admitsPlainly = endsPlainly && plan.rateLimit < 0 && plan.recursionLimit == 0
    startsPlainly =
      !plan.invokes && plan.requestsPerInstance == 1 && plan.lifetime < 0 && !plan.billsActiveTime
  }
}
