import CLinux
import Cryptoki
import Glibc
import JSON

/// The program in which a Cryptoki module runs, so that a faulty module costs only its own facts.
///
/// The host starts it like a plugin: `cps-preflight-cryptoki gather card [MODULE]`. The module is loaded at once, while the host still
/// looks for the card. Standard input carries the request (`ReadingRequest.framed`), then the code porteur, if any. Standard output
/// carries the answer as one JSON object, in one line.
@main
enum CryptokiReader {
  static func main() {
    // The module may write to the standard descriptors, so the answer has a descriptor of its own.
    let answer = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)
    let null = open("/dev/null", O_RDWR | O_CLOEXEC)
    guard answer >= 0, null >= 0 else { exit(70) }
    // This process's limits, and where it may write, are set by the process that starts it
    // (Sources/Processes/Confinement).
    forbid_dumps_of_this_process()
    // Where its toolchain is installed, Swift's runtime would write a report that shows the memory which registers point to.
    for signal in [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV] { Glibc.signal(signal, SIG_DFL) }
    if CommandLine.arguments.dropFirst().elementsEqual(["describe"]) { describe() }
    let words = CommandLine.arguments.dropFirst()
    guard words.starts(with: ["gather", "card"]), words.count <= 3 else { exit(64) }
    for descriptor in [STDOUT_FILENO, STDERR_FILENO] { dup2(null, descriptor) }
    let module = CardReading.Module(named: words.dropFirst(2).first)
    guard let request = RequestInput.request() else { exit(64) }
    endWithDeadline(request.deadlineMs)
    let reading = CardReading.reading(request, by: module) {
      defer { dup2(null, STDIN_FILENO) }
      return RequestInput.code(after: request)
    }
    var rest = Array("\(ReadingAnswer(reading).jsonLine)\n".utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(answer, $0.baseAddress, $0.count) }
      guard count > 0 else { exit(74) }
      rest = rest.dropFirst(count)
    }
    // The answer is out, so the process exits at once, without running what the module and its libraries have
    // registered for its end.
    _exit(0)
  }

  /// Prints the manifest that every plugin has.
  private static func describe() -> Never {
    print(
      """
      {"protocol": 1, "name": "cryptoki", "version": "1",
       "sources": [{"name": "card", "summary": "What a Cryptoki module says of a card, not interpreted.",
                    "options": [{"name": "reader", "type": "string", "required": false, "summary": "The card's PC/SC reader."}],
                    "facts": [{"name": "reading", "type": "map", "personal": true}]}],
       "checks": []}
      """)
    exit(0)
  }

  /// Ends this process and all its children shortly after the deadline, in case the host is gone.
  private static func endWithDeadline(_ milliseconds: Int) {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in kill(0, SIGKILL) }
    // Only where the host gave it a process group of its own.
    if getpgrp() == getpid() { sigaction(SIGALRM, &action, nil) }
    let end = max(milliseconds, 1) + 500
    var timer = itimerval(
      it_interval: timeval(tv_sec: 0, tv_usec: 0),
      it_value: timeval(tv_sec: end / 1000, tv_usec: end % 1000 * 1000))
    setitimer(__itimer_which_t(0), &timer, nil)
  }
}
