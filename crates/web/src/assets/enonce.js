// Checks what the code of a certificate says by itself: the statement behind the # of the address, with the
// published keys, in the browser. Its bytes: docs/certificat.md. The words are in the page.
(() => {
  "use strict";
  const zone = document.getElementById("enonce");
  if (!zone) return;
  // Fetched once: afterwards this page checks without a network.
  let publiees;
  const montrer = (issue, enonce = {}) => {
    const texte = zone.querySelector(`template[data-issue="${issue}"]`).content.cloneNode(true);
    for (const lieu of texte.querySelectorAll("[data-champ]")) {
      const valeur = enonce[lieu.dataset.champ];
      if (!valeur) lieu.closest("p, div").remove();
      else if (valeur !== true) lieu.textContent = valeur;
    }
    zone.append(texte);
  };
  const simple = (numero) => numero.toUpperCase().replace(/[^0-9A-Z]/g, "")
    .replace(/O/g, "0").replace(/[IL]/g, "1").replace(/U/g, "V");
  const octets = (base64url) =>
    Uint8Array.from(atob(base64url.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));

  const lire = (message) => {
    const vue = new DataView(message.buffer, message.byteOffset, message.byteLength);
    const jour = (rang) => {
      const n = vue.getUint16(rang);
      if (n === 0xffff) return null;
      const date = new Date(Date.UTC(2000, 0, 1 + n));
      const forme = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
      const mots = date.toLocaleDateString(document.documentElement.lang === "en" ? "en-GB" : "fr", forme);
      return mots.replace(/^1 (?=[a-zéû])/, "1er ").replace(/ /g, "\u00a0");
    };
    let rang = 12;
    const texte = () => {
      const fin = rang + 1 + message[rang];
      if (!(fin <= message.length)) throw new RangeError();
      const lu = new TextDecoder("utf-8", { fatal: true }).decode(message.subarray(rang + 1, fin));
      rang = fin;
      return lu;
    };
    const cle = Array.from(message.subarray(2, 6), (o) => o.toString(16).padStart(2, "0")).join("");
    const lu = { specimen: message[1] === 1, delivre: jour(8), fin: jour(10) };
    const [numero, prenom, nom, usage] = [texte(), texte(), texte(), texte()];
    if (message[0] !== 1 || message[1] > 1 || rang !== message.length) throw new RangeError();
    return { ...lu, cle, numero, titulaire: `${prenom} ${nom.toUpperCase()}`, usage: usage.toUpperCase() };
  };

  const verifier = async () => {
    const lettres = location.hash.slice(1);
    for (const dit of zone.querySelectorAll(":scope > :not(template, noscript)")) dit.remove();
    if (lettres.length < 100) return;
    publiees ??= fetch(zone.dataset.cles).then((reponse) => reponse.json()).catch(() => (publiees = null));
    for (const lien of document.querySelectorAll("a[hreflang]")) lien.hash = location.hash;
    let message, signature, enonce;
    try {
      const tout = octets(lettres);
      [message, signature] = [tout.subarray(0, -64), tout.subarray(-64)];
      enonce = lire(message);
    } catch {
      return montrer("faux");
    }
    try {
      let vrai = false;
      for (const { kty, crv, x } of (await publiees).keys.filter((publiee) => publiee.kid === enonce.cle)) {
        const cle = await crypto.subtle.importKey("jwk", { kty, crv, x }, { name: "Ed25519" }, false, ["verify"]);
        vrai ||= await crypto.subtle.verify({ name: "Ed25519" }, cle, signature, message);
      }
      if (lettres !== location.hash.slice(1)) return;
      if (!vrai || simple(enonce.numero) !== simple(zone.dataset.numero)) return montrer("faux");
    } catch {
      return montrer("impossible");
    }
    montrer("vrai", { ...enonce, sans_fin: !enonce.fin });
  };
  addEventListener("hashchange", verifier);
  verifier();
})();
