/// A list of which the elements that cannot be read are left out and counted.
struct WireList<Element: Decodable>: Decodable {
  private(set) var elements: [Element] = []
  private(set) var skipped = 0

  init() {}

  init(from decoder: any Decoder) throws {
    var list = try decoder.unkeyedContainer()
    while !list.isAtEnd {
      switch try list.decode(Attempt<Element>.self).result {
      case .success(let element): elements.append(element)
      case .failure: skipped += 1
      }
    }
  }
}

/// An object whose keys are ids; entries with another key or an unreadable value are left out and
/// counted.
struct WireMap<Value: Decodable>: Decodable {
  private(set) var entries: [Int64: Value] = [:]
  private(set) var skipped = 0

  init() {}

  init(from decoder: any Decoder) throws {
    let object = try decoder.object()
    for key in object.allKeys {
      if let id = Int64(key.stringValue),
        case .success(let value) = try object.decode(Attempt<Value>.self, forKey: key).result
      {
        entries[id] = value
      } else {
        skipped += 1
      }
    }
  }
}

/// Decodes a value and never fails, so that one odd element does not take the whole list with it.
private struct Attempt<Value: Decodable>: Decodable {
  let result: Result<Value, any Error>

  init(from decoder: any Decoder) throws {
    result = Result { try Value(from: decoder) }
  }
}
