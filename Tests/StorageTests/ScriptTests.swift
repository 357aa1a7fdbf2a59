import Cryptography
import Database
import Domain
import TestSupport
import Testing

@testable import Storage

/// Every word finds its own message, in every script.
@Suite("Search in every script")
struct ScriptTests {
  private let store: Store

  init() async throws {
    store = try Store.inMemory()
    try await store.chats.save([dialog])
  }

  private func found(_ words: String) async throws -> [String] {
    try await store.messages.search(SearchQuery(words), limit: 10).messages.map(\.id)
  }

  private static let spacedTexts = [
    "Возьми хлеба и молока, ёжик", "Take some bread", "Ĉu vi manĝis ĝin?", "Đường phố Hà Nội",
    "Ο καφές είναι έτοιμος", "Գնիր հաց և կաթ", "პური და რძე იყიდე",
    "רֵאשִׁית בָּרָא שָׁלוֹם", "קנה לחם וחלב", "السَّلَامُ عَلَيْكُمْ", "اشتر الخبز والحليب",
    "دوست دارم می‌خواهم", "رکشہ والا ۂے", "ܫܠܡܐ ܥܠܡܐ", "ދިވެހި ރާއްޖެ",
    "नमस्ते दुनिया, क्या हिन्दी ज़रा", "ক্ষমা করো বাংলা ভাষা", "ਪੰਜਾਬੀ ਬੋਲੀ ਸ਼ੇਰ", "ગુજરાતી ભાષા",
    "ଓଡ଼ିଆ ଭାଷା", "தமிழ் மொழி கொண்டு", "తెలుగు భాష", "ಕನ್ನಡ ನುಡಿ", "മലയാളം ഭാഷ", "සිංහල භාෂාව",
    "བཀྲ་ཤིས་བདེ་ལེགས། བོད་སྐད", "ሰላም ለዓለም", "ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ", "ᠮᠣᠩᠭᠣᠯ ᠪᠢᠴᠢᠭ", "𞤀𞤣𞤤𞤢𞤥 𞤆𞤵𞤤𞤢𞤪",
    "빵과 우유를 사 오세요", "co\u{AD}operation über\u{200B}all", "\u{FEFF}первое сло\u{2060}во",
    "ｆｕｌｌ ｗｉｄｔｈ １２３", "𝔣𝔯𝔞𝔨𝔱𝔲𝔯 ℝ", "0x" + String(repeating: "0123456789abcdef", count: 4),
    String(repeating: "длинно", count: 40),
  ]

  private static let unspacedTexts = [
    "明日は東京タワーへ行きましょう。ガソリンも々", "请在回家的路上买面包和牛奶", "パンと牛乳を買って",
    "ﾊﾟﾝを買う", "ฉันกำลังไปตลาดเพื่อซื้อขนมปัง", "ຂ້ອຍກຳລັງໄປຕະຫຼາດ", "ខ្ញុំទៅផ្សារទិញនំប៉័ង",
    "ငါဈေးသို့သွားနေသည်", "ꦲꦏ꧀ꦱꦫꦗꦮ", "ꆈꌠꉙ", "iPhoneを買うtomorrow",
  ]

  @Test("A word of a script with spaces", arguments: spacedTexts)
  func spaced(_ text: String) async throws {
    try await store.messages.save([message("1", text), message("2", "ничего")])
    for word in text.split(whereSeparator: \.isWhitespace) {
      #expect(try await found(String(word)) == ["1"], "\(word)")
      #expect(try await found("\(word) ") == ["1"], "\(word), ended")
      #expect(try await found("\"\(word)\"") == ["1"], "\(word), in quotes")
      #expect(try await found(word.lowercased()) == ["1"], "\(word), small")
      let large = word.uppercased()
      // Some small letters have two large ones, which are other words.
      if large.unicodeScalars.count == word.unicodeScalars.count {
        #expect(try await found(large) == ["1"], "\(word), large")
      }
      #expect(!SearchQuery(String(word)).ranges(in: text).isEmpty, "\(word), marked")
      // While it is being typed.
      let begun = String(word.prefix(1))
      if !SearchQuery(begun).isEmpty { #expect(try await found(begun) == ["1"], "\(begun), begun") }
    }
    #expect(try await found("\"\(text)\"") == ["1"], "all of it")
  }

  @Test("Whatever stands in the middle of a sentence without spaces", arguments: unspacedTexts)
  func unspaced(_ text: String) async throws {
    try await store.messages.save([message("1", text), message("2", "ничего")])
    let letters = Array(text).filter { !$0.isPunctuation }
    for length in 1...3 {
      for start in 0...letters.count - length {
        let word = String(letters[start..<start + length])
        // No word begins with a vowel sign that belongs to the letter before it.
        guard text.contains(word), word.allSatisfy({ !$0.isASCII }),
          word.unicodeScalars.first?.properties.generalCategory == .otherLetter
        else { continue }
        #expect(try await found(word) == ["1"], "\(word)")
        #expect(try await found("\(word) ") == ["1"], "\(word), ended")
        #expect(
          SearchQuery(word).ranges(in: text).contains { text[$0].hasPrefix(word) },
          "\(word), marked")
      }
    }
    #expect(try await found(text) == ["1"])
  }

