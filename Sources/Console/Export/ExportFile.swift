import FoundationEssentials

/// Writes an export into a new file, readable by its owner alone.
struct ExportFile {
  var kind: ExportRows.Kind
  /// Absolute; `.jsonl` at its end makes JSON Lines of it, anything else CSV.
  var path: String

  /// Returns how many rows were written; an existing file is left alone.
  func write(from desk: Desk) async throws(ConsoleError) -> Int {
    let format: ExportFormat = path.hasSuffix(".jsonl") ? .jsonl : .csv
    let rows = try await desk.lines(of: ExportRows(kind: kind))
    let text = format.header(of: kind) + rows.map(format.text).joined()
    do {
      try Data(text.utf8).write(to: URL(filePath: path), options: .withoutOverwriting)
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    } catch {
      throw ConsoleError(
        .failed, code: "bad-file", Phrase.fileNotWritten.with(path),
        hint: Phrase.fileNotWrittenHint.text)
    }
    return rows.count
  }
}

extension FormModel {
  /// A file to export the orders to.
  static func exportOrders(
    _ context: ModelContext, onDone: @escaping @MainActor () -> Void
  ) -> FormModel {
    let form = FormModel(
      context,
      .init(title: Phrase.exportOrders.text, introduction: [Phrase.exportIntroduction.text]),
      [(.fileLabel, FieldState(text: "~/orders.csv"))])
    let files = context.files
    form.completePath(context)
    form.actions.submit = { [weak form, context] in
      guard let form else { return }
      let file = ExportFile(kind: .orders, path: files.absolute(form.text(0)))
      form.perform(.exporting) { () throws(ConsoleError) in
        try await file.write(from: context.desk)
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
        (.from, FieldState(text: from)), (.to, FieldState(text: to)),
        (.callWhen, FieldState(text: directions[0], style: .choice(directions))),
        (.alertPrice, FieldState()),
      ])
    form.actions.submit = { [weak form, context] in
      guard let form else { return }
      let call = AddPriceAlert(
        from: form.text(0).trimmed.uppercased(), to: form.text(1).trimmed.uppercased(),
        direction: form.text(2), price: form.text(3).trimmed)
      form.perform(.savingAlert) { () throws(ConsoleError) in
        try await context.desk.run(call) { _ in }
      } then: {
        onDone()
      }
    }
    return form
  }
}
