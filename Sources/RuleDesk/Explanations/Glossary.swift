package import Preflight

/// The words of the trade and of this program; docs/glossary.md and docs/glossary.fr.md have the same.
package enum Glossary {
  /// A term, and what it means.
  package struct Term: Sendable {
    /// How it is written in each language; commas separate several spellings.
    package let name: LocalizedText
    package let meaning: LocalizedText

    /// Every spelling of it, in any language.
    package var names: [String] {
      Language.allCases.flatMap { language in
        let name = name.rendered(in: language)
        return name.split(separator: ",").map { String($0.drop(while: { $0 == " " })) }
      }
    }
  }

  package static let terms: [Term] = [
    Term(
      name: LocalizedText(fr: "fichier ADM", en: "ADM file"),
      meaning: LocalizedText(
        fr: """
          Un petit fichier texte où l’installeur de la Cryptolib écrit la version de ce qu’il a \
          installé\u{A0}; voir cryptolib.md.
          """,
        en: """
          A small text file in which the Cryptolib's installer writes the version of what it \
          installed; see cryptolib.md.
          """)),
    Term(
      name: LocalizedText(everywhere: "ADRI"),
      meaning: LocalizedText(
        fr: """
          Un service qui dit les droits d’un patient\u{A0}; l’interroger est l’un des trois usages d’une \
          carte.
          """,
        en: "A service that tells a patient's rights; querying it is one of the three uses of a card.")),
    Term(
      name: LocalizedText(everywhere: "ANS"),
      meaning: LocalizedText(
        fr: """
          L’Agence du Numérique en Santé (https://esante.gouv.fr), qui délivre les cartes et publie la Cryptolib. \
          Support\u{A0}: 0 806 800 213 pour les commandes, les codes et le portail\u{A0}; 0 809 40 00 82 pour une carte périmée \
          dont la suivante n’est pas arrivée.
          """,
        en: """
          Agence du Numérique en Santé (https://esante.gouv.fr), which issues the cards and publishes the Cryptolib. \
          Support: 0 806 800 213 for orders, codes and the portal; 0 809 40 00 82 for an expired card of which the next one has \
          not arrived.
          """)),
    Term(
      name: LocalizedText(everywhere: "ATR"),
      meaning: LocalizedText(
        fr: """
          Réponse à la mise sous tension\u{A0}: les premiers octets que dit une carte\u{A0}; ils disent sa \
          famille.
          """,
        en: "Answer to reset: the first bytes a card says when it is powered up; they tell its family.")),
    Term(
      name: LocalizedText(everywhere: "CCID"),
      meaning: LocalizedText(
        fr: """
          La norme des lecteurs USB pour lesquels PC/SC a un pilote\u{A0}; les autres ont besoin de \
          celui de leur fabricant.
          """,
        en: "The standard for USB readers, for which PC/SC has a driver; others need their maker's.")),
    Term(
      name: LocalizedText(fr: "contrôle", en: "check"),
      meaning: LocalizedText(
        fr: """
          Ce qui juge des faits\u{A0}: une fonction pure, avec un nom et des paramètres, comme \
          card.validity.
          """,
        en: "What judges facts: a pure function with a name and parameters, such as card.validity.")),
    Term(
      name: LocalizedText(everywhere: "code porteur"),
      meaning: LocalizedText(
        fr: """
          Les quatre chiffres qui ouvrent une carte (son PIN). Quelques codes faux la bloquent\u{A0}; \
          seul le code de déblocage de l’ANS la rouvre. L’un et l’autre se retrouvent sur le portail «\u{A0}Ma carte\u{A0}».
          """,
        en: """
          The four digits that open a card (its PIN). A few wrong tries block it; only ANS's unlock \
          code reopens it. Both are found on the “Ma carte” portal.
          """)),
    Term(
      name: LocalizedText(everywhere: "CPA, CDA/CPA"),
      meaning: LocalizedText(
        fr: "Carte de Personnel Autorisé\u{A0}: une carte qui ne facture pas.",
        en: "Carte de Personnel Autorisé: a card that does not bill.")),
    Term(
      name: LocalizedText(everywhere: "CPE, CDE/CPE"),
      meaning: LocalizedText(
        fr: """
          Carte de Personnel d’Établissement\u{A0}: une carte à puce avec laquelle son titulaire facture et télétransmet pour \
          le compte du professionnel de santé.
          """,
        en: """
          Carte de Personnel d'Établissement: a chip card with which its holder bills and sends on behalf of the health \
          professional.
          """)),
    Term(
      name: LocalizedText(everywhere: "CPF"),
      meaning: LocalizedText(
        fr: "Carte de Professionnel en Formation\u{A0}: une carte pour se former, qui ne facture pas.",
        en: "Carte de Professionnel en Formation: a card for training, which does not bill.")),
    Term(
      name: LocalizedText(everywhere: "CPS"),
      meaning: LocalizedText(
        fr: """
          Carte de Professionnel de Santé\u{A0}: une carte à puce avec laquelle son titulaire atteste son identité et ses \
          qualifications, signe les factures, interroge ADRI et télétransmet. Elle doit contenir les informations de \
          facturation (numéro AM) et les autorisations nécessaires.
          """,
        en: """
          Carte de Professionnel de Santé: a chip card with which its holder attests identity and qualifications, signs \
          invoices, queries ADRI and sends lots. It must hold the billing information (numéro AM) and the authorisations \
          for that.
          """)),
    Term(
      name: LocalizedText(everywhere: "CPS3, CPS4"),
      meaning: LocalizedText(
        fr: """
          Les générations de la puce. Une CPS4, délivrée depuis juillet 2025, est valable six ans, \
          une CPS3 trois.
          """,
        en: """
          The generations of the card's chip. A CPS4, issued since July 2025, is valid six years, a \
          CPS3 three.
          """)),
    Term(
      name: LocalizedText(everywhere: "Cryptolib"),
      meaning: LocalizedText(
        fr: "Le logiciel de l’ANS par lequel les programmes lisent la carte (un module PKCS#11).",
        en: "The middleware of ANS through which programs read the card (a PKCS#11 module).")),
    Term(
      name: LocalizedText(everywhere: "DAM"),
      meaning: LocalizedText(
        fr: """
          Domaine Assurance Maladie\u{A0}: le dossier de la carte qui tient ses données de facturation. \
          Sans lui, une carte ne peut pas facturer.
          """,
        en: """
          Domaine Assurance Maladie: the directory of the card that holds its billing data. Without \
          it a card cannot bill.
          """)),
    Term(
      name: LocalizedText(fr: "date de délivrance", en: "date of issue"),
      meaning: LocalizedText(
        fr: """
          Le jour d’où compte la validité d’une carte, card.issuedOn. Pour le lire\u{A0}: \(GestionnaireSteps.dates.french).
          """,
        en: """
          The day from which the validity of a card counts, card.issuedOn. To read it: \(GestionnaireSteps.dates.english).
          """)),
    Term(
      name: LocalizedText(everywhere: "doctor"),
      meaning: LocalizedText(
        fr: """
          cps-preflight doctor\u{A0}: tout ce qui peut empêcher un poste de facturer, d’un coup, avec \
          ce qui le répare\u{A0}; voir doctor.fr.md.
          """,
        en: """
          cps-preflight doctor: all that could keep a workstation from billing, at once, each with what \
          mends it; see doctor.md.
          """)),
    Term(
      name: LocalizedText(fr: "fait", en: "fact"),
      meaning: LocalizedText(
        fr: """
          Ce qui est connu de la carte, du poste ou du jour, comme card.expiresOn, et de quelle \
          source\u{A0}; ou pourquoi ce n’est pas connu.
          """,
        en: """
          What is known of the card, the workstation or the day, such as card.expiresOn, and from \
          which source; or why it is not known.
          """)),
    Term(
      name: LocalizedText(fr: "constat", en: "finding"),
      meaning: LocalizedText(
        fr: """
          Une chose que doctor a vue, avec son signe\u{A0}: ✓ comme il faut, ! à savoir, ✗ en défaut, ? \
          non vue.
          """,
        en: """
          One thing that the doctor saw, with its sign: ✓ as it should be, ! worth knowing, ✗ at fault, \
          ? not seen.
          """)),
    Term(
      name: LocalizedText(everywhere: "FSE"),
      meaning: LocalizedText(
        fr: "Feuille de soins électronique\u{A0}: une facture.",
        en: "Feuille de soins électronique: an invoice.")),
    Term(
      name: LocalizedText(everywhere: "GALSS"),
      meaning: LocalizedText(
        fr: """
          L’ancien chemin des logiciels de facturation vers le lecteur, aussi par une liaison \
          série\u{A0}; PC/SC ne voit pas les lecteurs qu’il tient.
          """,
        en: """
          The older way of billing software to the reader, over a serial channel too; PC/SC does not \
          see the readers that it holds.
          """)),
    Term(
      name: LocalizedText(fr: "barrière", en: "gate"),
      meaning: LocalizedText(
        fr: """
          cps-preflight run\u{A0}: ce qui se tient devant l’envoi, et ne s’ouvre qu’à ce qui peut \
          partir.
          """,
        en: "cps-preflight run: what stands before the sending, and opens only to what may be sent.")),
    Term(
      name: LocalizedText(everywhere: "Gestionnaire, Lecture situation"),
      meaning: LocalizedText(
        fr: """
          «\u{A0}Gestionnaire de la carte CPS\u{A0}», le programme qui montre ce que tient une carte et \
          écrit le rapport CPS-INFO.TXT. Pour lire une situation\u{A0}: \(GestionnaireSteps.situations.french). Pour la \
          date de délivrance\u{A0}: \(GestionnaireSteps.dates.french).
          """,
        en: """
          “Gestionnaire de la carte CPS”, the program that shows what a card holds and writes the \
          report CPS-INFO.TXT. To read a situation: \(GestionnaireSteps.situations.english). For the date of issue: \
          \(GestionnaireSteps.dates.english).
          """)),
    Term(
      name: LocalizedText(fr: "lecteur isolé", en: "isolated reader"),
      meaning: LocalizedText(
        fr: """
          cps-preflight-cryptoki, le programme qui charge la Cryptolib à la place de cps-preflight\u{A0}: si elle s’arrête ou se \
          bloque, un fait manque, et le verdict est rendu quand même.
          """,
        en: """
          cps-preflight-cryptoki, the program that loads the Cryptolib in the place of cps-preflight: where it crashes or hangs, \
          a fact is missing, and there is a verdict all the same.
          """)),
    Term(
      name: LocalizedText(everywhere: "journal"),
      meaning: LocalizedText(
        fr: "Le fichier auquel chaque passage ajoute une ligne, par --journal.",
        en: "The file to which every run adds a line, by --journal.")),
    Term(
      name: LocalizedText(fr: "remplaçant", en: "locum"),
      meaning: LocalizedText(
        fr: """
          Un professionnel qui en remplace un autre, et facture sous le numéro AM de celui-ci, qui n’est pas sur sa carte\u{A0}; \
          voir cards.md.
          """,
        en: """
          A professional who stands in for another and bills under the numéro AM of that one, which is not on the locum's card; \
          see cards.md.
          """)),
    Term(
      name: LocalizedText(everywhere: "lot"),
      meaning: LocalizedText(
        fr: "Un paquet de FSE, signé et envoyé d’un bloc.",
        en: "A bundle of FSE, signed and sent as a whole.")),
    Term(
      name: LocalizedText(fr: "Ma carte, portail Ma carte", en: "Ma carte, Ma carte portal"),
      meaning: LocalizedText(
        fr: """
          Le portail de l’ANS où l’on suit une demande de carte, et où l’on retrouve le code porteur et le code de \
          déblocage\u{A0}: https://esante.gouv.fr/produits-services/portail-macarte (support 0 806 800 213).
          """,
        en: """
          The portal of ANS where an order of a card is followed, and where the code porteur and the unlock code are found: \
          https://esante.gouv.fr/produits-services/portail-macarte (support 0 806 800 213).
          """)),
    Term(
      name: LocalizedText(fr: "masque", en: "mask"),
      meaning: LocalizedText(
        fr: """
          Ce qui est montré à la place d’une donnée personnelle, comme •••26•••• pour un identifiant\u{A0}; --reveal montre la \
          donnée elle-même.
          """,
        en: """
          What is shown in the place of personal data, such as •••26•••• for an identifier; --reveal shows the data \
          themselves.
          """)),
    Term(
      name: LocalizedText(everywhere: "numéro AM"),
      meaning: LocalizedText(
        fr: "L’identifiant de facturation d’un cabinet auprès de l’Assurance Maladie.",
        en: "The billing identifier of a practice with the Assurance Maladie.")),
    Term(
      name: LocalizedText(everywhere: "PC/SC, pcscd"),
      meaning: LocalizedText(
        fr: """
          Le chemin normalisé des programmes vers lecteurs et cartes, et le service qui l’assure \
          sous Linux.
          """,
        en: """
          The standard way of programs to readers and cards, and the service that implements it on \
          Linux.
          """)),
    Term(
      name: LocalizedText(everywhere: "PKCS#11, Cryptoki"),
      meaning: LocalizedText(
        fr: """
          L’interface normalisée des cartes, dont la Cryptolib est une réalisation (un module)\u{A0}: \
          lecteurs, cartes, objets.
          """,
        en: """
          The standard interface to cards of which the Cryptolib is an implementation (a module): \
          slots, tokens, objects.
          """)),
    Term(
      name: LocalizedText(everywhere: "plugin"),
      meaning: LocalizedText(
        fr: """
          Un programme extérieur, en n’importe quel langage, qui apporte des sources de faits et des \
          contrôles\u{A0}; voir plugins.fr.md.
          """,
        en: """
          A program from outside, in any language, that brings sources of facts and checks; see \
          plugins.md.
          """)),
    Term(
      name: LocalizedText(everywhere: "poste"),
      meaning: LocalizedText(
        fr: "L’ordinateur de travail.",
        en: "The workstation.")),
    Term(
      name: LocalizedText(fr: "règle", en: "rule"),
      meaning: LocalizedText(
        fr: """
          Une entrée de rules.yaml\u{A0}: un contrôle avec ses paramètres, son code de sortie et ce \
          qu’il faut faire s’il échoue.
          """,
        en: """
          An entry of rules.yaml: a check with its parameters, its exit code and what to do if it \
          fails.
          """)),
    Term(
      name: LocalizedText(everywhere: "situation de facturation"),
      meaning: LocalizedText(
        fr: """
          Ce qu’une carte peut facturer au titre d’un lieu d’exercice\u{A0}: un identifiant et deux \
          autorisations. Une carte en a jusqu’à huit.
          """,
        en: """
          What a card may bill as at one place of practice: an identifier and two authorisations. A \
          card has up to eight.
          """)),
    Term(
      name: LocalizedText(everywhere: "source"),
      meaning: LocalizedText(
        fr: "Ce qui recueille des faits\u{A0}: un lecteur, un fichier, l’horloge, un plugin.",
        en: "What gathers facts: a reader, a file, the clock, a plugin.")),
    Term(
      name: LocalizedText(everywhere: "SSV, FSV"),
      meaning: LocalizedText(
        fr: """
          Les logiciels du GIE SESAM-Vitale avec lesquels le logiciel de facturation fait les FSE\u{A0}; \
          sesam.ini les règle.
          """,
        en: """
          The software of GIE SESAM-Vitale with which billing software makes FSE; it is set up by \
          sesam.ini.
          """)),
    Term(
      name: LocalizedText(fr: "étape", en: "stage"),
      meaning: LocalizedText(
        fr: "Un groupe de règles\u{A0}; si l’une ne passe pas, les étapes suivantes ne sont pas jugées.",
        en: "A group of rules; where one does not pass, the stages after it are not judged.")),
    Term(
      name: LocalizedText(everywhere: "télétransmission"),
      meaning: LocalizedText(
        fr: "La signature et l’envoi des lots.",
        en: "Signing and sending lots.")),
    Term(
      name: LocalizedText(fr: "carte de test", en: "test card"),
      meaning: LocalizedText(
        fr: """
          Une carte pour essayer des logiciels\u{A0}: comme une vraie, sauf sa catégorie. Ses lots sont \
          refusés là où de vrais sont attendus (F026).
          """,
        en: """
          A card for trying software: as a real one in everything but its category. Its lots are \
          refused where real ones are expected (F026).
          """)),
    Term(
      name: LocalizedText(fr: "usage", en: "use"),
      meaning: LocalizedText(
        fr: "Ce pour quoi la carte est requise\u{A0}: signature, adri ou teletransmission.",
        en: "What the card is needed for: signature, adri or teletransmission.")),
    Term(
      name: LocalizedText(everywhere: "verdict"),
      meaning: LocalizedText(
        fr: "Ce que donnent toutes les règles ensemble\u{A0}: prêt, bloqué ou indécis.",
        en: "What all the rules come to: ready, blocked or undecided.")),
    Term(
      name: LocalizedText(fr: "fichier de verdict", en: "verdict file"),
      meaning: LocalizedText(
        fr: "Un verdict écrit en JSON, que verdict verify ne croit que tant que tout y est encore vrai.",
        en: """
          A verdict written down as JSON, which verdict verify believes only while all of it still \
          holds.
          """)),
    Term(
      name: LocalizedText(everywhere: "Vitale"),
      meaning: LocalizedText(
        fr: "La carte du patient\u{A0}; celle qu’on laisse le plus souvent par erreur dans le lecteur.",
        en: "The patient's card; the one most often left in the reader by mistake.")),
    Term(
      name: LocalizedText(fr: "dérogation", en: "waiver"),
      meaning: LocalizedText(
        fr: """
          Une entrée du fichier de règles qui accepte, jusqu’à un jour donné, qu’une règle échoue, \
          et dit pourquoi\u{A0}; chaque rapport la montre.
          """,
        en: """
          An entry of the rule file that accepts the failing of a rule until a day, and says why; \
          every report shows it.
          """)),
  ]
}
