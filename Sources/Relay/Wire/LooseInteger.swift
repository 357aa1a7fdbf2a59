/// An integer that may come as a JSON number or, as the document writes some, as text.
struct LooseInteger: Decodable, Sendable {
  let value: Int64

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    do {
      value = try container.decode(Int64.self)
    } catch {
      let text = try container.decode(String.self)
      guard let number = Int64(text) else {
        throw DecodingError.dataCorruptedError(in: container, debugDescription: "no integer")
      }
      value = number
    }
  }
}
