import CCurl
import Glibc

/// Header fields in the order they stand on the wire; names compare without regard to case.
public struct HTTPHeaders: Sendable, Equatable, ExpressibleByDictionaryLiteral {
  /// One line of a head.
  public struct Field: Sendable, Equatable {
    /// As written; capital letters carry no meaning.
    public var name: String
    /// Without surrounding blanks; bytes that are not UTF-8 are replaced.
    public var value: String

    /// A field that is checked when it is sent: neither part may hold a line break.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// All fields, repeated names included.
  public private(set) var fields: [Field] = []

  /// No fields.
  public init() {}

  /// Fields in the order of the literal; a name may repeat.
  public init(dictionaryLiteral elements: (String, String)...) {
    fields = elements.map(Field.init(name:value:))
  }

  /// The first value of the field called `name`; setting replaces every field of that name.
  public subscript(name: String) -> String? {
    get { fields.first { HTTPHeaders.same($0.name, name) }?.value }
    set {
      fields.removeAll { HTTPHeaders.same($0.name, name) }
      if let newValue { fields.append(Field(name: name, value: newValue)) }
    }
  }

  /// Adds a field, keeping earlier ones of the same name.
  public mutating func append(_ name: String, _ value: String) {
    fields.append(Field(name: name, value: value))
  }

  private static func same(_ left: String, _ right: String) -> Bool {
    left.lowercased() == right.lowercased()
  }
}

extension HTTPHeaders {
  /// The server's clock by its `Date` field (RFC 9110 §6.6.1) in milliseconds since 1970, whole
  /// seconds precise; nil when it is missing or cannot be read.
  public var date: Int64? {
    guard let text = self["Date"], text.utf8.count <= 64 else { return nil }
    let seconds = curl_getdate(text, nil)
    return seconds >= 0 ? Int64(seconds) * 1000 : nil
  }

  /// A moment as the `Date` field writes it: `Sat, 21 Nov 2026 12:44:07 GMT`.
  ///
  /// - Parameter milliseconds: since 1970, not before.
  public static func dateText(_ milliseconds: Int64) -> String {
    var seconds = time_t(max(0, milliseconds / 1000))
    var parts = tm()
    gmtime_r(&seconds, &parts)
    // Days and months in English: the program never sets the locale's LC_TIME. 29 bytes for years of
    // four digits.
    var text = [CChar](repeating: 0, count: 64)
    let count = strftime(&text, text.count, "%a, %d %b %Y %H:%M:%S GMT", &parts)
    return String(decoding: text[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

extension HTTPHeaders {
  /// The comma-separated tokens of every field called `name`, in lower case.
  func tokens(_ name: String) -> [String] {
    fields.filter { $0.name.lowercased() == name.lowercased() }
      .flatMap { $0.value.lowercased().split { $0 == "," || $0 == " " || $0 == "\t" } }
      .map(String.init)
  }

  /// Throws `.badAddress` if a field could not stand on one line: it would smuggle in another.
  func checkLines() throws(TransportError) {
    for field in fields {
      let isClean =
        !field.name.isEmpty
        && field.name.utf8.allSatisfy { (0x21...0x7e).contains($0) && $0 != 0x3a }
        && field.value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f || $0 == 0x09 }
      guard isClean else {
        throw .badAddress("header field \(field.name.prefix(40).debugDescription) cannot be sent")
      }
    }
  }
}
