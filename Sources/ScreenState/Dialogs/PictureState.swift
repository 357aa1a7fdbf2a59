/// A picture as it can be shown: red, green, blue and opacity of each pixel, a byte each.
package struct PicturePixels: Sendable, Equatable {
  /// Tells it from every other one of this run.
  package let id: Int
  /// Pixels.
  package let width: Int
  /// Pixels.
  package let height: Int
  /// Row by row.
  package let bytes: [UInt8]

  /// Nil where there are not as many bytes as pixels.
  package init?(id: Int, width: Int, height: Int, bytes: [UInt8]) {
    guard width > 0, height > 0, bytes.count == width * height * 4 else { return nil }
    (self.id, self.width, self.height, self.bytes) = (id, width, height, bytes)
  }

  /// Pixels are never changed: two with one number are one picture.
  package static func == (one: PicturePixels, other: PicturePixels) -> Bool { one.id == other.id }
}

/// A picture that somebody looks at.
package struct PictureState: Sendable, Equatable {
  /// How far it is.
  package enum Stage: Sendable, Equatable {
    /// It is on its way.
    case loading
    /// It cannot be shown, as a sentence says.
    case failed(String)
    /// Here it is.
    case shown(PicturePixels)
  }

  /// What it is called.
  package var title: String
  /// How far it is.
  package var stage: Stage
  /// The keys.
  package var hints: [Hint] = []

  /// A picture of that name.
  package init(title: String, stage: Stage = .loading, hints: [Hint] = []) {
    (self.title, self.stage, self.hints) = (title, stage, hints)
  }
}
