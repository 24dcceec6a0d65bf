/// The keys of probability laws of a time.
enum LawTables {
  static let shape = Shape.either([.quantity(.duration), .object(laws), .object(known)])

  /// Laws by name and parameters.
  static let laws = KeyTable(
    "a distribution", isChoice: true, later: ["trace", "triangular"],
    [
      Key("constant", .quantity(.duration), "always the same"),
      Key(
        "uniform", .either([.object(uniform), .list(.quantity(.duration))]),
        "anything between two times, equally likely; also [from, to]"),
      Key("exponential", .either([.quantity(.duration), .object(exponential)]), "memoryless, by its mean"),
      Key("erlang", .object(erlang), "sum of so many exponentials, by its mean"),
      Key("gamma", .object(gamma), "gamma, by shape and scale or by mean and cv"),
      Key("lognormal", .object(lognormal), "lognormal, by median and p99, median and sigma, or mean and cv"),
      Key("weibull", .object(weibull), "Weibull, by shape and scale"),
      Key("pareto", .object(pareto), "Pareto, by shape and minimum"),
      Key("normal", .object(normal), "normal cut at zero"),
      Key("beta", .object(beta), "beta stretched over two times"),
      Key(
        "empirical", .either([.named(.quantity(.duration)), .object(samples)]),
        "quantiles, or a file of samples"),
      Key("mixture", .list(.object(component)), "one of several laws, by weight"),
      Key("shifted", .object(shifted), "another law plus a constant"),
    ])
  /// What people know of a time without naming its law: a lognormal.
  static let known = KeyTable(
    "a distribution given by what is known of it",
    [
      Key("median", .quantity(.duration), "the middle value; with p99"),
      Key("p99", .quantity(.duration), "exceeded by one in a hundred"),
      Key("mean", .quantity(.duration), "the average; with cv"),
      Key("cv", .number, "standard deviation divided by mean"),
    ])
  static let uniform = KeyTable(
    "a uniform distribution",
    [.required("from", .quantity(.duration), "least"), .required("to", .quantity(.duration), "greatest")])
  static let exponential = KeyTable(
    "an exponential distribution", shorthand: "mean", [.required("mean", .quantity(.duration), "mean")])
  static let erlang = KeyTable(
    "an Erlang distribution",
    [
      .required("shape", .count(minimum: 1), "exponentials"),
      .required("mean", .quantity(.duration), "mean of the sum"),
    ])
  static let gamma = KeyTable(
    "a gamma distribution",
    [
      Key("shape", .number, "shape; with scale"), Key("scale", .quantity(.duration), "scale"),
      Key("mean", .quantity(.duration), "mean; with cv"),
      Key("cv", .number, "standard deviation divided by mean"),
    ])
  static let lognormal = KeyTable(
    "a lognormal distribution",
    [
      Key("median", .quantity(.duration), "median; with p99 or sigma"),
      Key("p99", .quantity(.duration), "exceeded by one in a hundred"),
      Key("sigma", .number, "standard deviation of the logarithm"),
      Key("mean", .quantity(.duration), "mean; with cv"),
      Key("cv", .number, "standard deviation divided by mean"),
    ])
  static let weibull = KeyTable(
    "a Weibull distribution",
    [.required("shape", .number, "shape"), .required("scale", .quantity(.duration), "scale")])
  static let pareto = KeyTable(
    "a Pareto distribution",
    [
      .required("shape", .number, "shape (tail index)"),
      .required("minimum", .quantity(.duration), "least value"),
    ])
  static let normal = KeyTable(
    "a normal distribution",
    [
      .required("mean", .quantity(.duration), "mean before it is cut at zero"),
      .required("sd", .quantity(.duration), "standard deviation"),
    ])
  static let beta = KeyTable(
    "a beta distribution",
    [
      .required("alpha", .number, "first shape"), .required("beta", .number, "second shape"),
      .required("from", .quantity(.duration), "least"), .required("to", .quantity(.duration), "greatest"),
    ])
  static let samples = KeyTable(
    "a file of samples",
    [
      .required("samples", .name, "CSV file with one number a line, beside the scenario"),
      .required("unit", .choice(units), "unit of the numbers"),
    ])
  static let component = KeyTable(
    "a part of a mixture",
    [.required("weight", .number, "relative weight"), .required("of", .law, "the law")])
  static let shifted = KeyTable(
    "a shifted distribution",
    [.required("by", .quantity(.duration), "constant added"), .required("of", .law, "the law")])

  static let units = ["ns", "us", "ms", "s", "min", "h"]
}
