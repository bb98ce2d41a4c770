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
