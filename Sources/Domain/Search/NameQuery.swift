/// What is typed to find a name: parts of its words in any order, in Cyrillic or Latin letters, be it
/// on the wrong keyboard layout; or a part of a number.
package struct NameQuery: Sendable, Equatable {
  private struct Word: Sendable, Equatable {
    var plain: [UInt8]
    var sounds: [[UInt8]]
    /// What the same keys write on another layout.
    var slipped: [UInt8]
    var slippedSound: [UInt8]
    var digits: [UInt8]?
  }

  private let words: [Word]

  package init(_ text: String) {
    words = NameKey.folded(text).map { word in
      let slipped = NameKey.folded(KeyboardSlip.other(word)).flatMap(\.self)
      let sound = CoarseLatin.sound(of: word)
      let plain = NameKey.bytes(word)
      // The last letter may be half of what is being typed: `yuli` on the way to `yulia`.
      let isHalf = sound.count > 1 && sound.last == UInt8(ascii: "i")
      return Word(
        plain: plain, sounds: isHalf ? [sound, sound.dropLast()] : [sound],
        slipped: NameKey.bytes(slipped), slippedSound: CoarseLatin.sound(of: slipped),
        digits: plain.allSatisfy { (0x30...0x39).contains($0) } ? plain : nil)
    }
  }

  /// Nothing is looked for.
  package var isEmpty: Bool { words.isEmpty }

  /// How far a name is from what is typed, 0 for one that begins so; nil for another one.
  package func distance(to name: NameKey) -> Int? {
    var sum = 0
    for word in words {
      guard let distance = distance(from: word, to: name) else { return nil }
      sum += distance
    }
    return sum
  }

  private func distance(from word: Word, to name: NameKey) -> Int? {
    if let digits = word.digits, digits.count > 2, name.digits.contains(run: digits) { return 1 }
    if name.words.contains(where: { $0.starts(with: word.plain) }) { return 0 }
    if name.words.contains(where: { $0.contains(run: word.plain) }) { return 1 }
    for sound in word.sounds where !sound.isEmpty {
      if name.sounds.contains(where: { $0.starts(with: sound) }) { return 2 }
      if sound.count > 2, name.sounds.contains(where: { $0.contains(run: sound) }) { return 3 }
    }
    guard word.plain.count > 1 else { return nil }
    if !word.slipped.isEmpty {
      if name.words.contains(where: { $0.starts(with: word.slipped) }) { return 4 }
      let sound = word.slippedSound
      if sound.count > 1, name.sounds.contains(where: { $0.starts(with: sound) }) { return 5 }
    }
    // Letters of it in their order, in first name and surname: in more words stands nearly anything.
    guard let sound = word.sounds.first, sound.count > 2 else { return nil }
    return isSpread(sound[...], over: name.sounds[...], most: 2) ? 6 : nil
  }

  /// Whether letters stand in so many words in their order, in each of these from its first letter on.
  private func isSpread(
    _ letters: ArraySlice<UInt8>, over words: ArraySlice<[UInt8]>, most: Int
  ) -> Bool {
    for (index, word) in zip(words.indices, words) where word.first == letters.first {
      var left = letters
      for letter in word where letter == left.first { left.removeFirst() }
      if left.isEmpty { return true }
      guard most > 1 else { continue }
      let others = words[(index + 1)...]
      for taken in stride(from: letters.count - left.count, to: 0, by: -1)
      where isSpread(letters.dropFirst(taken), over: others, most: most - 1) {
        return true
      }
    }
    return false
  }
}

/// Words typed while the keyboard was on the other layout: `ghbdtn` is `привет`.
enum KeyboardSlip {
  static func other(_ word: [Unicode.Scalar]) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: word.map { keys[$0] ?? $0 })
    return String(text)
  }

  private static let keys: [Unicode.Scalar: Unicode.Scalar] = {
    let latin = Array("qwertyuiopasdfghjklzxcvbnm".unicodeScalars)
    let russian = Array("йцукенгшщзфывапролдячсмить".unicodeScalars)
    var keys = Dictionary(uniqueKeysWithValues: zip(latin, russian))
    for (letter, key) in zip(russian, latin) { keys[letter] = key }
    keys["і"] = "s"
    return keys
  }()
}

extension [UInt8] {
  /// Whether these bytes stand in it, one after the other.
  fileprivate func contains(run: [UInt8]) -> Bool {
    guard let first = run.first, run.count <= count else { return false }
    for start in 0...(count - run.count) where self[start] == first {
      if self[start..<start + run.count].elementsEqual(run) { return true }
    }
    return false
  }
}
