/// One row of a price list. Amounts stay decimal text: binary fractions would round them.
package struct PriceRow: Sendable {
  /// What is billed, and its unit.
  package let service: String
  package let dimension: String
  package let unit: String
  /// Region's code, or `global`.
  package let region: String
  /// Decimal US dollars per unit.
  package let priceUSD: String
  /// The tier's bounds in units; empty where there is one price; `inf` for no upper bound.
  package let tierFrom: String
  package let tierTo: String
  /// What is free, in words; empty if nothing.
  package let freeTier: String
  /// Where it comes from, and its date.
  package let provenance: Provenance
  /// Where the row stands.
  package let location: FileLocation
  /// Which layer of the catalog it is from; a higher one wins.
  package let layer: Int
}

/// What a meter's name stands for: the price of a service, and how its usage is rounded, added up and given away.
package struct PriceMeterRow: Sendable {
  /// The stable name of the meter: `lambda.gb-seconds`.
  package let meter: String
  /// The way of a message, for meters whose price depends on it; otherwise empty.
  package let route: String
  /// The service of the price list.
  package let service: String
  /// Its dimensions to try, best first.
  package let dimensions: [String]
  /// The unit in which usage is added up.
  package let unit: String
  /// The region whose price holds for the whole account; empty where every region has its own.
  package let accountRegion: String
  /// The allowance that covers the first units; empty for none.
  package let allowance: String
  /// What usage below the first tier is.
  package let firstTier: FirstTier
  /// Where the tiers are counted from.
  package let tiersStart: TiersStart
  /// Usage is billed in whole multiples of so many units, a decimal number; empty for exact usage.
  package let block: String
  /// Where it comes from, and its date.
  package let provenance: Provenance
  /// Where the row stands.
  package let location: FileLocation

  /// What usage below the first tier of a price is.
  package enum FirstTier: String, CaseIterable, Sendable {
    /// A gift to the account, which one without a free tier does not get.
    case free
    /// Part of what the account pays for anyway.
    case included
    /// Neither: only an allowance makes usage free.
    case paid
  }

  /// Where a price's tiers are counted from.
  package enum TiersStart: String, CaseIterable, Sendable {
    /// From the first unit, given away or not.
    case zero
    /// From the first unit that is not given away.
    case afterFree = "after-free"
  }
}

/// One factor of a meter's quantity: an input that a user knows, and how a provider rounds it.
///
/// The quantity is the product of the factors: requests × duration × memory.
package struct PriceFactorRow: Sendable {
  /// What a user calls the service: `lambda`.
  package let service: String
  /// The meter that the product advances.
  package let meter: String
  /// The input's key: `duration`.
  package let input: String
  /// What sort it is.
  package let kind: Kind
  /// What is not counted, as a quantity; empty for nothing.
  package let above: String
  /// Counted up to whole steps, as a quantity; empty for exact.
  package let step: String
  /// Counted as at least this, as a quantity; empty for nothing.
  package let minimum: String
  /// Counted in units of this, as a quantity; empty for the kind's own.
  package let per: String
  /// What an input that is left out is, as a quantity, or `month`; empty where it must be given.
  package let fallback: String
  /// Where it comes from, and its date.
  package let provenance: Provenance
  /// Where the row stands.
  package let location: FileLocation

  /// What kind of quantity an input is.
  package enum Kind: String, CaseIterable, Sendable {
    /// A number of things, or a rate that holds all month.
    case count
    /// Any bare number.
    case number
    /// A length of time.
    case duration
    /// A length of time that may be a bare number of hours.
    case hours
    /// Bytes, counted in powers of 1,024 as bills count them.
    case size
    /// A word that stands in the meter's name, such as the type of an instance: `EC2 on-demand Linux/{type}`.
    case name
  }
}

/// What a provider gives away every month, once for a whole account.
package struct PriceAllowanceRow: Sendable {
  /// The name that meters refer to.
  package let name: String
  /// A decimal number per month, in the unit of the meters that share it.
  package let quantity: String
  /// How long it lasts.
  package let term: Term
  /// Where it comes from, and its date.
  package let provenance: Provenance
  /// Where the row stands.
  package let location: FileLocation

  /// How long the gift lasts.
  package enum Term: String, CaseIterable, Sendable {
    /// Every month, for ever.
    case always
    /// During the first twelve months of an account.
    case firstYear = "first-year"
  }
}

/// A fee per month that an account pays as soon as it uses a service at all.
package struct PriceSubscriptionRow: Sendable {
  /// The meters that show the service is used begin with this.
  package let meterPrefix: String
  /// The stable name of the fee's own line.
  package let meter: String
  /// The service and the dimension of the price list.
  package let service: String
  package let dimension: String
  /// Where it comes from, and its date.
  package let provenance: Provenance
}

/// A published discount: the largest share off the list price.
package struct PriceDiscountRow: Sendable {
  /// The name, such as `compute-savings-plan`.
  package let name: String
  /// What sort it is.
  package let kind: Kind
  /// The meters that it holds for begin with this.
  package let meterPrefix: String
  /// A decimal number from 0 to 1.
  package let fraction: String
  /// Where it comes from, and its date.
  package let provenance: Provenance
  /// Where the row stands.
  package let location: FileLocation

  /// How a discount comes about.
  package enum Kind: String, CaseIterable, Sendable {
    /// Spare capacity that can be taken back.
    case spot
    /// Money promised for every hour.
    case savingsPlan = "savings-plan"
  }
}

/// The price region of points of presence in a country.
package struct PriceRegionRow: Sendable {
  /// The country, as the edge locations spell it.
  package let country: String
  /// `edge:EU`
  package let region: String
  /// Where it comes from, and its date.
  package let provenance: Provenance
}
