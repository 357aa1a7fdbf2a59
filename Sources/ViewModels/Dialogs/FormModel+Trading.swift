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
    _ context: ModelContext, from: String, to: String, onDone: @escaping @MainActor () -> Void
  ) -> FormModel {
    let directions = ["above", "below"]
    let form = FormModel(
      context,
      .init(title: Phrase.priceAlert.text, introduction: [Phrase.priceAlertIntroduction.text]),
      [
        (.from, FieldState(text: from, isSelected: true)),
        (.to, FieldState(text: to, isSelected: true)),
        (.callWhen, FieldState(text: directions[0], style: .choice(directions))),
        (.alertPrice, FieldState()),
      ])
    form.actions.submit = { [weak form, context] in
      guard let form else { return }
      let call = AddPriceAlert(
        from: form.text(0).trimmed.uppercased(), to: form.text(1).trimmed.uppercased(),
        direction: form.text(2), price: form.text(3).trimmed)
      form.perform(.savingAlert) { () throws(UserError) in
        try await context.hub.run(call) { _ in }
      } then: {
        onDone()
      }
    }
    return form
  }
}