  @Test(
    "An emoji alone, in any colour and of any age",
    arguments: [
      "👍", "👍🏽", "❤️", "❤", "👨‍👩‍👧", "🇷🇺", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🫩", "🏳️‍🌈", "☎️", "🧑🏿‍🚀",
    ])
  func emoji(_ emoji: String) async throws {
    try await store.messages.save([
      message("1", "Привет\(emoji)\(emoji) мир"), message("2", "ничего 😐"),
      message("3", at: noon + 1, emoji),
    ])
    #expect(try await found(emoji) == ["3", "1"])
    #expect(try await found("привет") == ["1"])
    #expect(try await found("привет\(emoji)") == ["1"])
    #expect(SearchQuery(emoji).ranges(in: "a\(emoji)b").map(\.isEmpty) == [false])
  }

  @Test("Letters that look the same are the same")
  func equal() async throws {
    try await store.messages.save([
      message("1", "Café ｃａｆｅ́"), message("2", "שלום"), message("3", "السلام عليكم"),
      message("4", "한글"), message("5", "ガス ガス ｶﾞｽ"), message("6", "क़लम"),
      message("7", "👍🏿"), message("8", "Σίσυφος"), message("9", "co\u{AD}op"), message("10", "Ünï"),
    ])
    #expect(try await found("cafe ") == ["1"])
    #expect(try await found("שָׁלוֹם ") == ["2"], "points left out")
    #expect(try await found("السَّلَامُ ") == ["3"])
    #expect(try await found("\u{1112}\u{1161}\u{11AB}\u{1100}\u{1173}\u{11AF} ") == ["4"])
    #expect(try await found("하") == ["4"], "a syllable that is being typed")
    #expect(try await found("カ\u{3099}ス") == ["5"])
    #expect(try await found("ｶﾞｽ") == ["5"])
    #expect(try await found("\u{958}लम ") == ["6"])
    #expect(try await found("👍") == ["7"])
    #expect(try await found("👍🏻") == ["7"])
    #expect(try await found("σισυφοσ") == ["8"])
    #expect(try await found("coop ") == ["9"])
    #expect(try await found("uni ") == ["10"])
  }

  @Test("Marks do not cut characters in two")
  func marks() {
    func marked(_ query: String, _ text: String) -> [String] {
      SearchQuery(query).ranges(in: text).map { String(text[$0]) }
    }
    #expect(marked("東京", "明日は東京へ") == ["東京"])
    #expect(marked("cafe", "le Café.") == ["Café"])
    #expect(marked("cafe", "le Cafe\u{301}.") == ["Cafe\u{301}"])
    #expect(marked("coop", "a co\u{AD}op") == ["co\u{AD}op"])
    #expect(marked("👨", "x 👨‍👩‍👧 y") == ["👨‍👩‍👧"])
    #expect(marked("👍", "👍🏽!") == ["👍🏽"])
    #expect(marked("हिन्दी", "क्या हिन्दी?") == ["हिन्दी"])
  }

  @Test("No word is longer in the index than in a search, and none holds a command to it")
  func spelling() {
    var words: [String] = []
    WordSplitter.eachWord(of: "A\"b* \u{0}c-d’e ＂Ｆ＂ £5 a_b \u{301} \u{200D}") { word, _ in
      words.append(word)
    }
    #expect(words == ["a", "b", "c", "d", "e", "f", "5", "a", "b"])
    // Every code point there is: nothing of ASCII but small letters and digits comes out.
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      WordSplitter.eachWord(of: String(scalar)[...]) { word, _ in
        let isPlain = word.utf8.allSatisfy {
          $0 >= 0x80 || (0x30...0x39).contains($0) || (0x61...0x7A).contains($0)
        }
        if !isPlain || word.isEmpty { Issue.record("U+\(String(value, radix: 16)): \(word)") }
      }
    }
  }

  @Test("Plain texts are split as all others are, only faster")
  func plain() {
    let letters = Array("aZ09 .-_\u{0}\nяЯёЁрРпП" + "ґé日")
    let random = SeededRandom(seed: 5)
    for length in 0..<400 {
      let text = String(
        (0..<length).map { _ in letters[Int(random.fraction() * Double(letters.count))] })
      for text in [text, text.filter { !"ґé日 .-_\u{0}\n".contains($0) }, text + "ё"] {
        var words = ""
        WordSplitter.eachWord(of: text[...]) { word, _ in words += word + " " }
        #expect(WordSplitter.spelled(text) == words)
      }
    }
  }

  @Test("A store whose index split words by other rules is given a new one")
  func migration() async throws {
    let scratch = try ScratchDirectory()
    let profile = Profile(directory: scratch.path)
    try await profile.makeEarlierStore(8) { connection in
      try connection.run(
        """
        INSERT INTO chat (chat, service, kind, title, unread, muted) VALUES
          ('max:1', 'max', 'dialog', 'Ada', 0, 0);
        INSERT INTO message (chat, id, at, text, status, edited, kind, attachments, own) VALUES
          ('max:1', '1', 1000, 'हिन्दी ёлка', 'received', 0, 'text', '[]', 0),
          ('max:1', '2', 2000, 'ตลาด', 'received', 0, 'text', '[]', 0);
        -- As the end of the transaction did.
        INSERT INTO message_index (rowid, text, files, place)
          SELECT number, text, files, place FROM message_words;
        DELETE FROM unindexed;
        """)
    }
    let store = try Store(profile)
    func found(_ words: String) async throws -> [String] {
      try await store.messages.search(SearchQuery(words), limit: 10).messages.map(\.id)
    }
    #expect(try await found("हिन्दी ") == ["1"])
    #expect(try await found("елка") == ["1"])
    #expect(try await found("ตลาด") == ["2"])
    try await store.messages.save([
      MessageRecord(chat: "max:1", id: "1", at: 1000, text: "иное", edited: true)
    ])
    #expect(try await found("елка").isEmpty)
    #expect(try await found("иное") == ["1"])
    try await store.check()
  }
}
