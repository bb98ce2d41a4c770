// SPDX-License-Identifier: Apache-2.0
//
// Goal: every member of a closed vocabulary has a word of its own, and the words that others rely
// on are those.
// Method: all words of each vocabulary in order, written out.
#include <criterion/criterion.h>
#include <sluice/words.h>
#include <string.h>

#define EXPECT_WORDS(word_of, members, expected)                                                   \
    do {                                                                                           \
        char found[512] = "";                                                                      \
        for (unsigned i = 0; i < (members); i++) {                                                 \
            strcat(strcat(found, i > 0 ? " " : ""), word_of(i));                                   \
        }                                                                                          \
        cr_assert_str_eq(found, expected);                                                         \
    } while (0)

Test(words, vocabularies_are_those_that_items_hold) {
    EXPECT_WORDS(sl_label_word, SL_LABELS_COUNT, "editorial care thanks noise");
    EXPECT_WORDS(sl_line_word, SL_LINES_COUNT, "unknown mobile fixed");
    EXPECT_WORDS(sl_kind_word, SL_KINDS_COUNT,
                 "iban crypto_wallet fiscal_code card email url_token iccid imei imsi vat_number "
                 "migration_code card_secret puk_pin password identity_card passport "
                 "driving_licence plate mac ip birth_date phone customer_code address");
    EXPECT_WORDS(sl_action_word, SL_ACTIONS_COUNT, "courtesy remove ban_review survey");
    EXPECT_WORDS(sl_critical_word, SL_CRITICALS_COUNT, "detractor spammer influencer exploitation");
}
