/// The tables of a catalog, each a CSV file of that name.
enum CatalogTable: String, CaseIterable {
  case sources, world
  case regions, edges
  case regionalEdgeCaches = "regional_edge_caches"
  case carrierZones = "carrier_zones"
  case localZones = "local_zones"
  case cities
  case roundTrips = "round_trips"
  case zoneRoundTrips = "zone_round_trips"
  case corridorHubs = "corridor_hubs"
  case corridorLinks = "corridor_links"
  case distanceModel = "distance_model"
  case network, access, runtimes
  case runtimeStarts = "runtime_starts"
  case priceMeters = "price_meters"
  case priceFactors = "price_factors"
  case priceAllowances = "price_allowances"
  case priceSubscriptions = "price_subscriptions"
  case priceDiscounts = "price_discounts"
  case priceRegions = "price_regions"
  case platforms, instances, hosts, fronts, services, prices
  case keepAliveLaws = "keep_alive_laws"

  case ownership, environments, grids
  case ownershipLines = "ownership_lines"

  var fileName: String { rawValue + ".csv" }

  /// The columns that a file of this table has, in any order.
  var columns: [String] {
    switch self {
    case .sources: ["id", "text"]
    case .world: ["name", "as_of", "description"]
    case .regions:
      [
        "code", "name", "provider", "partition", "city", "country", "continent", "latitude", "longitude",
        "time_zone", "utc_offset_minutes", "zones", "source", "as_of",
      ]
    case .edges:
      [
        "network", "code", "city", "country", "continent", "latitude", "longitude", "count", "source",
        "as_of",
      ]
    case .regionalEdgeCaches, .localZones:
      ["code", "city", "country", "latitude", "longitude", "parent_region", "source", "as_of"]
    case .carrierZones:
      [
        "code", "carrier", "carrier_name", "city", "country", "latitude", "longitude", "parent_region",
        "source", "as_of",
      ]
    case .cities:
      [
        "key", "name", "country", "country_code", "continent", "latitude", "longitude", "population",
        "time_zone", "utc_offset_minutes", "also", "source", "as_of",
      ]
    case .keepAliveLaws: ["law", "idle_s", "cold_ratio", "source", "as_of"]
    case .roundTrips: ["from", "to", "rtt_ms", "p90_ratio", "source", "as_of"]
    case .zoneRoundTrips: ["region", "from", "to", "rtt_ms", "source", "as_of"]
    case .corridorHubs: ["code", "latitude", "longitude", "source", "as_of"]
    case .corridorLinks: ["from", "to", "kilometres", "factor", "scope", "source", "as_of"]
    case .distanceModel:
      [
        "scope", "intercept_ms", "slope_ms_per_1000_km", "short_intercept_ms", "short_slope_ms_per_1000_km",
        "pairs", "unseen_r2", "unseen_error_ms", "circle_unseen_r2", "residual_p05_ms", "residual_p25_ms",
        "residual_p50_ms", "residual_p75_ms", "residual_p95_ms", "source", "as_of",
      ]
    case .network: ["property", "value", "unit", "source", "as_of"]
    case .access:
      [
        "technology", "continent", "rtt_median_ms", "rtt_p99_ms", "down_mbps", "up_mbps", "loss_ratio",
        "mobile", "strength", "source", "as_of",
      ]
    case .runtimes: ["name", "family", "also", "source", "as_of"]
    case .runtimeStarts:
      [
        "runtime", "architecture", "package", "memory_mb", "mu_ln_ms", "sigma", "first_invocation_ms",
        "source", "as_of",
      ]
    case .platforms: ["platform", "property", "value", "unit", "source", "as_of"]
    case .instances:
      [
        "instance", "family", "architecture", "vcpu", "memory_gib", "accelerators", "accelerator_kind",
        "accelerator", "network_gbps", "credits_per_hour", "credits_maximum", "credits_launch",
        "credits_mode", "watts_idle", "watts_full", "price_service", "price_dimension", "source", "as_of",
      ]
    case .hosts:
      [
        "host", "kind", "vcpu", "memory_gib", "slots", "accelerators", "accelerator_kind", "accelerator",
        "source", "as_of",
      ]
    case .fronts:
      [
        "name", "provider", "rate_per_second", "burst", "timeout_s", "payload_maximum_mb", "overhead_median_ms",
        "overhead_p99_ms", "price_key", "meter", "strength", "source", "as_of",
      ]
    case .services:
      [
        "name", "behaviour", "provider", "sites", "read_median_ms", "read_p99_ms", "write_median_ms",
        "write_p99_ms", "read_unit_kb", "write_unit_kb", "price_key", "meter", "strength", "source", "as_of",
      ]
    case .ownership: ["item", "value", "unit", "low", "high", "strength", "source", "as_of"]
    case .environments: ["environment", "usage", "capacity", "hours", "source", "as_of"]
    case .grids: ["region", "grams_per_kwh", "source", "as_of"]
    case .ownershipLines: ["meter_prefix", "line", "source", "as_of"]
    case .prices:
      [
        "service", "dimension", "unit", "region", "price_usd", "tier_from", "tier_to", "free_tier", "source",
        "as_of",
      ]
    case .priceMeters:
      [
        "meter", "route", "service", "dimensions", "unit", "scope", "allowance", "first_tier", "tiers_start",
        "block", "source", "as_of",
      ]
    case .priceFactors:
      [
        "service", "meter", "input", "kind", "above", "step", "minimum", "per", "default", "source", "as_of",
      ]
    case .priceAllowances: ["allowance", "quantity", "term", "source", "as_of"]
    case .priceSubscriptions: ["meter_prefix", "meter", "service", "dimension", "source", "as_of"]
    case .priceDiscounts: ["discount", "kind", "meters", "fraction", "source", "as_of"]
    case .priceRegions: ["country", "price_region", "source", "as_of"]
    }
  }
}
