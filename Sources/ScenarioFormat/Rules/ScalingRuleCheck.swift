internal import Catalog
internal import Stochastics

/// Rules of a group's size that can do nothing, or that swing by construction.
struct ScalingRuleCheck {
  /// `nil` = the platform's own.
  let rule: Marked<ScalingRule>?
  let bounds: GroupBounds
  let build: GroupBuild
  /// Mean time of an instance's start, ns.
  let boot: Double
  let problems: Problems

  func check() {
    guard let rule else { return }
    switch rule.value {
    case .target(let target):
      checkMetric(target.metric, at: target.value.mark)
      checkReach(target, at: target.value.mark)
      checkZero(target.timing, at: rule.mark)
    case .steps(let steps):
      if let first = steps.ladder.first {
        checkMetric(steps.metric, at: first.mark)
      } else {
        problems.error("step", at: rule.mark, "a ladder without steps changes nothing; give some, or 'fixed'")
      }
      checkSteps(steps)
      checkOverlaps(steps.ladder)
      checkSwing(steps)
      checkZero(steps.timing, at: rule.mark)
    case .panic(let panic):
      checkWindows(panic, at: rule.mark)
      checkZero(panic.timing, at: rule.mark)
    case .alert(let alert): checkZero(alert.timing, at: rule.mark)
    case .fixed, .jobs: break
    }
  }

  /// Busy slots say little where they are hardly limited.
  private func checkMetric(_ metric: ScalingRule.Metric, at mark: SourceMark) {
    guard metric == .utilization, build.isSharing else { return }
    problems.warning(
      "metric", at: mark,
      "'utilization' is the share of busy places, and an instance has \(build.slots) of them here, which share its"
        + " vCPUs; 'cpu' is the share of the vCPUs in use")
  }

  /// A share is never above 1, so a target there is never exceeded.
  private func checkReach(_ target: ScalingRule.Target, at mark: SourceMark) {
    guard target.metric.isShare, target.value.value >= 1 else { return }
    problems.error(
      "target", at: mark,
      "'\(target.metric.rawValue)' is a share and never above 1, so the group would never grow; give a target below 1"
        + " (0.6 = 60 %)")
  }

  private func checkSteps(_ steps: ScalingRule.Steps) {
    for step in steps.ladder {
      if let from = step.from, let below = step.below, from >= below {
        problems.error(
          "step", at: step.mark,
          "this step never holds: no metric is at least \(NodeReader.short(from)) and below \(NodeReader.short(below))")
      } else if steps.metric.isShare, let from = step.from, from > 1 {
        problems.error(
          "step", at: step.mark,
          "this step never holds: '\(steps.metric.rawValue)' is a share and never above 1 (0.6 = 60 %)")
      }
    }
  }

  /// Of steps that hold at once the first one acts.
  private func checkOverlaps(_ ladder: [ScalingRule.Step]) {
    for (index, step) in ladder.enumerated() {
      let earlier = ladder[..<index].first { other in
        let from = max(step.from ?? -.infinity, other.from ?? -.infinity)
        return from < min(end(of: step, ladder), end(of: other, ladder))
      }
      guard earlier != nil else { continue }
      problems.warning(
        "step", at: step.mark,
        "this step holds for values for which an earlier one does, and then the earlier one acts; give it a 'from' or a"
          + " 'below' that keeps them apart")
      return
    }
  }

  /// Where a step ends: one that is open above ends where the next begins.
  private func end(of step: ScalingRule.Step, _ ladder: [ScalingRule.Step]) -> Double {
    let from = step.from ?? -.infinity
    return step.below ?? ladder.compactMap(\.from).filter { $0 > from }.min() ?? .infinity
  }

  /// Warns of a step rule that undoes what it has done: after removing instances the metric is where it adds some.
  private func checkSwing(_ steps: ScalingRule.Steps) {
    let adding = steps.ladder.filter { $0.change > 0 }.compactMap(\.from).min()
    for step in steps.ladder where step.change < 0 {
      guard let below = step.below, let adding else { continue }
      let first = bounds.minimum - step.change
      let swings = (first...max(first, min(bounds.maximum, 10_000))).first { size in
        size + step.change > 0 && below * Double(size) / Double(size + step.change) >= adding
      }
      guard let size = swings else { continue }
      problems.warning(
        "oscillation", at: step.mark,
        "this rule swings: with \(size) instances and a metric just below \(NodeReader.short(below)) it removes"
          + " \(-step.change), which lifts the metric to \(NodeReader.short(lifted(below, size, step.change))), where"
          + " it adds instances again (from \(NodeReader.short(adding)))")
      return
    }
  }

  /// A metric per instance after a change of the size, to three digits behind the point.
  private func lifted(_ metric: Double, _ size: Int, _ change: Int) -> Double {
    (metric * Double(size) / Double(size + change) * 1000).rounded() / 1000
  }

  private func checkWindows(_ panic: ScalingRule.Panic, at mark: SourceMark) {
    let stable = panic.stable ?? 60_000_000_000
    if let window = panic.window, window > stable {
      problems.error(
        "window", at: mark,
        "the panic window of \(NodeReader.short(Double(window) / 1e9)) s is longer than the stable one of"
          + " \(NodeReader.short(Double(stable) / 1e9)) s; it is the short one")
    }
    if let threshold = panic.threshold, threshold <= 1 {
      problems.warning(
        "oscillation", at: mark,
        "with a threshold of \(NodeReader.short(threshold)) it panics at any load that fills the instances, and then"
          + " never removes any; Knative's is 2")
    }
  }

  /// A time to zero that never comes, or that is over before an instance has started.
  private func checkZero(_ timing: ScalingRule.Timing, at mark: SourceMark) {
    guard let zeroAfter = timing.zeroAfter else { return }
    if bounds.minimum > 0 {
      problems.warning(
        "zero", at: mark,
        "'zeroAfter' does nothing with a minimum of \(bounds.minimum); give 'minimum: 0' to let the group go to zero")
    } else if Double(zeroAfter) < boot {
      problems.warning(
        "oscillation", at: mark,
        "the group goes to zero after \(NodeReader.short(Double(zeroAfter) / 1e9)) s without requests, and an instance"
          + " takes \(NodeReader.short((boot / 1e8).rounded() / 10)) s to start: calm minutes cost more starts than"
          + " they save; wait longer")
    }
  }
}

extension ScalingRule.Metric {
  /// Whether it is a share from 0 to 1.
  fileprivate var isShare: Bool { self == .cpu || self == .utilization || self == .cpuOrUtilization }
}
