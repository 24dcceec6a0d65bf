/// A cloud provider's region.
package struct Region: Sendable {
  /// Provider's code, such as `eu-west-1`.
  package let code: String
  package let name: String
  /// `aws`, `azure` or `gcp`.
  package let provider: String
  /// Group of regions that share accounts, such as `aws`, `aws-cn`, `aws-us-gov`.
  package let partition: String
  package let city: String
  package let country: String
  package let continent: Continent
  package let coordinates: Coordinates
  /// Name in the tz database.
  package let timeZone: String
  /// Standard time's offset from UTC in January 2021, minutes.
  package let utcOffsetMinutes: Int
  /// Availability zones; 0 where the source does not say.
  package let zoneCount: Int
  package let provenance: Provenance

  /// Zone names: the code followed by a, b, c, ….
  package var zoneNames: [String] {
    (0..<zoneCount).map { code + String(UnicodeScalar(UInt8(ascii: "a") + UInt8($0))) }
  }

  package var place: Place {
    Place(kind: .region, code: code, coordinates: coordinates, provider: provider, parentRegion: code)
  }

  /// The zone of that name, at the region's coordinates.
  package func zone(_ name: String) -> Place? {
    guard zoneNames.contains(name) else { return nil }
    return Place(kind: .zone, code: name, coordinates: coordinates, provider: provider, parentRegion: code)
  }
}
