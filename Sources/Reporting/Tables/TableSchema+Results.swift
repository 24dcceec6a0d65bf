extension TableSchema {
  /// `summary.csv`.
  package static let summary = TableSchema(
    name: "summary",
    description: "One row per placement: what happened to its requests, how long they took, what it costs.",
    columns: [
      .placement,
      .count("requests_count", "Requests that callers sent after the warm-up."),
      .count("served_count", "Requests that got their answer."),
      .count("throttled_count", "Requests that a limit turned away."),
      .count("timed_out_count", "Requests whose caller, front or function ran out of time."),
      .count("refused_count", "Requests that a site in an outage refused."),
      .count("lost_count", "Requests that got lost without an answer."),
      .count("in_flight_count", "Requests still under way when the run ended."),
      .ratio("availability_ratio", "Served requests by those that came to an end."),
      .milliseconds("latency_mean_ms", "Mean latency of served requests, as the caller sees it."),
      .milliseconds("latency_mean_ci_low_ms", "Lower end of the 95 % interval of the mean latency."),
      .milliseconds("latency_mean_ci_high_ms", "Upper end of the 95 % interval of the mean latency."),
      .milliseconds("latency_p50_ms", "Latency that half of the served requests keep under."),
      .milliseconds("latency_p95_ms", "Latency that 95 % of the served requests keep under."),
      .milliseconds("latency_p99_ms", "Latency that 99 % of the served requests keep under."),
      .ratio("cold_start_ratio", "Share of the invocations that waited for a new instance."),
      Column(
        "cost_usd_per_month", unit: "USD/month", kind: .decimal(digits: 2),
        "Price of a month (730 hours) of the measured usage, free tiers taken off."),
      Column(
        "tco_usd_per_month", unit: "USD/month", kind: .decimal(digits: 2),
        "Cost of ownership of a month: the bills of all environments, people, owned machines (`tco.csv`)."),
      Column(
        "energy_wh_per_request", unit: "Wh/request", kind: .decimal(digits: 6),
        "Production's electricity for one request served, estimated."),
      Column(
        "carbon_g_per_request", unit: "g/request", kind: .decimal(digits: 6),
        "What making it emits, as CO2 equivalent."),
    ])

  /// `latency.csv`.
  package static let latency = TableSchema(
    name: "latency",
    description: "One row per percentile: latency from sending a request to having its answer.",
    columns: [
      .placement, .clients,
      .word("function", "The function, after a slash the variant; `all` for all together."), .site,
      Column(
        "percentile", unit: "%", kind: .decimal(digits: 2),
        "The share of served requests that take no longer."),
      .milliseconds("latency_ms", "The latency at this percentile."),
      .milliseconds("ci_low_ms", "Lower end of its 95 % interval; empty where the samples are too few."),
      .milliseconds("ci_high_ms", "Upper end of its 95 % interval; empty where the samples are too few."),
    ])

  /// `composition.csv`.
  package static let composition = TableSchema(
    name: "composition",
    description: "One row per component: what the latency in a band of percentiles is made of.",
    columns: [
      .placement, .clients, .function,
      .word("band", "The band of percentiles, as in `p50-p90`."),
      .word(
        "component",
        "What took the time: access, propagation, handshake, gateway, queue, cold start, compute, …"),
      .milliseconds("mean_ms", "Mean time that the component took in a request of the band."),
      .ratio("share_ratio", "The component's share of the band's mean latency."),
    ])

  /// `cold_starts.csv`.
  package static let coldStarts = TableSchema(
    name: "cold_starts",
    description: "One row per deployment of a function: how often a request waited for a new instance.",
    columns: [
      .placement,
      .word("function", "The function, after a slash the variant; `(ready)` = the instances kept ready."), .site,
      .count("invocations_count", "Invocations that began."),
      .count("cold_starts_count", "Invocations that waited for a new instance."),
      .ratio("cold_start_ratio", "Cold starts by invocations."),
      .ratio("ci_low_ratio", "Lower end of the 95 % interval of the ratio."),
      .ratio("ci_high_ratio", "Upper end of the 95 % interval of the ratio."),
      .milliseconds("cold_start_mean_ms", "Mean time that a cold start added."),
      .mean("instances_mean", "instances", "Instances alive, on average over time."),
      .mean("running_mean", "requests", "Requests in execution, on average over time."),
      Column(
        "running_peak", unit: "requests", kind: .integer,
        "Most requests in execution at one place at one time, warm-up included."),
      Column("lifespan_mean_s", unit: "s", kind: .decimal(digits: 3), "Mean life of the instances that ended."),
    ])

  /// `availability.csv`.
  package static let availability = TableSchema(
    name: "availability",
    description: "One row per population and minute: how the requests that were sent in it ended.",
    columns: [
      .placement, .word("clients", "The client population."),
      Column(
        "minute", unit: "min", kind: .integer,
        "Minutes from the start of the run; the row covers the one after."),
      .count("requests_count", "Requests sent in the minute."),
      .count("served_count", "Those that got their answer."),
      .count("throttled_count", "Those that a limit turned away."),
      .count("timed_out_count", "Those that ran out of time."),
      .count("refused_count", "Those that a site in an outage refused."),
      .count("lost_count", "Those that got lost without an answer."),
      .ratio(
        "availability_ratio", "Served requests by those that came to an end; empty where there were none."),
    ])

  /// `timeline.csv`.
  package static let timeline = TableSchema(
    name: "timeline",
    description:
      "One row per placement and interval (a minute, or more in long runs): means over the replications.",
    columns: [
      .placement,
      Column(
        "time_s", unit: "s", kind: .integer, "Start of the interval, seconds from the start of the run."),
      .mean("requests", "requests", "Requests sent in the interval."),
      .mean("served", "requests", "Those that got their answer."),
      .mean("cold_starts", "requests", "Those served by an instance that had to start for them."),
      .milliseconds("latency_mean_ms", "Mean latency of those served; empty where there were none."),
      .mean("running", "requests", "Requests in execution at the end of the interval."),
      .mean("instances", "instances", "Instances alive at the end of the interval."),
      .mean("waiting", "requests", "Requests that wait for an instance at the end of the interval."),
    ])

  /// `meters.csv`.
  package static let meters = TableSchema(
    name: "meters",
    description: "One row per billable unit and site: what was used, before any price, and what a month makes of it.",
    columns: [
      .placement,
      .word("meter", "The stable name of what is billed."),
      .site,
      .word("region", "The price region of the site."),
      .word("route", "The way of a message, where its price depends on it."),
      .word("destination", "The price region at the other end of an inter-region route."),
      Column("quantity", unit: "see unit", kind: .integer, "The usage over all replications."),
      .word("unit", "The unit of the quantity."),
      Column(
        "measured_s", unit: "s", kind: .decimal(digits: 9),
        "Simulated seconds it was used in, over all replications; empty for a monthly figure."),
      .word(
        "scaling",
        "`usage` grows with the measured time, `fixed` is a month's already, `information` has no price."),
      Column(
        "quantity_per_month", unit: "see unit", kind: .decimal(digits: 6),
        "The usage of a month (730 hours) in the same unit, before rounding to what is billed."),
    ])

  /// `cost.csv`.
  package static let cost = TableSchema(
    name: "cost",
    description: "One row per stretch of a month's usage at one price; the amounts add up exactly.",
    columns: [
      .placement,
      .word("line", "The name of the line, for `perigee explain cost`."),
      .word("service", "The service, as its price list spells it."),
      .word("meter", "The stable name of what is billed."),
      .word("route", "The way of a message, where its price depends on it."),
      .word("region", "The price region that used it."),
      .word("destination", "The price region at the other end of an inter-region route."),
      .word("kind", "`usage` grows with the usage, `fixed` does not, `free` costs nothing."),
      .word("tier", "The stretch of a month's usage that the price holds for."),
      Column(
        "quantity_per_month", unit: "see unit", kind: .decimal(digits: 6),
        "The usage of a month (730 hours) in this stretch."),
      .word("unit", "The unit of the quantity."),
      .word("unit_price", "The price and what it is for."),
      Column(
        "amount_usd_per_month", unit: "USD/month", kind: .decimal(digits: 12),
        "What the stretch costs in a month."),
      .word("source", "Where the price is published."),
      .word("as_of", "When it was published or read."),
      .word("note", "Whose price stands in where a region has none."),
    ])

  /// `differences.csv`.
  package static let differences = TableSchema(
    name: "differences",
    description:
      "One row per placement and metric: its difference from the baseline on the same random numbers.",
    columns: [
      .placement,
      .word("baseline", "The placement it is compared with."),
      .clients,
      .word("metric", "The metric compared."),
      .milliseconds("difference_ms", "The placement's value less the baseline's; below nought is faster."),
      .milliseconds("ci_low_ms", "Lower end of the 95 % interval of the difference, pair by pair."),
      .milliseconds("ci_high_ms", "Upper end of the 95 % interval of the difference, pair by pair."),
      .count("pairs_count", "Requests that both placements served."),
      .count("faster_count", "Of these, those that the placement served faster than the baseline."),
      .count("slower_count", "Of these, those that the placement served slower than the baseline."),
      .count("only_here_count", "Requests that only this placement served."),
      .count("only_baseline_count", "Requests that only the baseline served."),
      .count(
        "better_sections_count",
        "Replications (or batches of the only one) in which the placement was faster."),
      .count("sections_count", "Replications, or batches of the only one."),
    ])
}

extension Column {
  static let placement = word("placement", "The placement, as the scenario names it.")
  static let clients = word("clients", "The client population; `all` for all together.")
  static let function = word("function", "The function; `all` for all together.")
  static let site = word("site", "The site; `all` for all together.")

  static func word(_ name: String, _ description: String) -> Column {
    Column(name, description)
  }

  static func count(_ name: String, _ description: String) -> Column {
    Column(name, unit: "count", kind: .integer, description)
  }

  static func ratio(_ name: String, _ description: String) -> Column {
    Column(name, unit: "ratio", kind: .decimal(digits: 6), description)
  }

  static func mean(_ name: String, _ unit: String, _ description: String) -> Column {
    Column(name, unit: unit, kind: .decimal(digits: 3), description)
  }

  static func milliseconds(_ name: String, _ description: String) -> Column {
    Column(name, unit: "ms", kind: .decimal(digits: 3), description)
  }
}
