import ViewModels

/// The manual page, written from the tables of commands, options and keys.
struct Manual {
  let table: CommandSet

  var page: String {
    """
    .TH TERCET 1 "" "tercet \(TercetProgram.version)" "User Commands"
    .SH NAME
    tercet \\- MAX, TextSecure and TheOne Trading on one terminal screen
    .SH SYNOPSIS
    .B tercet
    [\\fIoptions\\fR]
    .br
    .B tercet
    \\fICOMMAND\\fR [\\fIoptions\\fR]
    .SH DESCRIPTION
    Without a command, opens the console; with \\fB\\-\\-sandbox\\fR on built\\-in servers, to try
    everything. The commands make the same things scriptable, also beside an open console.
    .SH COMMANDS
    \(table.commands.map(command).joined(separator: "\n"))
    .SH OPTIONS
    \((table.consoleOptions + table.globalOptions).map(option).joined(separator: "\n"))
    .SH KEYS
    \(Command.all.map(key).joined(separator: "\n"))
    .SH EXIT STATUS
    0 done, 1 failed, 2 usage, 3 not signed in or refused credentials, 4 refused by the server or by
    a local safety rule, 5 outcome unknown (a swap was sent and no answer came), 6 no connection.
    .SH ENVIRONMENT
    .TP
    .B TERCET_MAX_URL\\fR, \\fBTERCET_TRADING_URL\\fR, \\fBTERCET_PROFILE\\fR, …
    settings by the names of the options
    .TP
    .B TERCET_TRADING_SECRET
    the secret for \\fBtercet login trading\\fR
    .TP
    .B NO_COLOR
    no colours
    .TP
    .B ACCESSIBLE
    anything but 0, no and false: the console line by line, as with \\fB\\-\\-linear\\fR
    .TP
    .B VISUAL\\fR, \\fBEDITOR
    what Ctrl\\-G opens for long messages
    .SH FILES
    .TP
    .I ~/.config/tercet/config
    settings, one \\fIname = value\\fR a line, and keys of your own: \\fIbind KEYS = COMMAND\\fR
    .TP
    .I ~/.config/tercet/themes/NAME
    a theme, one \\fIrole = colour\\fR a line
    .TP
    .I ~/.local/share/tercet/PROFILE
    everything that is kept
    """ + "\n"
  }

  private func command(_ command: Subcommand) -> String {
    let operands = command.operands.isEmpty ? "" : " \\fI\(escaped(command.operands))\\fR"
    return ".TP\n.B \(escaped(command.name))\(operands)\n\(escaped(command.summary))"
      + command.options.map { "\n.RS\n\(option($0))\n.RE" }.joined()
      + command.topics.map { "\n.RS\n\(topic($0))\n.RE" }.joined()
  }

  private func topic(_ topic: Subcommand.Topic) -> String {
    ".PP\n\(escaped(topic.title)):"
      + topic.rows.map { "\n.TP\n.B \(escaped($0.name))\n\(escaped($0.summary))" }.joined()
  }

  private func option(_ option: Subcommand.Option) -> String {
    let value = option.value.map { " \\fI\(escaped($0))\\fR" } ?? ""
    return ".TP\n.B \(escaped(option.flag))\(value)\n\(escaped(option.summary))"
  }

  private func key(_ command: Command) -> String {
    let keys = command.keys.map(\.name).joined(separator: ", ")
    return ".TP\n.B \(escaped(keys))\n\(escaped(command.title.text)) (\(escaped(command.name)))"
  }

  /// roff reads `-` as a hyphen, `\` as an escape and a leading `.` or `'` as a request.
  private func escaped(_ text: String) -> String {
    let plain = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
    return plain.hasPrefix(".") || plain.hasPrefix("'") ? "\\&" + plain : plain
  }
}
