import FoundationEssentials

/// JSON as it is sent and stored: compact, its keys sorted and its slashes bare, so that equal values
/// give equal bytes.
public enum JSONText {
  /// `value` as text. It must consist of what JSON can say: a number that is not finite ends the
  /// program.
  public static func encode(
    _ value: some Encodable, settings: [CodingUserInfoKey: any Sendable] = [:]
  ) -> String {
    String(decoding: bytes(of: value, settings: settings), as: UTF8.self)
  }

  /// The same as UTF-8.
  public static func bytes(
    of value: some Encodable, settings: [CodingUserInfoKey: any Sendable] = [:]
  ) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.userInfo = settings
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do { return Array(try encoder.encode(value)) } catch {
      preconditionFailure("\(type(of: value)) cannot be written as JSON: \(error)")
    }
  }

  /// The value that `bytes` say.
  public static func decode<Value: Decodable>(
    _ type: Value.Type, from bytes: some Collection<UInt8>,
    settings: [CodingUserInfoKey: any Sendable] = [:]
  ) throws(DecodingError) -> Value {
    let decoder = JSONDecoder()
    decoder.userInfo = settings
    do { return try decoder.decode(type, from: Data(bytes)) } catch let error as DecodingError {
      throw error
    } catch {
      throw .dataCorrupted(.init(codingPath: [], debugDescription: "\(error)"))
    }
  }
}
