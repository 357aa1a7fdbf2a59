import Accounts
import Domain
import Phrases
import ScreenState

extension FormModel {
  /// A file to export the orders to.
  static func exportOrders(
    _ context: ModelContext, onDone: @escaping @MainActor () -> Void
  ) -> FormModel {
    let form = FormModel(
      context,
      .init(title: Phrase.exportOrders.text, introduction: [Phrase.exportIntroduction.text]),
      [(.fileLabel, FieldState(text: "~/orders.csv", isSelected: true))])
    form.words.enter = .hintExport
    let files = context.files
    form.completePath(context)
    form.actions.submit = { [weak form, context] in
      guard let form else { return }
      let file = ExportFile(kind: .orders, path: files.absolute(form.text(0)))
      form.perform(.exporting) { () throws(UserError) in
        try await file.write(from: context.hub)
      } then: { count in
        context.notices.show(
          NoticeText(.success, Phrase.exported.with(file.path, "\(count)")))
        onDone()
      }
    }
    return form
  }

  /// A price to wait for.
  static func priceAlert(
    _ context: ModelContext, from: String, to: String, prices: AskedPrices,
    onDone: @escaping @MainActor () -> Void
  ) -> FormModel {
    let directions = PriceDirection.allCases.map(\.label)
    let form = FormModel(
      context,
      .init(title: Phrase.priceAlert.text, introduction: [Phrase.priceAlertIntroduction.text]),
      [
        (.from, FieldState(text: from, isSelected: true)),
        (.to, FieldState(text: to, isSelected: true)),
        (.callWhen, FieldState(text: directions[0], style: .choice(directions))),
        (.alertPrice, FieldState()),
      ])
    prices.ask(from, in: to)
    form.actions.edited = { [weak form] in
      guard let form else { return }
      prices.ask(form.asset(0), in: form.asset(1))
    }
    form.actions.countdown = { [weak form] in
      guard let form else { return nil }
      return form.priceNow(prices.price(of: form.asset(0), in: form.asset(1)))
    }
    form.actions.submit = { [weak form, context] in
      guard let form else { return }
      let call = AddPriceAlert(
        from: form.asset(0), to: form.asset(1), direction: form.direction.rawValue,
        price: form.text(3).trimmed)
      form.perform(.savingAlert) { () throws(UserError) in
        try await context.hub.run(call) { _ in }
      } then: {
        onDone()
      }
    }
    return form
  }

  /// On which side of the price, as the request names it.
  private enum PriceDirection: String, CaseIterable {
    case above, below

    var label: String { (self == .above ? Phrase.directionAbove : .directionBelow).text }
  }

  private var direction: PriceDirection {
    PriceDirection.allCases.first { $0.label == text(2) } ?? .above
  }

  /// The name of an asset in a field.
  private func asset(_ index: Int) -> String { text(index).trimmed.uppercased() }

  /// The price of an alert's pair now, and whether what is written is true already.
  private func priceNow(_ price: Amount?) -> String {
    guard let price else { return Phrase.priceNotKnown.text }
    @MainActor func words(_ phrase: Phrase) -> String {
      phrase.with(Amount.grouped(price.shortText), asset(1))
    }
    do throws(AmountRefusal) {
      let wanted = try Amount(userText: text(3).trimmed)
      let isReached = direction == .below ? price <= wanted : price >= wanted
      return words(isReached ? .priceNowReached : .priceNow)
    } catch {
      // What is no price is said when it is kept.
      return words(.priceNow)
    }
  }
}
