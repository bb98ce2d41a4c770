// SPDX-License-Identifier: Apache-2.0
//
// Goal: e-mail addresses are masked whole, also in pieces where that is certain; handles, prices
// and the sentence behind an address are left alone.
// Method: examples with the place in braces, all kinds on.
#include <criterion/criterion.h>

#include "support/finder.h"

TestSuite(identify_email, .init = sl_test_finder_init, .fini = sl_test_finder_done);

#define EXPECT(examples)                                                                           \
    sl_test_expect_marked(SL_KIND_EMAIL, examples, sizeof(examples) / sizeof(examples)[0])

Test(identify_email, look_address_masks_it) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("{per [at] rossi7 [dot] it}"),
        SL_TEST_EXAMPLE("scrivetemi a {gianni.verdi@example.it} grazie"),
        SL_TEST_EXAMPLE("{GIANNI.VERDI@EXAMPLE.IT}"),
        SL_TEST_EXAMPLE("<{gianni_verdi@example.co.uk}>"),
        SL_TEST_EXAMPLE("mailto:{info@example.it}?subject=guasto"),
        SL_TEST_EXAMPLE("la pec è {verdi.gianni85@pec.example.it}."),
        SL_TEST_EXAMPLE("mail:{g+fibra@example.com};{p@example.org}"),
        SL_TEST_EXAMPLE("'{info@example.site}'"),
        SL_TEST_EXAMPLE("a {user@xn--80ak6aa92e.com} today"),
        SL_TEST_EXAMPLE("{a@xn--d1acufc.xn--p1ai}"),
        SL_TEST_EXAMPLE("{gianni@example.it}.Grazie a tutti"),
        SL_TEST_EXAMPLE("{gianni＠example.it}"),
        SL_TEST_EXAMPLE("{gianni@example。it}"),
        SL_TEST_EXAMPLE("{gianni@exa\u200bmple.it}"),
        SL_TEST_EXAMPLE("📧{gianni@example.it}📧"),
        SL_TEST_EXAMPLE("ftp://{gianni@example.it}/file"),
        SL_TEST_EXAMPLE("{иван@example.com}"),
        SL_TEST_EXAMPLE("{gianni.verdi @ gmail.com}"),
        SL_TEST_EXAMPLE("{gianni.verdi @gmail.com}"),
        SL_TEST_EXAMPLE("{gianni.verdi@ libero.it}"),
        SL_TEST_EXAMPLE("{gianni.verdi@gmail . com} ok"),
        SL_TEST_EXAMPLE("{gianni.verdi@gmail com} ok"),
        SL_TEST_EXAMPLE("{gianni.verdi@gmail} e basta"),
        SL_TEST_EXAMPLE("scrivi a {gianni@example,it}"),
        SL_TEST_EXAMPLE("scrivi a {gianni@example\n.it}"),
        SL_TEST_EXAMPLE("la mia mail {gianni @ example.it}"),
        SL_TEST_EXAMPLE("mail {gianni@example. it}"),
    };
    EXPECT(examples);
}

Test(identify_email, look_what_is_no_address_keeps_it) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("@operatore mi rispondete?"),
        SL_TEST_EXAMPLE("grazie @operatore. it works"),
        SL_TEST_EXAMPLE("grazie@operatore. It works"),
        SL_TEST_EXAMPLE("ciao @nome.cognome come va"),
        SL_TEST_EXAMPLE("grazie @operatore.it siete bravi"),
        SL_TEST_EXAMPLE("per la mail chiedete a @operatore.it"),
        SL_TEST_EXAMPLE("prezzo @ 29 euro"),
        SL_TEST_EXAMPLE("prezzo@29.90 al mese"),
        SL_TEST_EXAMPLE("Sunday @ MCO.Keep waiting"),
        SL_TEST_EXAMPLE("Flight @12am.Today"),
        SL_TEST_EXAMPLE("foo@localhost offline"),
        SL_TEST_EXAMPLE("la mail è info@example."),
        SL_TEST_EXAMPLE("@"),
        SL_TEST_EXAMPLE("@@@ @.it .@.it"),
        SL_TEST_EXAMPLE("https://example.com/@nome.cognome"),
        SL_TEST_EXAMPLE("mappa/@45.4642,9.19,15z"),
        SL_TEST_EXAMPLE("ci vediamo @casa.mia alle 8"),
        SL_TEST_EXAMPLE("ciao@operatore_it quando?"),
        SL_TEST_EXAMPLE("pacchetto@2.0.1"),
        SL_TEST_EXAMPLE("email senza chiocciola: gianni.verdi punto it"),
        SL_TEST_EXAMPLE("RT @uno: @due e @tre.quattro"),
    };
    EXPECT(examples);
}

