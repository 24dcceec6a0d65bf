import Catalog
import Foundation
import Reporting

/// What `perigee catalog` can show.
enum CatalogKind: String, CaseIterable {
  case regions, zones, edges, caches, carriers
  case localZones = "local-zones"
  case keepAliveLaws = "keep-alive-laws"
  case meters, inputs, allowances, discounts
  case cities, access, runtimes, platforms, instances, hosts, fronts, services, prices

  /// All entries of the kind; the first column is the name.
  func table(_ catalog: Catalog) -> ResultTable {
    switch self {
    case .regions:
      rows(
        ["code", "provider", "place", "country", "zones", "time_zone"],
        catalog.regions.map {
          ([$0.code, $0.provider, $0.name, $0.country, String($0.zoneCount), $0.timeZone], $0.provenance)
        })
    case .zones:
      rows(
        ["code", "region"],
        catalog.regions.flatMap { region in
          region.zoneNames.map { ([$0, region.code], region.provenance) }
        })
    case .edges:
      rows(
        ["code", "network", "city", "country", "points_of_presence"],
        catalog.edges.map {
          ([$0.code, $0.network, $0.city, $0.country, String($0.count)], $0.provenance)
        })
    case .caches:
      rows(
        ["code", "city", "country", "parent_region"],
        catalog.regionalEdgeCaches.map {
          ([$0.qualifiedCode, $0.city, $0.country, $0.parentRegion], $0.provenance)
        })
    case .carriers:
      rows(
        ["code", "carrier", "city", "country", "parent_region"],
        catalog.carrierZones.map {
          ([$0.code, $0.carrier, $0.city, $0.country, $0.parentRegion], $0.provenance)
        })
    case .localZones:
      rows(
        ["code", "city", "country", "parent_region"],
        catalog.localZones.map {
          ([$0.code, $0.city, $0.country, $0.parentRegion], $0.provenance)
        })
    case .cities:
      rows(
        ["name", "city", "country", "continent", "population", "time_zone"],
        catalog.cities.map {
          (
            [
              $0.key, $0.name, $0.country, $0.continent.rawValue, $0.population.map(String.init) ?? "",
              $0.timeZone,
            ], $0.provenance
          )
        })
    case .access:
      rows(
        [
          "name", "rtt_median_ms", "rtt_p99_ms", "down_mbit_per_s", "up_mbit_per_s", "loss_ratio", "strength",
        ],
        catalog.accessTechnologies.map {
          let figures = $0.worldwide
          return (
            [
              $0.name, "\(figures.rttMedianMilliseconds)", "\(figures.rttP99Milliseconds)",
              "\(figures.downMbps)",
              "\(figures.upMbps)", "\(figures.lossRatio)", figures.strength.rawValue,
            ], figures.provenance
          )
        })
    case .runtimes: runtimes(catalog)
    case .platforms:
      rows(
        ["name", "property", "value", "unit", "region"],
        catalog.platforms.flatMap { platform in
          platform.values.map {
            ([platform.name, $0.property.rawValue, $0.text, $0.unit, $0.region ?? ""], $0.provenance)
          }
        })
    case .keepAliveLaws:
      rows(
        ["name", "idle_s", "cold_ratio"],
        catalog.keepAliveLaws.flatMap { law in
          law.points.map { ([law.name, "\($0.idleSeconds)", "\($0.coldRatio)"], law.provenance) }
        })
    case .instances: instances(catalog)
    case .hosts:
      rows(
        ["name", "kind", "vcpu", "memory_gib", "slots", "accelerators"],
        catalog.hosts.map {
          (
            [
              $0.name, $0.kind.rawValue, Self.cell($0.vcpus), Self.cell($0.memoryMegabytes / 1_024),
              $0.slots.map(String.init) ?? "", $0.accelerators > 0 ? "\($0.accelerators) × \($0.accelerator)" : "",
            ], $0.provenance
          )
        })
    case .fronts:
      rows(
        [
          "name", "rate_per_s", "burst", "timeout_s", "payload_maximum_mb", "overhead_median_ms", "overhead_p99_ms",
          "strength",
        ],
        catalog.fronts.map {
          (
            [
              $0.name, Self.cell($0.ratePerSecond), Self.cell($0.burst), Self.cell($0.timeoutSeconds),
              Self.cell($0.payloadMaximumMegabytes), Self.cell($0.overheadMedianMilliseconds),
              Self.cell($0.overheadP99Milliseconds), $0.strength.rawValue,
            ], $0.provenance
          )
        })
    case .services:
      rows(
        [
          "name", "behaviour", "read_median_ms", "read_p99_ms", "write_median_ms", "write_p99_ms", "strength",
        ],
        catalog.services.map {
          (
            [
              $0.name, $0.behaviour, "\($0.readMedianMilliseconds)", "\($0.readP99Milliseconds)",
              "\($0.writeMedianMilliseconds)", "\($0.writeP99Milliseconds)", $0.strength.rawValue,
            ], $0.provenance
          )
        })
    case .meters: meters(catalog)
    case .inputs: inputs(catalog)
    case .allowances:
      rows(
        ["name", "quantity", "term"],
        catalog.priceAllowances.map { ([$0.name, $0.quantity, $0.term.rawValue], $0.provenance) })
    case .discounts:
      rows(
        ["name", "kind", "meters", "fraction"],
        catalog.priceDiscounts.map { ([$0.name, $0.kind.rawValue, $0.meterPrefix, $0.fraction], $0.provenance) })
    case .prices:
      rows(
        ["service", "dimension", "region", "unit", "price_usd", "tier_from", "tier_to"],
        catalog.prices.map {
          (
            [$0.service, $0.dimension, $0.region, $0.unit, $0.priceUSD, $0.tierFrom, $0.tierTo], $0.provenance
          )
        })
    }
  }

