import Glibc

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
    try create(Array(text.utf8))
    return rows.count
  }

  /// The file is for its owner's eyes from its first moment on, and whole or not there.
  private func create(_ bytes: [UInt8]) throws(ConsoleError) {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw failure(errno) }
    defer { close(file) }
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes {
        Glibc.write(file, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let reason = errno
        unlink(path)
        throw failure(reason)
      }
      written += count
    }
  }

  private func failure(_ reason: Int32) -> ConsoleError {
    ConsoleError(
      .failed, code: "bad-file",
      Phrase.fileNotWrittenBecause.with(path, String(cString: strerror(reason))),
      hint: Phrase.fileNotWrittenHint.text)
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
