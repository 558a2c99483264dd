import Glibc
import Testing

@Suite(
  "Files that are written: never what is read, never through another user's link, as accessible as before")
struct FilesWrittenTests {
  @Test(
    "What is read or executed is not written over: 64, and it is as it was",
    arguments: [
      "check $INCLUDING FILE part.yaml", "check $INCLUDING FILE sub/../part.yaml",
      "check $INCLUDING FILE link", "check $BROKENLY FILE part.yaml",
      "check FILE given.json --facts - < given.json",
      "check $READY --pin-fd 5 FILE code 5< code", "check $READY --module ./module.so FILE module.so",
      "check $MODULE FILE module.so", "check $PLUGIN FILE erp", "check $PLUGIN FILE $PWD/erp",
      "run $READY FILE command -- ./command", "run $READY FILE command -- command",
      "run $READY FILE plain -- ./plain", "run $READY FILE interpreter -- ./script",
      "run $READY FILE interpreter -- ./by-env", "run $READY FILE interpreter -- ./split",
      "run $READY FILE interpreter -- ./attached", "run $READY FILE interpreter -- ./assigned",
      "run $READY FILE interpreter -- ./deep", "run $READY FILE by-env -- ./deep",
    ])
  func overwriting(line: String) async throws {
    let gate = try GateCase()
    try gate.folder.write("version: 1\ninclude: [part.yaml]\n", to: "main.yaml")
    try gate.folder.write("version: 1\ninclude: [part.yaml]\nwrong: 1\n", to: "broken-main.yaml")
    try gate.folder.write(
      "version: 1\nextends: default\nsources: [{ cryptoki: { module: ./module.so } }]\n", to: "module.yaml")
    try gate.folder.write(
      """
      version: 1
      plugins: [erp]
      stages: [{ id: s, rules: [{ id: a, check: erp/open }] }]
      """, to: "plugin.yaml")
    for option in ["--output", "--journal"] {
      let run = try await gate.shell(
        """
        cp rules.yaml part.yaml; cp ready.json given.json; ln -sf part.yaml link; mkdir -p sub; echo 1234 > code
        for file in erp command interpreter; do printf '#!/bin/sh\\nexit 3\\n' > $file; chmod 755 $file; done
        echo plain > plain; echo module > module.so; printf "#!$PWD/interpreter\\n" > script; chmod 755 script
        printf '#!/usr/bin/env interpreter\\n' > by-env; printf "#!$PWD/by-env\\n" > deep
        printf '#!/usr/bin/env -S "interpreter" -x\\n' > split; printf '#!/usr/bin/env -iSinterpreter\\n' > attached
        printf '#!/usr/bin/env -S A=b interpreter\\n' > assigned; chmod 755 by-env deep split attached assigned
        FACTS='--facts ready.json --offline'; PATH=$PATH:$PWD
        INCLUDING="--rules main.yaml $FACTS"; BROKENLY="--rules broken-main.yaml $FACTS"
        MODULE="--rules module.yaml $FACTS"; PLUGIN="--rules plugin.yaml $FACTS"
        cat * > ../before.$$ 2>/dev/null; $P \(line.replacing("FILE", with: option)); code=$?
        cat * 2>/dev/null | cmp - ../before.$$ || code=1; rm ../before.$$; exit $code
        """)
      #expect(run.code == 64, "\(option): \(run)")
      #expect(run.errors.contains(option), "\(run)")
    }
  }

  @Test(
    "The page of the rules is not written over what it is made from or what runs: 64, and it is as it was",
    arguments: [
      "--rules rules.yaml --output rules.yaml", "--rules main.yaml --output part.yaml",
      "--rules main.yaml --output link", "--output rules.yaml", "--rules plugin.yaml --output erp",
      "--rules plugin.yaml --output unused", "--rules plugin.yaml --plugin-dir . --output cps-preflight-crm",
    ])
  func page(options: String) async throws {
    let gate = try GateCase()
    try gate.folder.write("version: 1\ninclude: [part.yaml]\n", to: "main.yaml")
    try gate.folder.write(
      """
      version: 1
      plugins: [erp, unused]
      stages: [{ id: s, rules: [{ id: a, check: erp/open }, { id: b, check: crm/open }] }]
      """, to: "plugin.yaml")
    let run = try await gate.shell(
      """
      cp rules.yaml part.yaml; ln -sf part.yaml link
      for file in erp unused cps-preflight-crm; do printf '#!/bin/sh\\nexit 3\\n' > $file; chmod 755 $file; done
      cat * > ../before.$$ 2>/dev/null; $P rules docs \(options); code=$?
      cat * 2>/dev/null | cmp - ../before.$$ || code=1; rm ../before.$$; exit $code
      """)
    #expect(run.code == 64 && run.errors.contains("--output"), "\(run)")
  }

