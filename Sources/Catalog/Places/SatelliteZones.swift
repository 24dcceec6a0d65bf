/// Computing inside a mobile carrier's network (AWS Wavelength).
package struct CarrierZone: Sendable {
  package let code: String
  /// Carrier's key, such as `verizon`.
  package let carrier: String
  /// Carrier's name as people write it.
  package let carrierName: String
  package let city: String
  package let country: String
  package let coordinates: Coordinates
  package let parentRegion: String
  package let provenance: Provenance

  package var place: Place {
    Place(
      kind: .carrierZone, code: code, coordinates: coordinates, provider: "aws", parentRegion: parentRegion)
  }
}

/// A small extension of a region in another city (AWS Local Zones).
package struct LocalZone: Sendable {
  package let code: String
  package let city: String
  package let country: String
  package let coordinates: Coordinates
  package let parentRegion: String
  package let provenance: Provenance

  package var place: Place {
    Place(kind: .localZone, code: code, coordinates: coordinates, provider: "aws", parentRegion: parentRegion)
  }
}
