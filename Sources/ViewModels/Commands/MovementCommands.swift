import Phrases
import ScreenState

extension Command {
  /// Moving in the list or conversation that has the keys.
  static let movement: [Command] = [
    move("up", [.up, .character("k")], .commandUp, .by(-1)),
    move("down", [.down, .character("j")], .commandDown, .by(1)),
    move("page-up", [.pageUp], .commandPageUp, .by(-10)),
    move("page-down", [.pageDown], .commandPageDown, .by(10)),
    move("first", [.home, .character("g")], .commandFirst, .first),
    move("last", [.end, .character("G")], .commandLast, .last),
  ]

  private static func move(
    _ name: String, _ keys: [Key], _ title: Phrase, _ step: Selection.Step
  ) -> Command {
    Command(
      name: "move.\(name)", keys: keys, title: title, places: [.everywhere], group: .groupLists
    ) { $0.move(step) }
  }
}
