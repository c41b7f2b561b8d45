//! Words and runs that are tried first when somebody guesses passwords in France. Our own list.

/// Words that make no password, alone, repeated or with digits; longest first where one holds
/// another.
pub(super) const MOTS: &str = "
    motdepasse motdepass motpasse password passw0rd passwd passe m0tdepasse codesecret secret
    administrateur administrator administration gestionnaire delegataire formateur formatrice formation
    certification certificat session stagiaire prevention secourisme secouriste sauveteur sst prap
    forprev utilisateur identifiant connexion bienvenue welcome bonjour bonsoir coucou salut hello
    soleil chouchou doudou loulou nounou cherie cheri jetaime iloveyou amour bisous princesse princess
    marseille paris lyon toulouse bordeaux bretagne france football olympique psg
    sunshine monkey dragon master letmein trustno1 starwars superman batman pokemon naruto
    chocolat nutella caramel vanille fraise cerise orange citron
    janvier fevrier mars avril juin juillet aout septembre octobre novembre decembre
    lundi mardi mercredi jeudi vendredi samedi dimanche printemps automne hiver
    changeme changer provisoire temporaire nouveau defaut default test essai demo exemple example
    informatique ordinateur internet windows google facebook entreprise societe bureau travail
    doctolib orangefr laposte famille maison enfants maman papa vacances
    nicolas camille thomas marine julien laurent sophie nathalie isabelle christophe";

/// Runs of the keyboard and of the alphabet; longest first.
pub(super) const SUITES: &str = "
    azertyuiopqsdfghjklmwxcvbn azertyuiop azerty qsdfghjklm qsdfgh wxcvbn qwertyuiop qwertz qwerty asdfghjkl asdfgh
    zxcvbnm zxcvbn 1q2w3e4r5t 1q2w3e4r 1a2z3e4r 1qaz2wsx abcdefghijklmnopqrstuvwxyz abcdefghijklm abcdefghij
    abcdefgh abcdef abcd zyxwvut poiuytreza 1234567890 0123456789 123456789 12345678 1234567 123456 12345 1234
    987654321 54321 aaaa bbbb cccc xxxx zzzz";
