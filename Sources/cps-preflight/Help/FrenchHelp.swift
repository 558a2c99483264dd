import Preflight

extension HelpTexts {
  /// What stands for values, by the English.
  static let frenchValueNames: [String: String] = [
    "arguments": "arguments",
    "command": "commande",
    "date": "date",
    "fact=value": "fait=valeur",
    "file": "fichier",
    "folder": "dossier",
    "format": "format",
    "language": "langue",
    "module": "module",
    "n": "n",
    "name": "nom",
    "name=value": "nom=valeur",
    "number": "numéro",
    "options": "options",
    "options of check": "options de check",
    "path": "chemin",
    "shell": "shell",
    "size": "taille",
    "subcommand": "commande",
    "subject": "sujet",
    "time": "durée",
    "use": "usage",
  ]

  /// What commands, options and arguments are for, by the English.
  static let french: [String: Text] = [
    // Of every command.
    "Show the version.": "Montrer la version.",
    "Show help information.": "Montrer cette aide.",
    "Judges, before a lot is sent, whether the card and the workstation allow it.":
      "Juge, avant l'envoi d'un lot, si la carte et le poste le permettent.",

    // check, and what it shares.
    "Judge once: may the lot be sent?": "Juger une fois : le lot peut-il partir ?",
    "The exit code tells the batch; `cps-preflight exit-codes` explains each.":
      "Le code de sortie le dit au lot ; `cps-preflight exit-codes` explique chacun.",
    "The rule file; default: ./rules.yaml, else /etc/cps-preflight/rules.yaml, else the shipped file.":
      "Le fichier de règles ; par défaut : ./rules.yaml, sinon /etc/cps-preflight/rules.yaml, sinon celui qui est livré.",
    "A facts file, in place of the card where it speaks of one; - is standard input; may be given several times.":
      "Un fichier de faits, à la place de la carte s'il en parle ; - est l'entrée standard ; option répétable.",
    "A fact, as a facts file would give it: card.issuedOn=2025-09-10; none that is personal; may be repeated.":
      "Un fait, comme un fichier de faits le donnerait : card.issuedOn=2025-09-10 ; aucun qui soit personnel ; option répétable.",
    "The Gestionnaire's CPS-INFO.TXT in place of the card; - is standard input.":
      "Le CPS-INFO.TXT du Gestionnaire, à la place de la carte ; - est l'entrée standard.",
    "How old the report may be: 12h, 30d; default: what the rule file says, else 30d.":
      "L'âge que peut avoir ce rapport : 12h, 30d ; par défaut : ce que dit le fichier de règles, sinon 30d.",
    "The reader that counts, by its name or a part of it.":
      "Le lecteur qui compte, par son nom ou une partie de celui-ci.",
    "How long to wait for a card: 30s, 2m.": "Combien de temps attendre une carte : 30s, 2m.",
    "The PKCS#11 module: a path, or a name that p11-kit knows.":
      "Le module PKCS#11 : un chemin, ou un nom que p11-kit connaît.",
    "Read the code porteur from that descriptor.": "Lire le code porteur par ce descripteur.",
    "Read the code porteur from a file that is its owner's alone.":
      "Lire le code porteur dans un fichier que seul son propriétaire peut lire.",
    "Use nothing but the files given.": "N'employer que les fichiers donnés.",
    "Judge as on that day, YYYY-MM-DD.": "Juger comme ce jour-là, AAAA-MM-JJ.",
    "How long a source may take: 500ms, 10s, 1m.": "Le temps laissé à une source : 500ms, 10s, 1m.",
    "A folder of plugins, before the usual ones; may be given several times.":
      "Un dossier de plugins, avant les dossiers habituels ; option répétable.",
    "fr or en; default: the locale's, else French.":
      "fr ou en ; par défaut : celle du système, sinon le français.",
    "Show personal data unmasked.": "Montrer les données personnelles sans les masquer.",
    "What the card is to be used for.": "Ce à quoi la carte doit servir.",
    "The billing identifier (numéro AM) being billed with.":
      "L'identifiant de facturation (numéro AM) avec lequel on facture.",
    "The billing situation being billed with, from 1.":
      "La situation de facturation avec laquelle on facture, à partir de 1.",
    "How the verdict is written.": "La forme du verdict.",
    "Exit as monitoring systems expect: 0 OK, 1 warning, 2 critical, 3 unknown.":
      "Se terminer comme la supervision l'attend : 0 OK, 1 avertissement, 2 critique, 3 inconnu.",
    "Only with --format nagios. Whatever goes wrong is 3.":
      "Seulement avec --format nagios. Toute défaillance donne 3.",
    "What the verdict says of itself in prometheus, junit and nagios; may be repeated.":
      "Ce que le verdict dit de lui-même en prometheus, junit et nagios ; option répétable.",
    "A name of letters, digits and _, which the formats do not use themselves.":
      "Un nom fait de lettres, de chiffres et de _, que ces formats n'emploient pas eux-mêmes.",
    "Write the verdict to a file, whole or not at all.":
      "Écrire le verdict dans un fichier, en entier ou pas du tout.",
    "Sign the verdict with the key in that file, which is its owner's alone.":
      "Signer le verdict avec la clé de ce fichier, que seul son propriétaire peut lire.",
    "Add a line about this run to a file.": "Ajouter à un fichier une ligne sur cette exécution.",
    "How large the journal may become: 512KiB, 1GiB; default: 10MiB.":
      "La taille que peut atteindre le journal : 512KiB, 1GiB ; par défaut : 10MiB.",
    "Show the facts as well, and every rule that was not judged.":
      "Montrer aussi les faits, et chaque règle qui n'a pas été jugée.",
    "Judge every card in every reader, a verdict each; no code porteur is presented.":
      "Juger chaque carte de chaque lecteur, un verdict pour chacune ; aucun code porteur n'est présenté.",

    // run
    "Judge, then become a command if and only if the lot may be sent.":
      "Juger, puis devenir une commande si et seulement si le lot peut partir.",
    "The command runs in place of this program: same process, standard input, output and error. Otherwise the report is on standard error, and the exit code is that of check; 127 where the command is not found, 126 where it cannot be executed: told before the card is read, unless only the system can tell. CPS_PREFLIGHT_VERDICT names the verdict for the command.":
      "La commande s'exécute à la place de ce programme : même processus, mêmes entrée, sortie et erreur standard. Sinon, le rapport est sur l'erreur standard, et le code de sortie est celui de check ; 127 si la commande est introuvable, 126 si elle ne peut pas être exécutée : dit avant que la carte ne soit lue, sauf si seul le système peut le dire. CPS_PREFLIGHT_VERDICT nomme le verdict à la commande.",
    "The command and its arguments, after --.": "La commande et ses arguments, après --.",

    // evaluate
    "Judge a stream: facts as NDJSON on standard input, verdicts as NDJSON on standard output.":
      "Juger un flux : des faits en NDJSON sur l'entrée standard, des verdicts en NDJSON sur la sortie standard.",
    "Nothing but the lines is used: no reader, no Cryptolib of this machine. The exit code is 0 where every line passed, 1 where one did not, 65 where one was malformed or there was none.":
      "Rien d'autre que les lignes n'est employé : ni lecteur, ni Cryptolib de ce poste. Le code de sortie est 0 si chaque ligne passe, 1 si l'une ne passe pas, 65 si l'une est mal formée ou s'il n'y en a aucune.",
    "What the cards are to be used for.": "Ce à quoi les cartes doivent servir.",
    "Judge as on that day, YYYY-MM-DD; default: the line's own, else today.":
      "Juger comme ce jour-là, AAAA-MM-JJ ; par défaut : celui de la ligne, sinon aujourd'hui.",
    "Leave out of each verdict what passed, and the facts.":
      "Omettre de chaque verdict ce qui est satisfait, et les faits.",
    "No summary and no progress on standard error; errors are told all the same.":
      "Ni résumé ni avancement sur l'erreur standard ; les erreurs sont dites tout de même.",
    "How many lines are judged at once; default: one a core.":
      "Combien de lignes sont jugées à la fois ; par défaut : une par cœur.",

    // verdict
    "Examine verdict files.": "Examiner des fichiers de verdict.",
    "Is this verdict file still good: ready, fresh, of these rules, that use, that card, unaltered?":
      "Ce fichier de verdict vaut-il encore : favorable, récent, de ces règles, de cet usage, de cette carte, intact ?",
    "Exit code 0 only if all of it is so; 1 where it is not; 69 or 75 where the card cannot be asked now; 65 or 66 where the file is no verdict or missing; 77 where the key is not its owner's alone.":
      "Code de sortie 0 seulement si tout cela est vrai ; 1 sinon ; 69 ou 75 si la carte ne peut pas être interrogée maintenant ; 65 ou 66 si le fichier n'est pas un verdict ou manque ; 77 si d'autres que son propriétaire peuvent lire la clé.",
    "The verdict file.": "Le fichier de verdict.",
    "The oldest it may be: 30s, 5m, 12h.": "L'âge qu'il peut avoir : 30s, 5m, 12h.",
    "The rule file that it has to be of.": "Le fichier de règles dont il doit venir.",
    "Default: ./rules.yaml, else /etc/cps-preflight/rules.yaml, else the shipped file.":
      "Par défaut : ./rules.yaml, sinon /etc/cps-preflight/rules.yaml, sinon celui qui est livré.",
    "The use that it has to be of.": "L'usage dont il doit être.",
    "The billing identifier that it has to be of.": "L'identifiant de facturation dont il doit être.",
    "The billing situation that it has to be of.": "La situation de facturation dont il doit être.",
    "The reader that it has to be of, by its name or a part of it.":
      "Le lecteur dont il doit venir, par son nom ou une partie de celui-ci.",
    "The key that it has to be signed with.": "La clé avec laquelle il doit être signé.",
    "Whatever card it is of; none is asked for.": "De quelque carte qu'il soit ; aucune n'est demandée.",
    "The PKCS#11 module through which the card is asked.":
      "Le module PKCS#11 par lequel la carte est interrogée.",
    "A facts file in place of the card; may be given several times, as in check.":
      "Un fichier de faits à la place de la carte ; option répétable, comme dans check.",

    // facts and readers
    "Show what the sources see, and where each fact came from.":
      "Montrer ce que voient les sources, et d'où vient chaque fait.",
    "How the facts are written; json is the format of facts files.":
      "La forme des faits ; json est celle des fichiers de faits.",
    "Show the card readers and what is in them; no card is touched.":
      "Montrer les lecteurs et ce qu'ils contiennent ; aucune carte n'est touchée.",
    "Only readers whose name contains that.": "Seulement les lecteurs dont le nom contient cela.",
    "Go on, and tell each insertion and removal, until interrupted.":
      "Continuer, et dire chaque insertion et chaque retrait, jusqu'à une interruption.",
    "How long the service may take: 500ms, 10s, 1m.": "Le temps laissé au service : 500ms, 10s, 1m.",
    "How the readers are written.": "La forme de la liste.",

    // doctor
    "Examine all that could keep this workstation from billing, and say what mends it.":
      "Examiner tout ce qui peut empêcher ce poste de facturer, et dire ce qui y remédie.",
    "No card, no code porteur and no rule file is needed. Ends with 1 where something is at fault, otherwise with 69 where something could not be looked at, otherwise with 0.":
      "Il ne faut ni carte, ni code porteur, ni fichier de règles. Se termine par 1 si quelque chose est en faute, sinon par 69 si quelque chose n'a pas pu être examiné, sinon par 0.",
    "The folder under which files are looked for; what runs is this machine's.":
      "Le dossier sous lequel les fichiers sont cherchés ; ce qui s'exécute est de ce poste.",
    "The journal that check adds to: can it be written?":
      "Le journal que check complète : peut-il être écrit ?",
    "How the findings are written.": "La forme de ce qui est constaté.",
    "Write all of it, masked, into a new archive for support.":
      "Écrire le tout, masqué, dans une nouvelle archive pour l'assistance.",

    // explain
    "Explain a rule, an exit code, a check, a fact, a diagnostic, a term, or a code or message of other software.":
      "Expliquer une règle, un code de sortie, un contrôle, un fait, un diagnostic, un terme, ou le code ou le message d'un autre logiciel.",
    "What it most likely is, and how sure that is, in words. Ends with 66, and the three nearest, if nothing is known of it.":
      "Ce que c'est le plus probablement, et à quel point c'est sûr, en toutes lettres. Se termine par 66, avec les trois sujets les plus proches, si rien n'en est connu.",
    "An id, a code, or the text of a message; - is standard input.":
      "Un identifiant, un code, ou le texte d'un message ; - est l'entrée standard.",

    // rules
    "Examine, test and document rule files.": "Examiner, essayer et documenter des fichiers de règles.",
    "Say everything that is wrong or suspicious in a rule file, or correct it.":
      "Dire tout ce qui est faux ou douteux dans un fichier de règles, ou le corriger.",
    "Ends with 78 where something is wrong, and with --strict where something is suspicious. With --fix, that is said of the file as it is then.":
      "Se termine par 78 si quelque chose est faux, et avec --strict si quelque chose est douteux. Avec --fix, cela vaut du fichier tel qu'il est ensuite.",
    "The rule file, as other commands name it.":
      "Le fichier de règles, comme les autres commandes le nomment.",
    "Fail on warnings as well.": "Échouer aussi pour un avertissement.",
    "Whether waivers count on that day, YYYY-MM-DD.": "Si les dérogations comptent ce jour-là, AAAA-MM-JJ.",
    "How diagnostics are written.": "La forme des diagnostics.",
    "Write the proposed edits into the file, except those that a person has to decide on: what lowers a rule, or what is not the only possibility.":
      "Écrire dans le fichier les corrections proposées, sauf celles dont une personne doit décider : ce qui affaiblit une règle, ou ce qui n'est pas la seule possibilité.",
    "Show as a unified diff what --fix would write, and write nothing; --fix may be left out.":
      "Montrer en diff unifié ce que --fix écrirait, et ne rien écrire ; --fix peut être omise.",
    "List the rules, in order.": "Énumérer les règles, dans l'ordre.",
    "How the list is written.": "La forme de la liste.",
    "Print the effective rules as one rule file, with where each part comes from.":
      "Écrire en un seul fichier les règles qui s'appliquent, en disant d'où vient chaque partie.",
    "Write a commented rule file that extends the shipped rules, and a test of it.":
      "Écrire un fichier de règles commenté qui part des règles livrées, et son essai.",
    "my-rules.yaml, and my-rules.test.yaml beside it; where the program is not installed, the JSON Schema for editors as well. A file that is already there is left as it is.":
      "mes-regles.yaml, et mes-regles.test.yaml à côté ; si le programme n'est pas installé, aussi le schéma JSON pour les éditeurs de texte. Un fichier déjà présent reste tel quel.",
    "The rule file to write.": "Le fichier de règles à écrire.",
    "Print the JSON Schema of rule files, for editors.":
      "Écrire le schéma JSON des fichiers de règles, pour les éditeurs de texte.",
    "What plugins bring is in it. Name it on the first line of a rule file: # yaml-language-server: $schema=rules.schema.json":
      "Ce qu'apportent les plugins y est. Le nommer à la première ligne d'un fichier de règles : # yaml-language-server: $schema=rules.schema.json",
    "Run tests of rules: facts, and what is to become of them.":
      "Exécuter des essais de règles : des faits, et ce qui doit en résulter.",
    "Ends with 1 where a test fails, 65 where a test file is malformed. With --from-card, the card is asked as facts does it, and a test file with what it says, masked, goes to standard output. All options but --rules, --plugin-dir, --lang, --format and --full-coverage go with --from-card only.":
      "Se termine par 1 si un essai échoue, par 65 si un fichier d'essais est mal formé. Avec --from-card, la carte est interrogée comme par facts, et un fichier d'essais avec ce qu'elle dit, masqué, va sur la sortie standard. Toutes les options sauf --rules, --plugin-dir, --lang, --format et --full-coverage ne vont qu'avec --from-card.",
    "The test files.": "Les fichiers d'essais.",
    "Run no test, and write one: of what the card says now, without personal data.":
      "N'exécuter aucun essai, et en écrire un : de ce que la carte dit maintenant, sans donnée personnelle.",
    "How the results are written.": "La forme des résultats.",
    "Fail as well where an outcome of a rule is reached by no test.":
      "Échouer aussi si une issue d'une règle n'est atteinte par aucun essai.",
    "Write the rules as a page for the help desk.": "Écrire les règles en une page pour l'assistance.",
    "How the page is written.": "La forme de la page.",
    "Write the page to a file, whole or not at all.":
      "Écrire la page dans un fichier, en entier ou pas du tout.",

    // plugins
    "Find, describe and try programs that bring sources and checks.":
      "Trouver, décrire et essayer les programmes qui apportent des sources et des contrôles.",
    "List the plugins, built in and from outside, and what each brings.":
      "Énumérer les plugins, intégrés ou extérieurs, et ce que chacun apporte.",
    "A plugin that cannot be used is listed with the reason; the command then ends with 69, with 77 where it is unsafe, with 78 where two have one name.":
      "Un plugin qui ne peut pas servir est énuméré avec la raison ; la commande se termine alors par 69, par 77 s'il est peu sûr, par 78 si deux portent le même nom.",
    "Show what a plugin brings: sources, facts, checks and their parameters.":
      "Montrer ce qu'apporte un plugin : sources, faits, contrôles et leurs paramètres.",
    "Ends with 64 where there is no such plugin.": "Se termine par 64 s'il n'y a pas de tel plugin.",
    "The name of the plugin, or its file.": "Le nom du plugin, ou son fichier.",
    "Write a working plugin with a test, to start from.":
      "Écrire un plugin qui fonctionne, avec son essai, pour commencer.",
    "It is a folder of that name. What is already there is left as it is.":
      "C'est un dossier de ce nom. Ce qui est déjà là reste tel quel.",
    "Lower-case letters, digits and “-”, a letter first.":
      "Des minuscules, des chiffres et « - », une lettre d'abord.",
    "What it is written in.": "Le langage dans lequel il est écrit.",
    "Of its comments and README: fr or en; default: the locale's.":
      "De ses commentaires et de son README : fr ou en ; par défaut : celle du système.",
    "Try whether a program keeps the protocol of plugins, line by line.":
      "Vérifier, ligne par ligne, qu'un programme respecte le protocole des plugins.",
    "Ends with 0 where it does, 1 where it does not, 77 where others may write it.":
      "Se termine par 0 si c'est le cas, par 1 sinon, par 77 si d'autres peuvent l'écrire.",
    "The program.": "Le programme.",
    "How long each answer may take: 500ms, 10s, 1m.": "Le temps laissé à chaque réponse : 500ms, 10s, 1m.",

    // exit-codes
    "Print the table of exit codes, with those of the rules in use.":
      "Afficher le tableau des codes de sortie, avec ceux des règles en vigueur.",
    "How the table is written; shell gives variables.": "La forme du tableau ; shell donne des variables.",
  ]
}
