import ServerlessModel
import SimulationKernel

extension RandomPlan {
  /// Makes the instances of a deployment a group of any kind.
  mutating func makeGroup(_ row: inout DeploymentPlan, invokes: Bool) {
    var group = GroupPlan()
    row.scaling = .managed
    row.keepAlive = .max
    row.group = Int32(builder.plan.groups.count)
    group.balancer = LoadBalancing.allCases[below(4)]
    if !invokes && group.balancer != .shared && chance(0.3) {
      group.sharedCores = 0.5 + unit() * 3
      if chance(0.5) { row.requestsPerInstance = .max }
    }
    group.minimum = Int32(below(3))
    group.maximum = group.minimum + 1 + Int32(below(4))
    group.initial = group.minimum + Int32(below(Int(group.maximum - group.minimum) + 1))
    row.maximumInstances = group.maximum
    if chance(0.4) { (group.warmCount, group.warmStart) = (Int32(1 + below(2)), builder.constant(ms(30))) }
    if chance(0.4) {
      group.failure = builder.plan.sampler(.exponential(mean: 20e9))
      (group.checkInterval, group.checkThreshold) = (between(0.5, 5), Int32(1 + below(3)))
    }
    if chance(0.4) {
      group.interruption = builder.plan.sampler(.exponential(mean: 15e9))
      (group.notice, group.onDemandBase) = (between(0, 3), Int32(below(3)))
    }
    if chance(0.3) {
      group.credits.vcpus = 2
      (group.credits.perHour, group.credits.maximum) = (12, 0.05)
      (group.credits.launch, group.credits.unlimited) = (unit() * 0.05, chance(0.5))
    }
    group.billingMinimum = chance(0.5) ? s(60) : 0
    group.scaler = scaler(row.group)
    if group.scaler.kind == .fixed { group.initial = max(1, group.initial) }
    builder.plan.groups.append(group)
  }

  private mutating func scaler(_ group: Int32) -> ScalerPlan {
    var scaler = ScalerPlan()
    scaler.kind = ScalerKind.allCases[below(6)]
    scaler.metric = ScalingMetric.allCases[below(3)]
    scaler.target = 0.3 + unit() * 2
    scaler.period = between(2, 10)
    (scaler.coolOut, scaler.coolIn) = (between(0, 10), between(0, 10))
    scaler.inPeriods = Int32(1 + below(3))
    (scaler.stableWindow, scaler.panicWindow) = (between(10, 60), between(2, 10))
    if chance(0.5) { scaler.zeroAfter = between(1, 20) }
    scaler.firstStep = Int32(builder.plan.scalerSteps.count)
    builder.plan.scalerSteps.append(ScalerStep(from: -.infinity, below: 0.4, change: -1))
    builder.plan.scalerSteps.append(ScalerStep(from: 0.8, below: .infinity, change: 2))
    scaler.stepCount = 2
    scaler.firstSchedule = Int32(builder.plan.schedules.count)
    if chance(0.3) {
      for at in [between(0, 20), between(20, 40)] {
        let least = Int32(below(3))
        builder.plan.schedules.append(
          GroupSchedule(group: group, at: at, minimum: least, maximum: least + 1 + Int32(below(3))))
      }
      (scaler.scheduleCount, scaler.schedulePeriod) = (2, s(50))
    }
    return scaler
  }
}
