/// A content delivery network's location: one or more points of presence that share an airport code.
package struct EdgeLocation: Sendable {
  /// `cloudfront` or `cloudflare`.
  package let network: String
  /// Airport code, such as `GRU`.
  package let code: String
  package let city: String
  package let country: String
  package let continent: Continent
  package let coordinates: Coordinates
  /// Points of presence at this location.
  package let count: Int
  package let provenance: Provenance

  /// Name with its network: `cloudfront/GRU`.
  package var qualifiedCode: String { network + "/" + code }

  package var place: Place {
    Place(
      kind: .edge, code: qualifiedCode, coordinates: coordinates, provider: EdgeLocation.provider(of: network)
    )
  }

  /// Whose backbone joins the locations of a network: CloudFront's are on AWS's.
  static func provider(of network: String) -> String { network == "cloudfront" ? "aws" : network }
}

/// A CloudFront cache between edge locations and regions; Lambda@Edge runs there.
package struct RegionalEdgeCache: Sendable {
  /// Code of the region that it is in.
  package let code: String
  package let city: String
  package let country: String
  package let coordinates: Coordinates
  package let parentRegion: String
  package let provenance: Provenance

  /// Name as scenarios write it: `rec/us-east-1`.
  package var qualifiedCode: String { "rec/" + code }

  package var place: Place {
    Place(
      kind: .regionalEdgeCache, code: qualifiedCode, coordinates: coordinates, provider: "aws",
      parentRegion: parentRegion)
  }
}