  @Test(
    "Two names of one file are one file, before it is there as well: 64",
    arguments: [
      "--output new --journal ./new", "--output $PWD/new --journal new", "--output dangling --journal new",
      "--output folder/../new --journal new", "--output other/new --journal folder/new",
      "--output j.1 --journal j", "--output ./j.5 --journal j",
    ])
  func sameFile(options: String) async throws {
    let gate = try GateCase()
    for line in ["$P check $READY --lang en \(options)", "$P run $READY --lang en \(options) -- true"] {
      let run = try await gate.shell("mkdir -p folder; ln -sfn folder other; ln -sf new dangling; \(line)")
      #expect(run.code == 64, "\(run)")
      #expect(run.errors.contains("--output would overwrite the file of --journal"), "\(run)")
      #expect(!gate.has("new") && !gate.has("j"))
    }
  }

  @Test(
    "What is replaced passes on its mode; a new file is as the umask says, and with --reveal its owner's alone",
    arguments: [
      ("touch v; chmod 600 v", "", "600"), ("touch v; chmod 640 v", "--reveal", "640"),
      ("touch v; chmod 444 v", "", "444"), ("touch k; chmod 604 k; ln -s k v", "", "604"),
      ("umask 022", "", "644"), ("umask 027", "", "640"), ("umask 022", "--reveal", "600"),
      ("umask 0", "--reveal --format json", "600"),
    ])
  func mode(before: String, options: String, mode: String) async throws {
    for command in ["check $READY", "run $READY"] {
      let gate = try GateCase()
      let end = command.hasPrefix("run") ? "-- true" : ""
      let run = try await gate.shell(
        "\(before); $P \(command) \(options) --output v \(end) && stat -L -c %a v")
      #expect(run.output == "\(mode)\n", "\(run)")
    }
  }

  @Test("What is replaced passes on its owner and group", .enabled(if: geteuid() == 0))
  func owner() async throws {
    let gate = try GateCase()
    let run = try await gate.shell(
      "touch v; chown 1234:2345 v; chmod 640 v; $P check $READY --output v && stat -c '%a %u:%g' v")
    #expect(run.output == "640 1234:2345\n", "\(run)")
  }

  @Test(
    "A link that another user put into a shared folder is not followed: 77",
    .enabled(if: geteuid() == 0),
    arguments: ["shared/link", "shared/dangling", "shared/folder/v", "deep", "shared/folder/../v"])
  func planted(path: String) async throws {
    for option in ["--output", "--journal"] {
      for line in ["check $READY", "run $READY"] {
        let gate = try GateCase()
        let end = line.hasPrefix("run") ? "-- touch started" : ""
        let run = try await gate.shell(
          """
          mkdir shared kept; chmod 1777 shared; echo kept > kept/v
          ln -s ../kept/v shared/link; ln -s ../kept/new shared/dangling; ln -s ../kept shared/folder
          chown -h 1234 shared/*; ln -s shared/link deep
          $P \(line) --lang en \(option) \(path) \(end); code=$?; cat kept/*; ls kept; exit $code
          """)
        #expect(run.code == 77, "\(option) \(run)")
        #expect(run.output == "kept\nv\n", "\(run)")
        #expect(run.errors.contains("is a symbolic link that another user (1234) put into a shared folder"))
        #expect(run.errors.split(separator: "\n").count == 1, "\(run)")
        #expect(!gate.has("started"))
      }
    }
  }

  @Test("Links of one's own are followed, in a shared folder too")
  func ownLinks() async throws {
    let gate = try GateCase()
    let run = try await gate.shell(
      """
      mkdir shared; chmod 1777 shared; ln -s ../new shared/link
      $P check $READY --output shared/link && readlink shared/link && test -s new && echo written
      """)
    #expect(run.output == "../new\nwritten\n", "\(run)")
  }
}