Test(identify_email, look_signs_spelled_out_masks_it) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("scrivimi: {gianni.verdi chiocciola example punto it}"),
        SL_TEST_EXAMPLE("{gianni punto verdi chiocciola libero punto it} grazie"),
        SL_TEST_EXAMPLE("{gianni.verdi(chiocciola)example.it}"),
        SL_TEST_EXAMPLE("{gianni.verdi [chiocciola] example [punto] it}, di sera"),
        SL_TEST_EXAMPLE("{gverdi(at)example.org}"),
        SL_TEST_EXAMPLE("{gverdi [at] example [dot] co [dot] uk}"),
        SL_TEST_EXAMPLE("{gverdi (at) example (dot) com}"),
        SL_TEST_EXAMPLE("{g.verdi<at>example.com}"),
        SL_TEST_EXAMPLE("{gverdi@example[.]it} ok"),
        SL_TEST_EXAMPLE("{gverdi @ example[.]it} ok"),
        SL_TEST_EXAMPLE("{g.verdi @ example.it} ok"),
        SL_TEST_EXAMPLE("contattatemi su {g-verdi@ example.eu} grazie"),
        SL_TEST_EXAMPLE("reach me, {anna85 at example.eu}"),
        SL_TEST_EXAMPLE("{gverdi[@]example.it} ok"),
        SL_TEST_EXAMPLE("{gverdi (@) example.it} ok"),
        SL_TEST_EXAMPLE("my mail is {gianni at example.com}, thanks"),
        SL_TEST_EXAMPLE("reach me, {gianni.verdi at gmail.com}"),
        SL_TEST_EXAMPLE("{gianni at example dot it}"),
        SL_TEST_EXAMPLE("{gverdi CHIOCCIOLA gmail} e basta"),
        SL_TEST_EXAMPLE("mail {anna trattino basso verdi chiocciola libero it}"),
        SL_TEST_EXAMPLE("{anna underscore verdi chiocciola pec punto it}"),
        SL_TEST_EXAMPLE("scrivete a {anna meno verdi @ example it}"),
        SL_TEST_EXAMPLE("{anna.verdi chiocciola\nexample.it}"),
        SL_TEST_EXAMPLE("{anna85 chiocciola posta punto example punto eu}"),
        SL_TEST_EXAMPLE("{\"anna verdi\"@example.it}"),
        SL_TEST_EXAMPLE("{a [chiocciola] example.it}"),
        SL_TEST_EXAMPLE("{io(at)example.eu}"),
        SL_TEST_EXAMPLE("{anna@posta.example[.]it} grazie"),
        SL_TEST_EXAMPLE("{ΑΒ.verdi@example.it}"),
        SL_TEST_EXAMPLE("my mail is {gianni.verdi at gmail}, thanks"),
    };
    EXPECT(examples);
}

Test(identify_email, look_signs_left_out_masks_it_by_provider) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("mi trovate come {anna.verdi su gmail}"),
        SL_TEST_EXAMPLE("scrivetemi {annaverdi gmail com}"),
        SL_TEST_EXAMPLE("{anna_verdi hotmail.it} rispondo subito"),
        SL_TEST_EXAMPLE("mail {anna85 libero it}"),
    };
    EXPECT(examples);
}

Test(identify_email, look_words_for_signs_in_speech_keeps_them) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("ho visto una chiocciola in giardino"),
        SL_TEST_EXAMPLE("la scala a chiocciola punto e basta"),
        SL_TEST_EXAMPLE("la chiocciola libero non si legge"),
        SL_TEST_EXAMPLE("ci vediamo at home"),
        SL_TEST_EXAMPLE("ore 20.30 @ cinema.it"),
        SL_TEST_EXAMPLE("see you @ work .it was nice"),
        SL_TEST_EXAMPLE("dinner @ home. it was nice"),
        SL_TEST_EXAMPLE("write to us at support, it works"),
        SL_TEST_EXAMPLE("look at gmail.com please"),
        SL_TEST_EXAMPLE("order it at example.com today"),
        SL_TEST_EXAMPLE("i got your mail, look at example.com"),
        SL_TEST_EXAMPLE("am at the office (at) work"),
        SL_TEST_EXAMPLE("problemi con gmail.com da ieri"),
        SL_TEST_EXAMPLE("la posta su gmail non arriva"),
        SL_TEST_EXAMPLE("ho libero e ho outlook"),
        SL_TEST_EXAMPLE("sono su gmail com'era prima"),
        SL_TEST_EXAMPLE("windows10 su outlook non va"),
        SL_TEST_EXAMPLE("a questo punto it is over"),
        SL_TEST_EXAMPLE("il punto com è noto resta"),
        SL_TEST_EXAMPLE("the dot com bubble at last"),
        SL_TEST_EXAMPLE("meno male, trattino e punto"),
        SL_TEST_EXAMPLE("@anna_verdi gmail.com è giù?"),
        SL_TEST_EXAMPLE("mi arriva la mail di libero"),
        SL_TEST_EXAMPLE("dot dot dot at at at"),
        SL_TEST_EXAMPLE("chiocciola"),
        SL_TEST_EXAMPLE("the people at gmail do not answer"),
    };
    EXPECT(examples);
}
