/// Emoji by the names that people type between colons: `:thumbsup:`. The common ones alone.
package struct EmojiName: Sendable, Equatable {
  package let name: String
  package let emoji: String

  /// In the order in which they are offered.
  package static let all: [EmojiName] = table.split { ",\n".contains($0) }.compactMap { entry in
    let parts = entry.split(separator: " ")
    return parts.count == 2 ? EmojiName(name: String(parts[0]), emoji: String(parts[1])) : nil
  }

  /// Those whose names begin so, then those in which it stands; `+1` is one, too.
  package static func fitting(_ typed: String) -> [EmojiName] {
    let typed = typed.lowercased()
    let beginning = all.filter { $0.name.hasPrefix(typed) }
    return beginning + all.filter { !$0.name.hasPrefix(typed) && $0.name.contains("_" + typed) }
  }

  /// The emoji of exactly this name.
  package static func emoji(named name: String) -> String? {
    all.first { $0.name == name.lowercased() }?.emoji
  }

  /// The name that is being typed at the end of a text: of `so :thu` it is `thu`, nil for less than two
  /// letters and within a word or an address.
  package static func typed(before end: Substring) -> Substring? {
    let name = end.reversed().prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "+" }.count
    guard name >= 2, name <= 24 else { return nil }
    let rest = end.dropLast(name)
    guard rest.last == ":" else { return nil }
    let before = rest.dropLast().last
    guard before.map({ $0.isWhitespace || "(\"'«".contains($0) }) ?? true else { return nil }
    return end.suffix(name)
  }

  private static let table = """
    smile 😄, smiley 😃, grin 😁, grinning 😀, joy 😂, rofl 🤣, wink 😉, blush 😊, innocent 😇,
    heart_eyes 😍, kissing_heart 😘, yum 😋, sunglasses 😎, thinking 🤔, neutral 😐,
    expressionless 😑, smirk 😏, unamused 😒, relieved 😌, pensive 😔, sleepy 😪, sleeping 😴,
    mask 😷, sick 🤢, dizzy_face 😵, confused 😕, worried 😟, frowning 😦, astonished 😲, flushed 😳,
    fearful 😨, cry 😢, sob 😭, scream 😱, tired 😫, angry 😠, rage 😡, devil 😈, skull 💀, ghost 👻,
    alien 👽, robot 🤖, poop 💩, clown 🤡, party 🥳, hug 🤗, shush 🤫, shrug 🤷, facepalm 🤦, wave 👋,
    ok_hand 👌, thumbsup 👍, thumbsdown 👎, fist ✊, clap 👏, raised_hands 🙌, pray 🙏, handshake 🤝,
    muscle 💪, point_up 👆, point_down 👇, point_left 👈, point_right 👉, fingers_crossed 🤞,
    eyes 👀, brain 🧠, baby 👶, heart ❤, broken_heart 💔, orange_heart 🧡, yellow_heart 💛,
    green_heart 💚, blue_heart 💙, purple_heart 💜, black_heart 🖤, two_hearts 💕, sparkles ✨,
    star ⭐, fire 🔥, boom 💥, hundred 💯, zzz 💤, tada 🎉, balloon 🎈, gift 🎁, cake 🎂, trophy 🏆,
    medal 🏅, crown 👑, rocket 🚀, car 🚗, bike 🚲, train 🚆, plane ✈, ship 🚢, house 🏠, office 🏢,
    hospital 🏥, sun ☀, moon 🌙, cloud ☁, rain 🌧, snow ❄, umbrella ☔, rainbow 🌈, zap ⚡, ocean 🌊,
    tree 🌳, flower 🌸, rose 🌹, dog 🐶, cat 🐱, mouse 🐭, bear 🐻, fox 🦊, pig 🐷, monkey 🐵,
    see_no_evil 🙈, chicken 🐔, penguin 🐧, bird 🐦, fish 🐟, bug 🐛, bee 🐝, snail 🐌, apple 🍎,
    lemon 🍋, banana 🍌, grapes 🍇, strawberry 🍓, tomato 🍅, bread 🍞, cheese 🧀, egg 🥚, pizza 🍕,
    burger 🍔, fries 🍟, sushi 🍣, icecream 🍦, cookie 🍪, chocolate 🍫, coffee ☕, tea 🍵, beer 🍺,
    wine 🍷, cheers 🥂, cocktail 🍸, soccer ⚽, basketball 🏀, tennis 🎾, music 🎵, guitar 🎸,
    microphone 🎤, headphones 🎧, movie 🎬, camera 📷, phone 📱, telephone ☎, computer 💻,
    keyboard ⌨, bulb 💡, money 💰, dollar 💵, euro 💶, chart_up 📈, chart_down 📉, bank 🏦,
    envelope ✉, mail 📧, package 📦, pencil ✏, memo 📝, book 📖, books 📚, calendar 📅, paperclip 📎,
    scissors ✂, lock 🔒, unlock 🔓, key 🔑, hammer 🔨, wrench 🔧, gear ⚙, bell 🔔, mute 🔕, clock 🕐,
    hourglass ⏳, alarm ⏰, warning ⚠, stop 🛑, check ✔, white_check_mark ✅, cross ❌, question ❓,
    exclamation ❗, plus ➕, minus ➖, arrow_right ➡, arrow_left ⬅, arrow_up ⬆, arrow_down ⬇,
    recycle ♻, copyright ©, peace ☮, ukraine 🇺🇦, flag ⚑, earth 🌍, beach 🏖, mountain ⛰, tent ⛺,
    pill 💊, syringe 💉, bath 🛁, bed 🛏, shirt 👕, dress 👗, ring 💍, glasses 👓, bag 👜
    """
}
