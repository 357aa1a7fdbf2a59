extension Population {
  static let dacha: Int64 = -70_123_456_789_012
  static let longGroup: Int64 = -71_000_000_000_002
  static let rareGroup: Int64 = -71_000_000_000_003

  /// Everyone. Some have names that are hard to draw.
  static let people: [Person] =
    [
      Person(id: ira, firstName: "Ира", lastName: "Т", phone: 79_990_001_122),
      Person(
        id: pavel, firstName: "Павел", phone: 79_991_234_567, description: "на связи после шести"),
      Person(
        id: maria, firstName: "Мария", lastName: "Иванова", phone: 79_990_003_344,
        password: SandboxEndpoints.Numbers().password),
      Person(id: stranger, firstName: "Незнакомый", lastName: "Номер"),
      Person(id: 75_000_000, firstName: "Помощник", description: "отвечает сразу", isBot: true),
    ]
    + names.enumerated().map { index, name in
      Person(id: 72_000_000 + Int64(index) * 7919, firstName: name)
    } + [Person(id: hermit, firstName: "Отшельник", isReserved: true)]

  private static let names = [
    "Alice Green", "Bob", "Сергей (гараж)", "Мама ❤️", "Тётя Люда", "Юля 🌻", "John O'Neil",
    "Ω Константин", "李雷", "田中さくら", "김민지", "דוד לוי", "محمد علي", "Zoë Ünïcödé",
    "👨‍👩‍👧‍👦 Семья Петровых", "Александра Константиновна Преображенская-Вознесенская",
    "a\u{301}e\u{308}\u{323} сочетания", "Доставка",
    "Сантехник Олег, звонить только по будням с девяти до шести",
  ]

  /// A group or channel; no members means everybody.
  struct Group: Sendable {
    let id: Int64
    var kind = Conversation.Kind.group
    let title: String
    var description: String?
    var members: [Int64] = []
    let count: Int
    /// Messages before those, told when somebody asks.
    var archive = 0
    /// Minutes from its last message to the start.
    let age: Int64
    var unread = 0
  }

  static let groups = [
    Group(
      id: dacha, title: "Дача 2026", description: "план на лето", members: Array(dachaMembers),
      count: 410, age: 3, unread: 3),
    Group(
      id: news, kind: .channel, title: "Новости двора", description: "Только важное", count: 40,
      age: 55),
    // 5,000 messages, the last twelve unread.
    Group(
      id: longGroup, title: "Книжный клуб 📚", count: 25, archive: 4963, age: 130, unread: 12),
    Group(id: rareGroup, title: "👩‍🚀🏳️‍🌈👨‍👩‍👧‍👦 emoji 🇷🇺", count: 12, age: 200),
    Group(id: -71_000_000_000_004, title: "מטבח ירושלמי", count: 9, age: 260),
    Group(id: -71_000_000_000_005, title: "東京オフィス会議室", count: 9, age: 320),
    // Control, escape and bidirectional characters: a console must not obey them.
    Group(
      id: -71_000_000_000_006, title: "\u{1B}[31mсрочно\u{1B}[0m\u{7}\r\n\u{202E}txt.exe",
      count: 5, age: 400),
    Group(
      id: -71_000_000_000_007,
      title: "Рабочий чат: квартальный отчёт, сверка остатков и всё остальное, что нужно успеть "
        + "до пятницы, а лучше до четверга",
      members: [pavel, ira, maria], count: 18, age: 500, unread: 1),
    // Beyond 2⁵³: a program that keeps ids as floating point loses this one.
    Group(id: -9_007_199_254_740_995, title: "Big id", count: 3, age: 900),
  ]

  private static let dachaMembers = [pavel, ira, maria] + people.dropFirst(5).prefix(9).map(\.id)

  static let notes = [
    "Пароль от домофона спросить у Павла", "https://example.org/статья", "молоко, хлеб, батарейки",
    "Read later: chapter 4", "🎂 12 декабря",
  ]

  static let answers = [
    "Хорошо 👍", "Ок, договорились", "Сейчас посмотрю и отвечу", "Sounds good!", "Спасибо!",
    "Я пока занят, напишу вечером", "😂", "Уже бегу",
  ]

  static let remarks = [
    "Кто едет в субботу?", "Я за хлебом, что ещё взять?", "See you at six", "Ок",
    "Позвони, когда освободишься", "👍", "Смотри, что нашёл: https://example.org/42",
    "Давайте перенесём на воскресенье, если все не против", "Дождь обещают…", "Happy birthday! 🎉",
    "Я на месте", "Где ключи?", "Скинула смету на почту", "Thanks, got it",
    "Это длинное сообщение, чтобы было видно, как переносятся строки в узком окне: "
      + "слова не должны рваться посередине, а отступ второй строки — совпадать с первой.",
    "Одна строка\nи вторая\nи третья", "東京は晴れです", "שלום, מה שלומך?", "👨‍👩‍👧‍👦🏖",
    "Не забудь полить цветы", "\u{1B}]0;not a title\u{7}tab\there", "42",
    "Meeting moved to 15:30, room 4", "Кстати, спасибо за вчера!", "хахаха", "Уже выезжаю",
  ]
}
