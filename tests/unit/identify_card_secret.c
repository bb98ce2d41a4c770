// SPDX-License-Identifier: Apache-2.0
//
// Goal: security codes and expiry dates of cards are masked behind their names and behind a card
// number, and due dates of bills and offers stay.
// Method: examples with the place in braces; all kinds are on, so a trap must not be taken for
// anything. The numbers are invented.
#include <criterion/criterion.h>
#include <string.h>

#include "support/finder.h"

TestSuite(identify_card_secret, .init = sl_test_finder_init, .fini = sl_test_finder_done);

#define EXPECT(kind, examples)                                                                     \
    sl_test_expect_marked(kind, examples, sizeof(examples) / sizeof(examples)[0])

Test(identify_card_secret, look_security_code_behind_its_name_masks_it) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("cvv {417} della carta"),
        SL_TEST_EXAMPLE("CVV2: {417}"),
        SL_TEST_EXAMPLE("CVC: {4417} amex"),
        SL_TEST_EXAMPLE("il cvv è {417}"),
        SL_TEST_EXAMPLE("cvv della mia carta di credito {417}"),
        SL_TEST_EXAMPLE("codice di sicurezza della carta: {417}"),
        SL_TEST_EXAMPLE("codice sicurezza {417}"),
        SL_TEST_EXAMPLE("{417} è il cvv"),
        SL_TEST_EXAMPLE("({417} cvc)"),
        SL_TEST_EXAMPLE("security code {417} on my visa"),
        SL_TEST_EXAMPLE("tre cifre sul retro {417}"),
        SL_TEST_EXAMPLE("cvv. {417}"),
        SL_TEST_EXAMPLE("cvv {4-1 7}"),
        SL_TEST_EXAMPLE("cvc: {quattro, uno, sette}"),
    };
    EXPECT(SL_KIND_CARD_SECRET, examples);
}

Test(identify_card_secret, look_expiry_of_a_card_masks_it) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("scadenza carta {11/28}"),
        SL_TEST_EXAMPLE("carta scad. {11/28}"),
        SL_TEST_EXAMPLE("exp {11/2028}"),
        SL_TEST_EXAMPLE("expiry date: {11-28}"),
        SL_TEST_EXAMPLE("valida fino al {11-28} la mia mastercard"),
        SL_TEST_EXAMPLE("valid thru {11/28}"),
        SL_TEST_EXAMPLE("scadenza {11/28}"),
        SL_TEST_EXAMPLE("la mia postepay scade il {11/2028}"),
        SL_TEST_EXAMPLE("scadenza: {11 / 28}, cvv: {417}"),
        SL_TEST_EXAMPLE("my card expires {11/28}"),
    };
    EXPECT(SL_KIND_CARD_SECRET, examples);
}

// The number is of one kind and what follows of another; the first is named here.
Test(identify_card_secret, look_parts_behind_a_card_number_masks_them) {
    static const char *const texts[] = {
        "4548 9123 4567 8905 11/28 417",
        "4548912345678905 11/28 417",
        "4548912345678905|11|28|417",
        "5200 8282 8282 8210 11/2028 417",
        "carta 5200828282828210 scad 11/28 cvv 417",
        "4548-9123-4567-8905 11/2028",
        "CARTA4548912345678905exp11/28",
    };
    static const uint32_t expected[] = {3, 3, 3, 3, 3, 2, 2};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct sl_mask spans[SL_TEST_SPANS_MAX];
        uint32_t count = sl_test_find(sl_test_finder(), texts[i], strlen(texts[i]), spans);
        cr_expect_eq(count, expected[i], "text %zu", i);
        cr_expect_eq(spans[0].kind, SL_KIND_CARD, "text %zu", i);
        for (uint32_t span = 1; span < count; span++) {
            cr_expect_eq(spans[span].kind, SL_KIND_CARD_SECRET, "text %zu", i);
        }
    }
}

Test(identify_card_secret, look_other_dates_and_codes_leaves_them) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("fattura in scadenza 12/05"),
        SL_TEST_EXAMPLE("bolletta scadenza 15/04/2026"),
        SL_TEST_EXAMPLE("offerta in scadenza 12/26"),
        SL_TEST_EXAMPLE("il contratto scade 11/2028"),
        SL_TEST_EXAMPLE("promo valida fino al 31/12"),
        SL_TEST_EXAMPLE("promo valida fino al 12/28"),
        SL_TEST_EXAMPLE("scadenza 28/11"),
        SL_TEST_EXAMPLE("la garanzia scade il 05/2027"),
        SL_TEST_EXAMPLE("carta d'identità scadenza 05/2027"),
        SL_TEST_EXAMPLE("cvv non richiesto 3 volte"),
        SL_TEST_EXAMPLE("cvv di 3 cifre"),
        SL_TEST_EXAMPLE("codice di sicurezza in 120 secondi"),
        SL_TEST_EXAMPLE("cvc rimborso 120 euro"),
        SL_TEST_EXAMPLE("exp 3 years in telecom"),
        SL_TEST_EXAMPLE("expires at midnight on 5/31/25"),
        SL_TEST_EXAMPLE("il 417 è in ritardo"),
        SL_TEST_EXAMPLE("scade tra 10 giorni"),
        SL_TEST_EXAMPLE("expired 24/7 support plan"),
        SL_TEST_EXAMPLE("cvv [CARD_SECRET]"),
        SL_TEST_EXAMPLE("scadenza alle 11:28"),
        SL_TEST_EXAMPLE("cvv 417.50 addebitati"),
        SL_TEST_EXAMPLE("codice sconto valido fino al 11/28"),
    };
    EXPECT(SL_KIND_CARD_SECRET, examples);
}
