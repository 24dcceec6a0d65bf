import ServerlessModel
import SimulationKernel

extension PlanBuilder {
  /// Lets some of the ways of a plan cross two links that they share, by luck that leaves the rest of it as it is.
  mutating func addLinks(_ luck: Luck) {
    func unit(_ row: Int, _ purpose: UInt64) -> Double {
      luck.nested(UInt64(row) + 7_000_000).bits(purpose).unitInterval
    }
    guard unit(0, 1) < 0.5 else { return }
    // 600 bytes hold a link for up to 30 ms.
    plan.links = [LinkPlan(nanosecondsPerByte: 50_000), LinkPlan(nanosecondsPerByte: 20_000)]
    for row in plan.links.indices { plan.names.links.append((site: "gateway", isInward: row == 1)) }
    for row in plan.candidates.indices where unit(row, 2) < 0.4 {
      var use = LinkUsePlan()
      if unit(row, 3) < 0.7 { (use.leaving, use.answersEntering) = (0, 1) }
      if unit(row, 4) < 0.5 { (use.entering, use.answersLeaving) = (1, 0) }
      plan.candidates[row].links = Int32(plan.linkUses.count)
      plan.linkUses.append(use)
    }
  }
}
