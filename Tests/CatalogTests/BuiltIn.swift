import Catalog

/// The built-in catalogs, loaded once for all tests.
enum BuiltIn {
  static let world2021 = load("world-2021")
  static let world2025 = load("world-2025")
  static let all = [world2021, world2025]

  private static func load(_ name: String) -> Catalog {
    do {
      return try Catalog.load(name)
    } catch {
      preconditionFailure("the built-in catalog \(name) does not load: \(error)")
    }
  }
}
