import Phrases

/// A language that the console speaks.
package enum Language: String, Sendable, CaseIterable {
  case english = "en"
  case russian = "ru"
  case ukrainian = "uk"

  /// The one that `setlocale` would choose by these variables; English for those that are not here.
  ///
  /// - Parameter environment: of which `LC_ALL`, `LC_MESSAGES` and `LANG` are read; the first that is
  ///   set counts.
  package init(environment: [String: String]) {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy
      .compactMap { environment[$0] }.first { !$0.isEmpty }
    let code = locale?.prefix { $0 != "_" && $0 != "." && $0 != "@" } ?? ""
    self = Language(rawValue: code.lowercased()) ?? .english
  }

  /// What it is called in itself.
  package var name: String {
    switch self {
    case .english: "English"
    case .russian: "Русский"
    case .ukrainian: "Українська"
    }
  }

  /// What phrases are in it.
  package var vocabulary: Vocabulary {
    switch self {
    case .english: .english
    case .russian: Vocabulary(rawValue, Russian.texts, form: Language.slavicForm)
    case .ukrainian: Vocabulary(rawValue, Ukrainian.texts, form: Language.slavicForm)
    }
  }

  /// One, few or many (CLDR, plural rules of Russian and Ukrainian); a fraction takes the form of few.
  private static func slavicForm(of number: Vocabulary.Number) -> Int {
    guard case .whole(let digits) = number else { return 1 }
    let (tens, ones) = (digits / 10 % 10, digits % 10)
    if tens != 1, ones == 1 { return 0 }
    return tens != 1 && 2...4 ~= ones ? 1 : 2
  }
}
