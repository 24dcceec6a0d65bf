/// A city where callers are.
package struct City: Sendable {
  /// Name in lower-case ASCII with hyphens: `sao-paulo`.
  package let key: String
  /// Other keys that mean this city.
  package let also: [String]
  package let name: String
  package let country: String
  /// ISO 3166 code of two letters.
  package let countryCode: String
  package let continent: Continent
  package let coordinates: Coordinates
  /// People in the metropolitan area, within 50 %; nil where the source does not say.
  package let population: Int?
  /// Name in the tz database.
  package let timeZone: String
  /// Standard time's offset from UTC in January 2021, minutes.
  package let utcOffsetMinutes: Int
  package let provenance: Provenance

  package var place: Place { Place(kind: .city, code: key, coordinates: coordinates) }
}