  /// A number without a needless fraction; nothing for none.
  static func cell(_ number: Double?) -> String {
    number.map { $0 == $0.rounded() && abs($0) < 1e15 ? "\(Int($0))" : "\($0)" } ?? ""
  }

  private func instances(_ catalog: Catalog) -> ResultTable {
    let prices = Dictionary(
      catalog.prices.filter { $0.region == "us-east-1" }.map { ($0.service + "/" + $0.dimension, $0.priceUSD) },
      uniquingKeysWith: { first, _ in first })
    return rows(
      [
        "name", "family", "architecture", "vcpu", "memory_gib", "accelerators", "network_gbit_per_s",
        "credits_per_hour", "credits_maximum", "credits_launch", "watts_idle", "watts_full",
        "usd_per_hour_us_east_1",
      ],
      catalog.instances.map {
        (
          [
            $0.name, $0.family, $0.architecture.rawValue, Self.cell($0.vcpus), Self.cell($0.memoryMegabytes / 1_024),
            $0.accelerators > 0 ? "\($0.accelerators) × \($0.accelerator)" : "", Self.cell($0.networkGbps),
            Self.cell($0.credits?.perHour), Self.cell($0.credits?.maximum), Self.cell($0.credits?.atLaunch),
            Self.cell($0.power?.idle), Self.cell($0.power?.full),
            prices[$0.priceService + "/" + $0.priceDimension] ?? "",
          ], $0.provenance
        )
      })
  }

  private func meters(_ catalog: Catalog) -> ResultTable {
    rows(
      ["name", "route", "service", "dimensions", "unit", "account_region", "allowance", "first_tier", "block"],
      catalog.priceMeters.map {
        (
          [
            $0.meter, $0.route, $0.service, $0.dimensions.joined(separator: " | "), $0.unit, $0.accountRegion,
            $0.allowance, $0.firstTier.rawValue, $0.block,
          ], $0.provenance
        )
      })
  }

  private func inputs(_ catalog: Catalog) -> ResultTable {
    rows(
      ["name", "meter", "input", "kind", "above", "step", "minimum", "per", "default"],
      catalog.priceFactors.map {
        (
          [$0.service, $0.meter, $0.input, $0.kind.rawValue, $0.above, $0.step, $0.minimum, $0.per, $0.fallback],
          $0.provenance
        )
      })
  }

  private func runtimes(_ catalog: Catalog) -> ResultTable {
    rows(
      [
        "name", "family", "architecture", "package", "memory_mb", "init_median_ms", "init_sigma",
        "first_invocation_ms",
      ],
      catalog.runtimes.flatMap { runtime in
        runtime.starts.map {
          (
            [
              runtime.name, runtime.family, $0.architecture.rawValue, $0.packageKind.rawValue,
              "\(Int($0.memoryMegabytes))",
              NumberFormat.fixed(exp($0.mu), digits: 1), "\($0.sigma)", "\($0.firstInvocationMilliseconds)",
            ], $0.provenance
          )
        }
      })
  }

  /// The names of the entries, each once, in their order.
  func names(in catalog: Catalog) -> [String] {
    var seen: Set<String> = []
    return table(catalog).rows.map { Self.word(of: $0[0]) }.filter { seen.insert($0).inserted }
  }

  /// The name in the first column that a scenario's name stands for: `nodejs` is the newest Node.js.
  func canonical(_ name: String, in catalog: Catalog) -> String {
    switch self {
    case .runtimes: catalog.runtime(name)?.name ?? name
    case .cities: catalog.city(name)?.key ?? name
    default: name
    }
  }

  /// The text of a cell of these tables.
  static func word(of cell: Cell) -> String { if case .text(let text) = cell { text } else { "" } }

  /// A table of entries with source and date behind the other columns.
  func rows(_ names: [String], _ entries: [(cells: [String], provenance: Provenance)]) -> ResultTable {
    let columns = (names + ["as_of", "source"]).map { Column($0, $0) }
    var table = ResultTable(
      TableSchema(name: rawValue, description: "The catalog's \(rawValue).", columns: columns))
    for entry in entries {
      table.append((entry.cells + [entry.provenance.asOf, entry.provenance.source]).map { .text($0) })
    }
    return table
  }
}
