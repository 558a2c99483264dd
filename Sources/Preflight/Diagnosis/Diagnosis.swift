/// Everything that the examinations of a workstation found.
package struct Diagnosis: Sendable {
  /// What one examination found.
  package struct Result: Sendable {
    /// The name of the examination.
    package let id: String
    /// The part of the workstation.
    package let area: Examination.Area
    /// What was found, never empty.
    package let observations: [Observation]
  }

  /// What was found, part by part, in the order of ``Examination/Area``.
  package let results: [Result]
  /// The system, on which commands depend.
  package let system: SystemAtHand

  /// Examines the facts. Every examination is made, whatever the others find.
  package init(_ examinations: [Examination], of facts: Facts, on system: SystemAtHand) {
    self.system = system
    results = Examination.Area.allCases.flatMap { area in
      examinations.filter { $0.area == area }.compactMap { examination in
        let observations = examination.observations(facts)
        return observations.isEmpty
          ? nil : Result(id: examination.id, area: area, observations: observations)
      }
    }
  }

  /// The exit code: 1 if anything is at fault, 69 if something could not be looked at, otherwise 0.
  package var exitCode: ExitCode { ExitCode(results.lazy.flatMap(\.observations).map(\.sign)) }

  /// How many observations have that sign.
  package func count(_ sign: Observation.Sign) -> Int {
    results.lazy.flatMap(\.observations).count { $0.sign == sign }
  }
}
