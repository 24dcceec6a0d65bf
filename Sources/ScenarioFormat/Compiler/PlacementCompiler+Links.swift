internal import Catalog
internal import ServerlessModel

/// The two directions of a site's uplink: rows of `Plan.links`, `none` where the bandwidth is without limit.
struct UplinkRows {
  let up: Int32
  let down: Int32
}

/// Uplinks that all messages to and from a site share.
extension PlacementCompiler {
  /// Notes which links a path crosses; the ends are given by their sites' codes and uplinks.
  mutating func addLinks(
    of path: Int32, from near: (code: String, uplink: AccessFigures?), to far: (code: String, uplink: AccessFigures?)
  ) {
    guard near.uplink != nil || far.uplink != nil else { return }
    var use = LinkUsePlan()
    if let uplink = near.uplink {
      let rows = links(of: near.code, uplink)
      (use.leaving, use.answersEntering) = (rows.up, rows.down)
    }
    if let uplink = far.uplink {
      let rows = links(of: far.code, uplink)
      (use.entering, use.answersLeaving) = (rows.down, rows.up)
    }
    linkedPaths[path] = Int32(plan.linkUses.count)
    plan.linkUses.append(use)
  }

  private mutating func links(of site: String, _ uplink: AccessFigures) -> UplinkRows {
    if let rows = linkRows[site] { return rows }
    let rows = UplinkRows(
      up: addLink(at: site, megabits: uplink.upMbps, isInward: false),
      down: addLink(at: site, megabits: uplink.downMbps, isInward: true))
    linkRows[site] = rows
    return rows
  }

  /// 8 bits a byte over Mbit/s: 8,000 ÷ Mbit/s ns.
  private mutating func addLink(at site: String, megabits: Double, isInward: Bool) -> Int32 {
    guard megabits > 0 else { return ServerlessModel.none }
    plan.links.append(LinkPlan(nanosecondsPerByte: 8_000 / megabits))
    plan.names.links.append((site: site, isInward: isInward))
    return Int32(plan.links.count - 1)
  }
}
