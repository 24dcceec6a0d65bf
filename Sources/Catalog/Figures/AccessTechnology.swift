/// What a caller's last mile costs, as measured on one continent or everywhere.
package struct AccessFigures: Equatable, Sendable {
  /// Round trip between the caller and the first public hop, ms; lognormal by its median and 99th percentile.
  package let rttMedianMilliseconds: Double
  package let rttP99Milliseconds: Double
  /// Bandwidth towards and from the caller, Mbit/s; 0 = no limit.
  package private(set) var downMbps: Double
  package private(set) var upMbps: Double
  /// Share of packets lost, 0 … 1.
  package let lossRatio: Double
  package let strength: Strength
  package let provenance: Provenance

  /// The same with other bandwidths, Mbit/s, where some are given.
  package func with(down: Double?, up: Double?) -> AccessFigures {
    var figures = self
    figures.downMbps = down ?? downMbps
    figures.upMbps = up ?? upMbps
    return figures
  }
}

/// How callers reach the network: fibre, 4G, a satellite, ….
package struct AccessTechnology: Sendable {
  package let name: String
  /// Whether callers are subscribers of a mobile carrier, so that a carrier zone can be near to them.
  package let isMobile: Bool
  /// Figures where no continent's own are known.
  package let worldwide: AccessFigures
  /// Continents with figures of their own.
  package let byContinent: [Continent: AccessFigures]

  package var rttMedianMilliseconds: Double { worldwide.rttMedianMilliseconds }
  package var rttP99Milliseconds: Double { worldwide.rttP99Milliseconds }
  package var downMbps: Double { worldwide.downMbps }
  package var upMbps: Double { worldwide.upMbps }
  package var lossRatio: Double { worldwide.lossRatio }
  package var provenance: Provenance { worldwide.provenance }

  /// The continent's own figures, else those of the whole world.
  package func figures(on continent: Continent?) -> AccessFigures {
    continent.flatMap { byContinent[$0] } ?? worldwide
  }
}
