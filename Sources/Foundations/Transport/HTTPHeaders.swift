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
