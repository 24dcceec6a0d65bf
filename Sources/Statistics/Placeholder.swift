package struct LatencyHistogram: Sendable { package init() {}; package mutating func merge(_ o: LatencyHistogram) {}; package var isEmpty: Bool { true }; package func quantile(_ q: Double) -> Double { 0 } }
package struct HistogramTable: ~Copyable { package init(rowCount: Int) {}; package mutating func record(_ row: Int, _ v: Int64) {}; package func extract(_ row: Int) -> LatencyHistogram { LatencyHistogram() } }
package struct LevelHistogram: Sendable { package init(timeAtLevel: [Int64]) {}; package mutating func merge(_ o: LevelHistogram) {} }
package struct ConfidenceInterval: Sendable { package static func around(_ e: Double, spreadOf v: [Double], level: Double) -> ConfidenceInterval { .init() } }
