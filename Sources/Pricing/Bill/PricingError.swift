/// Why a bill cannot be written.
package enum PricingError: Error, Equatable {
  /// No rule says what a meter costs on its route.
  case unknownMeter(meter: String, route: Route)
  /// A meter is read in a unit that its rule does not know.
  case unknownUnit(meter: String, unit: String, known: [String])
  /// The price book has no row for a meter, in its region or any that stands in.
  case noPrice(meter: String, service: String, dimension: String, region: String)
  /// Another region's price would have to stand in, and the bill is to be strict.
  case standIn(meter: String, region: String, used: String)
  /// Spot capacity has no price nor a published discount, and the bill is to be strict.
  case noSpotPrice(meter: String)
  /// A discount cannot be applied.
  case discount(Discount.Problem)
  /// The usage is negative, or the time it was measured over is not positive.
  case badReading(meter: String, quantity: Int128)
  /// The usage of a month, or what it costs, is beyond any account.
  case tooLarge(meter: String)
}

extension PricingError: CustomStringConvertible {
  /// One sentence for the user.
  package var description: String {
    switch self {
    case .unknownMeter(let meter, let route):
      "meter '\(meter)' has no price rule" + (route == .unrouted ? "" : " for the route '\(route.rawValue)'")
    case .unknownUnit(let meter, let unit, let known):
      "meter '\(meter)' is read in '\(unit)'; it can be priced in \(known.joined(separator: ", "))"
    case .noPrice(let meter, let service, let dimension, let region):
      "meter '\(meter)': no price of \(service), \(dimension), for '\(region)' nor for a stand-in"
    case .standIn(let meter, let region, let used):
      "meter '\(meter)': no price for '\(region)'; that of '\(used)' would stand in, but prices are to be strict"
    case .noSpotPrice(let meter):
      "meter '\(meter)': no spot price nor published discount; the price on demand would stand in, but prices are to be"
        + " strict"
    case .discount(let problem):
      problem.description
    case .badReading(let meter, let quantity):
      "meter '\(meter)' reads \(quantity); usage must not be negative, and its time must be above nought"
    case .tooLarge(let meter):
      "meter '\(meter)': a month's usage is beyond what can be billed; is the measured time too short?"
    }
  }
}
