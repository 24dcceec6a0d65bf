#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A point on the globe, in degrees: north and east are positive.
package struct Coordinates: Equatable, Hashable, Sendable {
  /// -90 … 90.
  package let latitude: Double
  /// -180 … 180.
  package let longitude: Double

  package init(latitude: Double, longitude: Double) {
    self.latitude = latitude
    self.longitude = longitude
  }

  /// Mean radius of the Earth (IUGG), km.
  package static let earthRadiusKilometres = 6371.0088

  /// Length of the great-circle arc to another point by the haversine formula, km.
  package func greatCircleKilometres(to other: Coordinates) -> Double {
    let radians = Double.pi / 180
    let halfLatitude = sin((other.latitude - latitude) * radians / 2)
    let halfLongitude = sin((other.longitude - longitude) * radians / 2)
    let haversine =
      halfLatitude * halfLatitude
      + cos(latitude * radians) * cos(other.latitude * radians) * halfLongitude * halfLongitude
    return 2 * Self.earthRadiusKilometres * asin(min(1, haversine.squareRoot()))
  }
}
