import Testing

@testable import OneMe

struct PhoneNumberTests {
  @Test(arguments: [
    "+79991234567", "+7 999 123-45-67", "+7 (999) 123.45.67", " +7\u{a0}999\u{a0}1234567 ",
  ])
  func readsWhatPeopleWrite(text: String) throws {
    #expect(try PhoneNumber(text).description == "+79991234567")
  }

  @Test(arguments: ["+12345678", "+123456789012345"])
  func acceptsTheShortestAndTheLongest(text: String) throws {
    #expect(try PhoneNumber(text).description == text)
  }

  @Test(arguments: [
    ("", "it has to begin with + and the country code"),
    ("89991234567", "it has to begin with + and the country code"),
    ("+7999CALLME", "only digits may follow the +"),
    ("+٧٩٩٩١٢٣٤٥٦٧", "only digits may follow the +"),
    ("++79991234567", "only digits may follow the +"),
    ("+09991234567", "no country code begins with 0"),
    ("+1234567", "8 to 15 digits have to follow the +, not 7"),
    ("+1234567890123456", "8 to 15 digits have to follow the +, not 16"),
  ])
  func saysWhatIsWrong(text: String, why: String) {
    #expect(throws: OneMeError.badPhone(why)) { try PhoneNumber(text) }
  }
}
