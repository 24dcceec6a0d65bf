/// The price regions of CloudFront's points of presence.
///
/// Source: column headings of https://aws.amazon.com/cloudfront/pricing/, names as in the price list of
/// 2025-07-01.
package enum EdgePriceRegion {
  /// What every edge's region begins with.
  private static let prefix = "edge:"

  /// The price region for `edge:` and a country's name, as in `edge:Brazil`; any other region is its own.
  ///
  /// A country that no heading names keeps its own name, and another region's price stands in.
  package static func canonical(_ region: String) -> String {
    guard region.hasPrefix(prefix) else { return region }
    let country = region.dropFirst(prefix.count)
    return countries.first { $0.names.contains(String(country)) }.map { prefix + $0.region } ?? region
  }

  private static let countries: [(region: String, names: [String])] = [
    ("United States", ["United States", "Mexico"]),
    ("Canada", ["Canada"]),
    (
      "EU",
      [
        "Austria", "Belgium", "Bulgaria", "Croatia", "Czech Republic", "Czechia", "Denmark", "England",
        "Estonia", "Finland", "France", "Germany", "Greece", "Hungary", "Ireland", "Israel", "Italy",
        "Latvia", "Lithuania",
        "Netherlands", "Norway", "Poland", "Portugal", "Romania", "Slovakia", "Slovenia", "Spain", "Sweden",
        "Switzerland", "The Netherlands", "Türkiye", "UK", "United Kingdom",
      ]
    ),
    ("South Africa", ["South Africa", "Kenya", "Nigeria"]),
    ("Middle East", ["Bahrain", "Oman", "Qatar", "Saudi Arabia", "UAE", "United Arab Emirates"]),
    ("South America", ["Argentina", "Brazil", "Chile", "Colombia", "Ecuador", "Peru", "Uruguay"]),
    ("Japan", ["Japan"]),
    ("Australia", ["Australia", "New Zealand"]),
    (
      "Asia Pacific",
      [
        "China", "Hong Kong", "Indonesia", "Korea", "Malaysia", "Philippines", "Singapore", "South Korea",
        "Taiwan",
        "Thailand", "Vietnam",
      ]
    ),
    ("India", ["India"]),
  ]
}
