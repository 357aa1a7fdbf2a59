import Domain

extension Service {
  static let max = Service(rawValue: "max")
  static let trading = Service(rawValue: "trading")
  static let textsecure = Service(rawValue: "textsecure")
}
