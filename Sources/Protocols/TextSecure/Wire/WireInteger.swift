/// A whole number that servers write as a number or as text (TextSecure protocol notes §8).
struct WireInteger: Decodable, Sendable {
  let value: UInt64

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    do {
      value = try container.decode(UInt64.self)
    } catch {
      let text = try container.decode(String.self)
      guard let number = UInt64(text) else {
        throw DecodingError.dataCorruptedError(in: container, debugDescription: "no number")
      }
      value = number
    }
  }

  /// The number, if it has 32 bits at most.
  var uint32: UInt32? { UInt32(exactly: value) }
}

/// A yes or no that the seed writes as text.
struct WireBoolean: Decodable, Sendable {
  let value: Bool

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    do { value = try container.decode(Bool.self) } catch {
      value = try container.decode(String.self) == "true"
    }
  }
}
