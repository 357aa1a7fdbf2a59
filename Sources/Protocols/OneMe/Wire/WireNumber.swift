/// A whole number that stands on the wire as a number or as a string of digits.
///
/// Message ids have 18 digits and come as strings, since a browser's numbers end at 2^53 (MAX
/// protocol notes §0, 7); chat and user ids come as numbers. All fit in 64 signed bits.
struct WireNumber: Decodable {
  let value: Int64

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Int64.self) {
      value = number
    } else if let text = try? container.decode(String.self), let number = Int64(text) {
      value = number
    } else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "neither a whole number nor a string of one")
    }
  }
}
