import Testing

@testable import Domain

/// Names are found in whatever letters they are typed.
@Suite struct NameQueryTests {
  private func finds(_ typed: String, _ name: String, number: String? = nil) -> Bool {
    NameQuery(typed).distance(to: NameKey(name, number: number)) != nil
  }

  @Test(
    "Cyrillic and Latin alike, in the usual transcriptions",
    arguments: [
      ("pavel", "Павел"), ("Павел", "Pavel Durov"), ("john", "John O'Neil"),
      ("oneil", "John O'Neil"),
      ("o’neil", "John O'Neil"), ("yuliya", "Юлия"), ("julia", "Юлия"), ("yulia", "Юля"),
      ("khrushchev", "Никита Хрущёв"), ("fyodor", "Фёдор"), ("фед", "Фёдор"),
      ("tsoy", "Виктор Цой"), ("zhenya", "Женя"), ("shchukin", "Щукин"), ("chekhov", "Чехов"),
      ("мария", "Maria Ivanova"), ("mariya iv", "Мария Иванова"), ("ivanova mar", "Мария Иванова"),
      ("grytsenko", "Гриценко"), ("hrytsenko", "Гриценко"), ("zoe", "Zoë"),
      ("гараж", "Сергей (гараж)"),
      ("book", "Книжный клуб / Book club"),
    ])
  func alike(_ typed: String, _ name: String) { #expect(finds(typed, name)) }

  @Test("Every letter on the way to a name finds it already")
  func live() {
    for (whole, name) in [("pavel", "Павел"), ("maria", "Мария"), ("john o'n", "John O'Neil")] {
      for count in 1...whole.count { #expect(finds(String(whole.prefix(count)), name)) }
    }
  }

  @Test("On the wrong keyboard layout too")
  func slipped() {
    #expect(finds("gfdtk", "Павел"))
    #expect(finds("зфмуд", "Pavel"))
    #expect(finds("зфмуд", "Павел"))
  }

  @Test("Letters left out are forgiven from three on; other names are not found")
  func fuzzy() {
    #expect(finds("pvl", "Павел") && finds("mrivn", "Мария Иванова"))
    #expect(!finds("pavel", "Петя") && !finds("xyz", "Anna") && !finds("pv", "Павел"))
    #expect(!finds("pavel petrov", "Павел Иванов"))
  }

  @Test("A part of a number finds who has it, however it is grouped")
  func numbers() {
    #expect(finds("0188", "Nadia", number: "+1 415 555-0188"))
    #expect(finds("+14155550188", "Nadia", number: "+1 415 555-0188"))
    #expect(!finds("0199", "Nadia", number: "+1 415 555-0188"))
    #expect(!finds("41", "Nadia", number: "+1 415 555-0188"), "a part of most numbers")
  }

  @Test("What fits better stands nearer")
  func nearness() throws {
    func distance(_ typed: String, _ name: String) throws -> Int {
      try #require(NameQuery(typed).distance(to: NameKey(name)))
    }
    let order = try ["Pavel", "Opava", "Павел"].map { try distance("pav", $0) }
    #expect(order == order.sorted() && Set(order).count == 3)
    #expect(try distance("ann", "Anna") < distance("ann", "Joanna"))
    #expect(NameQuery(" - ").isEmpty)
  }
}
