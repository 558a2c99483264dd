import CardStage
import FoundationEssentials
import Glibc
import Testing

@Suite("What becomes of the run when the service refuses, hangs or stops", .serialized, .blocking)
struct ServiceFaultTests {
  @Test("A service that is not running")
  func absent() async throws {
    let place = try Workplace()
    place.daemon.stop()
    for arguments in [
      ["check", "--rules", place.rules, "--wait", "60m"], ["readers"], ["readers", "--watch"],
    ] {
      let run = try await place.program(arguments + ["--lang", "en"])
      #expect(run.code == 69)
      #expect((run.output + run.errors).contains("(pcscd) is not running on this workstation"), "\(run)")
    }
  }

  @Test("A socket that was left behind, on which nobody listens")
  func leftBehind() async throws {
    let folder = try Folder(["pcscd.comm": ""])
    let run = try await BuiltProgram.run(
      ["readers", "--lang", "en"], environment: ["PCSCLITE_CSOCK_NAME": "\(folder.path)/pcscd.comm"])
    #expect(run.code == 69)
    #expect(run.errors.contains("(pcscd) is not running on this workstation"), "\(run.errors)")
  }

  @Test("A service that may not be used", .enabled(if: geteuid() == 0, "only root can become somebody else"))
  func forbidden() async throws {
    let place = try Workplace()
    place.daemon.forbid()
    // The program runs from a copy, as another user may not enter the build folder.
    let run = try await BuiltProgram.shell(
      """
      d=$(mktemp -d); cp "$P" "$d/program"; chmod 755 "$d" "$d/program"
      PCSCLITE_CSOCK_NAME=\(place.daemon.socket) setpriv --reuid 65534 --regid 65534 --clear-groups \
        "$d/program" readers --lang en; code=$?; rm -r "$d"; exit $code
      """)
    #expect(run.code == 69)
    #expect(run.errors.contains("this user may not use the PC/SC service"), "\(run.errors)")
  }

  @Test(
    "A service that will not serve us is told for what it is, always in the same words",
    arguments: [
      (FeignedPCSCD.Manner.refusing, ["access_pcsc", "access_card"]),
      (.ofAnotherVersion, ["different protocol versions", "does not help"]),
    ])
  func willNotServe(_ manner: FeignedPCSCD.Manner, _ words: [String]) async throws {
    let folder = try Folder()
    let service = try FeignedPCSCD(manner, in: folder.path)
    var told: Set<String> = []
    for _ in 0..<12 {
      let run = try await BuiltProgram.run(
        ["readers", "--lang", "en"], environment: ["PCSCLITE_CSOCK_NAME": service.socket])
      #expect(run.code == 69)
      told.insert(run.errors)
    }
    #expect(told.count == 1, "\(told)")
    for word in words { #expect(told.allSatisfy { $0.contains(word) }, "\(told)") }
  }

  @Test("A service that reports one more reader each time ends the search, and every connection with it")
  func endlessReaders() async throws {
    let place = try Workplace()
    let folder = try Folder()
    for arguments in [["check", "--rules", place.rules], ["readers"]] {
      let calls = "\(folder.path)/\(arguments[0])"
      let run = try await BuiltProgram.run(
        arguments + ["--lang", "en", "--timeout", "10m"],
        environment: place.daemon.environment.merging(
          FaultySystem.environment(["FAULTY_READERS": "1", "CALLS": calls])
        ) { $1 })
      #expect(run.code == 69, "\(run)")
      #expect((run.output + run.errors).contains("reports one more reader each time"), "\(run)")
      let made = try String(contentsOf: URL(filePath: calls), encoding: .utf8).split(separator: "\n")
      #expect(made == ["SCardEstablishContext", "SCardReleaseContext"])
    }
  }

  @Test("A service that hangs costs the deadline, not the run")
  func hangs() async throws {
    let place = try Workplace()
    let card = try place.insert(Cards.cps3)
    place.daemon.freeze()
    let start = ContinuousClock.now
    let run = try await place.check("--timeout", "500ms", "--wait", "60m")
    #expect(run.code == 75)
    #expect(run.output.contains("the PC/SC service (pcscd) did not answer within 500 ms"), "\(run.output)")
    let readers = try await place.program(["readers", "--timeout", "500ms"])
    #expect(readers.code == 75)
    #expect(start.duration(to: .now) < .seconds(600))
    place.daemon.thaw()
    card.remove()
  }

  @Test("A service that hangs while a card is waited for ends the wait at its deadline")
  func hangsWhileWaiting() async throws {
    let place = try Workplace()
    let waiting = try place.start(
      ["check", "--rules", place.rules, "--lang", "en", "--wait", "30s", "--timeout", "5s"],
      errors: .terminal)
    _ = try waiting.readTerminal(until: "insert the CPS card")
    place.daemon.freeze()
    #expect(waiting.readToEnd().contains("did not answer"))
    #expect(waiting.finish() == 75)
    place.daemon.thaw()
  }

  @Test("A service that stops while a card is waited for")
  func stopsWhileWaiting() async throws {
    let place = try Workplace()
    let waiting = try place.start(
      ["check", "--rules", place.rules, "--lang", "en", "--wait", "60m"], errors: .terminal)
    _ = try waiting.readTerminal(until: "insert the CPS card")
    place.daemon.stop()
    #expect(waiting.readToEnd().contains("(pcscd) is not running"))
    #expect(waiting.finish() == 69)
  }
}

@Suite(
  "What becomes of the run when a service, a reader or a card is another one or gone", .serialized, .blocking)
struct ReaderChangeTests {
  @Test("A service that is restarted between two runs is the new one")
  func restarted() async throws {
    let place = try Workplace()
    place.daemon.stop()
    try place.daemon.start()
    let card = try place.insert(Cards.cps3)
    #expect(try await place.check().code == 0)
    card.remove()
  }

