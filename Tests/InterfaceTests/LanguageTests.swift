import Testing

@testable import Languages
@testable import Phrases

/// Languages: which one is spoken, and what its numbers do to words.
struct LanguageTests {
  @Test(
    "The first of the locale's variables that is set says which language",
    arguments: [
      (["LANG": "ru_RU.UTF-8"], Language.russian),
      (["LANG": "uk_UA.UTF-8", "LC_ALL": ""], .ukrainian),
      (["LANG": "ru_RU.UTF-8", "LC_MESSAGES": "C.UTF-8"], .english),
      (["LC_ALL": "uk", "LANG": "en_GB.UTF-8"], .ukrainian),
      (["LANG": "de_DE@euro"], .english),
      ([:], .english),
    ])
  func locale(environment: [String: String], language: Language) {
    #expect(Language(environment: environment) == language)
  }

  @Test(
    "A number takes its form of a noun",
    arguments: [
      ("0", 2), ("1", 0), ("2", 1), ("4", 1), ("5", 2), ("11", 2), ("12", 2), ("14", 2), ("21", 0),
      ("22", 1), ("25", 2), ("111", 2), ("1\u{a0}001", 0), ("2.5", 1), ("1.0", 1), ("−1", 0),
      ("", 1), ("many", 1), ("101", 0),
    ])
  func forms(number: String, form: Int) {
    #expect(Language.russian.vocabulary.form(of: number) == form)
    #expect(Language.ukrainian.vocabulary.form(of: number) == form)
    #expect(Vocabulary.english.form(of: number) == (["1", "−1"].contains(number) ? 0 : 1))
  }

  @Test("The forms of a number stand behind it; brackets in what is inserted are left alone")
  func choices() {
    let phrase = Phrase("{} [message|messages] in {}, {} [chat|chats] [more]")
    #expect(phrase.with("1", "[a|b]", "2") == "1 message in [a|b], 2 chats [more]")
    Vocabulary.$ofTask.withValue(Language.russian.vocabulary) {
      let phrase = Phrase("{} [сообщение|сообщения|сообщений]")
      #expect(phrase.with("1") == "1 сообщение")
      #expect(phrase.with("3") == "3 сообщения")
      #expect(phrase.with("11") == "11 сообщений")
    }
  }

  @Test("Every phrase has its words in every language")
  func words() {
    #expect(Phrase.isCalling.with("Ада") == "Ада is calling")
    for language in [Language.russian, .ukrainian] {
      Vocabulary.$ofTask.withValue(language.vocabulary) {
        let text = Phrase.isCalling.with("Ада")
        #expect(text.contains("Ада") && text != "Ада is calling")
      }
    }
  }
}
