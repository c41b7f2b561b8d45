-- Keys as `doublons::cles` has computed them since: the program writes them again after this step.
DELETE FROM personne_cles;