  @Test("A service that is restarted while a card is waited for is asked again")
  func restartedWhileWaiting() async throws {
    let before = try Workplace()
    let after = try PrivatePCSCD()
    let card = try VirtualCard(Cards.cps3, port: after.readers[0].port)
    // The socket's path leads from the service that ends to the one that has started since.
    let folder = try Folder()
    let socket = "\(folder.path)/pcscd.comm"
    symlink(before.daemon.socket, socket)
    let waiting = try ChildProcess(
      [BuiltProgram.path, "check", "--rules", before.rules, "--lang", "en", "--wait", "60m"],
      environment: ["PCSCLITE_CSOCK_NAME": socket], errors: .terminal)
    _ = try waiting.readTerminal(until: "insert the CPS card")
    unlink(socket)
    symlink(after.socket, socket)
    before.daemon.stop()
    let report = waiting.readToEnd()
    #expect(waiting.finish() == 0, "\(report)")
    card.remove()
  }

  @Test("A reader that is unplugged")
  func unplugged() async throws {
    let place = try Workplace(readers: ["Left", "Right"])
    let card = try place.insert(Cards.cps3, of: place.daemon.readers[1])
    #expect(try await place.check().code == 0)
    place.daemon.stop()
    try place.daemon.start(with: ["Left"])
    let run = try await place.check("--reader", "Right")
    #expect(run.code == 10)
    #expect(run.output.contains("the reader asked for is not plugged in"))
    card.remove()
  }

  @Test("A card that no longer answers, or answers too slowly, when it is asked")
  func deadCard() async throws {
    let place = try Workplace()
    let dead = try place.insert(Cards.cps3)
    let slow = try place.insert(Cards.cps3, slot: 1)
    // The service powers an unused card off by itself; asking for it powers it up again.
    dead.wait(for: .off)
    slow.wait(for: .off)
    dead.become(.mute)
    let run = try await place.check("--reader", place.reader.slot(0))
    #expect(run.code == 10, "\(run.output)")
    #expect(run.output.contains("is mute"))
    slow.become(.slow(seconds: 20))
    let late = try await place.check("--reader", place.reader.slot(1), "--timeout", "2s")
    #expect(late.code == 75)
    #expect(late.output.contains("could not be reached within 2000 ms"), "\(late.output)")
    dead.remove()
    slow.remove()
  }

  @Test("A card that is taken out while it is being reached")
  func removed() async throws {
    let place = try Workplace()
    let card = try place.insert(Cards.cps3)
    let holder = try place.hold("Twin 00 00", "transaction")
    let folder = try Folder()
    let relay = try PCSCRelay(to: place.daemon.socket, in: folder.path)
    let check = try ChildProcess(
      [BuiltProgram.path, "check", "--rules", place.rules, "--lang", "en", "--timeout", "20s"],
      environment: ["PCSCLITE_CSOCK_NAME": relay.socket, "LANG": "C.UTF-8"])
    // It now waits for the end of the other program's transaction.
    try relay.waitForSlowAnswer()
    card.remove()
    try place.settle(place.reader.slot(0), is: "empty")
    holder.signal(SIGKILL)
    let report = check.readToEnd()
    #expect(check.finish() == 75, "\(report)")
    #expect(report.contains("the card was taken out of “Twin 00 00” while it was being read"), "\(report)")
  }
}
