import ArgumentParser
import Glibc
import Preflight
import Reports
import Workstation

extension Reply {
  /// Reports what went wrong, or shows the requested help. Returns the exit code of the program.
  func tell(_ error: any Error, about arguments: [String]) -> Preflight.ExitCode {
    if let failure = error as? Failure {
      failure.tell(in: language)
      return isForNagios ? tellNagios(failure.text(in: language)) : failure.code
    }
    let unparsed = error as? Unparsed ?? Unparsed(error)
    let text: String
    do {
      text = try words(of: unparsed, about: arguments)
    } catch {
      error.tell(in: language)
      return error.code
    }
    let code = tell(text, of: unparsed.error, ending: unparsed.ending)
    guard isForNagios else { return code }
    // Requested help is not an error message, but it is not a verdict either.
    return tellNagios(code == .ready ? "" : text)
  }

  /// Writes the first line of the words to standard output. If even that fails, the exit code still reports the fault.
  private func tellNagios(_ words: String) -> Preflight.ExitCode {
    let status = NagiosReport.Status.unknown
    if let line = words.split(separator: "\n").first {
      try? FileWriting.write(status.line(String(line)), to: STDOUT_FILENO)
    }
    return status.exitCode
  }

  /// Returns the help that was asked for, or ArgumentParser's words, in the language of the reply.
  private func words(of unparsed: Unparsed, about arguments: [String]) throws(Failure) -> String {
    guard unparsed.ending != .success else {
      guard let commands = InformationRequest.helped(by: arguments) else {
        return message(of: unparsed.error, about: arguments, isWanted: true)
      }
      let columns = Wrapping(width: Surroundings.width(of: STDOUT_FILENO) ?? Wrapping.usualWidth).width
      return HelpScreen(of: commands, in: try DeclaredCommand(RootCommand.self), language: language).text(
        columns: columns)
    }
    let english = message(of: unparsed.error, about: arguments, isWanted: false)
    return language == .french ? FrenchMistakes.text(english) : english
  }

  /// ArgumentParser's words without what may be a code porteur, in which an argument that it repeats can neither steer a terminal
  /// nor begin a line of its own.
  ///
  /// - Parameter isWanted: whether they are what was asked for, such as the help.
  private func message(of error: any Error, about arguments: [String], isWanted: Bool) -> String {
    var text = RootCommand.fullMessage(for: error)
    // The nearest name by letters; what is meant is an option that takes the code from elsewhere.
    text = text.replacing("'--pin'. Did you mean '--on'?", with: "'--pin'. Did you mean '--pin-file'?")
    for argument in arguments where argument.unicodeScalars.contains(where: \.isUnseen) {
      // `--for=VALUE` and `-fVALUE` are repeated only in part.
      let value = argument.drop { $0 != "=" }.dropFirst()
      for part in [argument, String(value)] where part.unicodeScalars.contains("\n") {
        text = text.replacing(part, with: printable(part))
      }
    }
    return printableLines(isWanted ? text : Failure.withoutNumbers(text))
  }

  /// Writes ArgumentParser's words: help to standard output, mistakes to standard error.
  ///
  /// - Parameter ending: how ArgumentParser would end.
  private func tell(
    _ text: String, of error: any Error, ending: ArgumentParser.ExitCode
  ) -> Preflight.ExitCode {
    switch ending {
    case .success:
      do throws(WriteFault) {
        try FileWriting.write(text + "\n", to: STDOUT_FILENO)
        return .ready
      } catch {
        return .notWritten
      }
    case .validationFailure:
      try? FileWriting.write(text + "\n", to: STDERR_FILENO)
      return .usage
    default:
      try? FileWriting.write(printable("cps-preflight: internal error: \(error)") + "\n", to: STDERR_FILENO)
      return .internalError
    }
  }
}
