/// The price regions of CloudFront's points of presence.
///
/// Source: column headings of https://aws.amazon.com/cloudfront/pricing/, names as in the 2025-07-01 price
/// list.
package enum EdgePriceRegion {
  /// The price region of a point of presence in a country; nil for a country that no heading names.
  ///
  /// - Parameter country: ISO 3166 code of two letters.
  package static func name(country: String) -> String? {
    regions.first { $0.countries.contains(country) }?.name
  }

  private static let regions: [(name: String, countries: [String])] = [
    ("edge:United States", ["US", "MX"]),
    ("edge:Canada", ["CA"]),
    (
      "edge:EU",
      [
        "AT", "BE", "BG", "CH", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR", "HU", "IE", "IL",
        "IT",
        "LU", "LV", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK", "TR",
      ]
    ),
    ("edge:South Africa", ["KE", "NG", "ZA"]),
    ("edge:Middle East", ["AE", "BH", "OM", "QA", "SA"]),
    ("edge:South America", ["AR", "BR", "CL", "CO", "EC", "PE", "UY"]),
    ("edge:Japan", ["JP"]),
    ("edge:Australia", ["AU", "NZ"]),
    ("edge:Asia Pacific", ["HK", "ID", "KR", "MY", "PH", "SG", "TH", "TW", "VN"]),
    ("edge:India", ["IN"]),
  ]
}
