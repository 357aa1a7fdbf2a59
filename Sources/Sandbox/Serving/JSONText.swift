import FoundationEssentials

/// JSON text as the servers write and read it.
enum JSONText {
  /// Compact text with sorted keys, so that equal runs give equal bytes.
  static func encode(
    _ value: some Encodable, settings: [CodingUserInfoKey: any Sendable] = [:]
  ) -> String {
    let encoder = JSONEncoder()
    encoder.userInfo = settings
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return String(decoding: try encoder.encode(value), as: UTF8.self)
    } catch {
      // Only a number that is not finite could fail, and no wire type holds floating point.
      preconditionFailure("\(type(of: value)) cannot be written as JSON: \(error)")
    }
  }

  static func decode<Value: Decodable>(
    _ type: Value.Type, from bytes: some Collection<UInt8>,
    settings: [CodingUserInfoKey: any Sendable] = [:]
  ) throws(DecodingError) -> Value {
    let decoder = JSONDecoder()
    decoder.userInfo = settings
    do {
      return try decoder.decode(type, from: Data(bytes))
    } catch let error as DecodingError {
      throw error
    } catch {
      throw .dataCorrupted(.init(codingPath: [], debugDescription: "\(error)"))
    }
  }
}

extension DecodingError {
  /// The member at fault and what is wrong with it, such as `chatsCount: expected Int`.
  var complaint: String {
    switch self {
    case .keyNotFound(let key, let context):
      "\(path(context, key)): required"
    case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
      "\(path(context)): expected \(type)"
    case .dataCorrupted(let context):
      context.codingPath.isEmpty ? "not JSON" : "\(path(context)): \(context.debugDescription)"
    @unknown default:
      "not understood"
    }
  }

  private func path(_ context: Context, _ last: (any CodingKey)? = nil) -> String {
    (context.codingPath + (last.map { [$0] } ?? [])).map(\.stringValue).joined(separator: ".")
  }
}
