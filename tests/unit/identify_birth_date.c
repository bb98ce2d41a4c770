// SPDX-License-Identifier: Apache-2.0
//
// Goal: a date is masked where words say that somebody was born on it, in whatever way it is
// written, and every other date stays.
// Method: examples with the place in braces; all kinds are on, so a trap must not be taken for
// anything.
#include <criterion/criterion.h>

#include "support/finder.h"

TestSuite(identify_birth_date, .init = sl_test_finder_init, .fini = sl_test_finder_done);

#define EXPECT(examples)                                                                           \
    sl_test_expect_marked(SL_KIND_BIRTH_DATE, examples, sizeof(examples) / sizeof(examples)[0])

Test(identify_birth_date, look_date_behind_its_field_masks_it) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("data di nascita: {14/09/1971}"),
        SL_TEST_EXAMPLE("Data Nascita {14.9.71}"),
        SL_TEST_EXAMPLE("data di nascita {14-09-1971} e codice sotto"),
        SL_TEST_EXAMPLE("data di nascita di mia madre {14/9/1941}"),
        SL_TEST_EXAMPLE("data di nascita dell'intestatario: {14 settembre 1971}"),
        SL_TEST_EXAMPLE("d.d.n. {14/09/71}"),
        SL_TEST_EXAMPLE("ddn {14091971}"),
        SL_TEST_EXAMPLE("nascita {140971}"),
        SL_TEST_EXAMPLE("anno di nascita {1971}"),
        SL_TEST_EXAMPLE("DOB: {1971-09-14}"),
        SL_TEST_EXAMPLE("dob {19710914}"),
        SL_TEST_EXAMPLE("date of birth is {September 14, 1971}"),
        SL_TEST_EXAMPLE("my date of birth: {14th of September 1971}"),
        SL_TEST_EXAMPLE("birthdate {09/14/1971}"),
    };
    EXPECT(examples);
}

Test(identify_birth_date, look_date_behind_born_masks_it) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("sono nato il {3/11/1966}"),
        SL_TEST_EXAMPLE("nata a Reggio Calabria il {3 novembre 1966}"),
        SL_TEST_EXAMPLE("nata a Reggio Calabria (RC) il {3.11.66}"),
        SL_TEST_EXAMPLE("nato/a il {03-11-1966}"),
        SL_TEST_EXAMPLE("nato a Bari, {03/11/1966}"),
        SL_TEST_EXAMPLE("mio padre è nato nel {1938} e non ha telefono"),
        SL_TEST_EXAMPLE("nata nel {novembre del 1966}"),
        SL_TEST_EXAMPLE("nata nel '{66}, ancora in attesa"),
        SL_TEST_EXAMPLE("nato il {3nov1966}"),
        SL_TEST_EXAMPLE("nato il {1° novembre 1966}"),
        SL_TEST_EXAMPLE("nato il {primo novembre 1966}"),
        SL_TEST_EXAMPLE("nato lunedì {3 novembre 1966}"),
        SL_TEST_EXAMPLE("nato il {03 11 66}"),
        SL_TEST_EXAMPLE("nato l'{8/11/1966}"),
        SL_TEST_EXAMPLE("nato il {8 novembre}, stesso giorno del re"),
        SL_TEST_EXAMPLE("ho un problema: sono nato il {3/11/1966} e il sito dice minorenne"),
        SL_TEST_EXAMPLE("I was born on {3 November 1966}"),
        SL_TEST_EXAMPLE("born in {1966}, still waiting"),
        SL_TEST_EXAMPLE("born {11/03/1966}"),
    };
    EXPECT(examples);
}

Test(identify_birth_date, look_birthday_and_year_mask_what_they_name) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("il mio compleanno è il {22 luglio}"),
        SL_TEST_EXAMPLE("compleanno di mia figlia il {22/7/2009}"),
        SL_TEST_EXAMPLE("compio gli anni il {22 luglio}"),
        SL_TEST_EXAMPLE("my birthday is {July 22nd}"),
        SL_TEST_EXAMPLE("classe {1958}, cliente da sempre"),
        SL_TEST_EXAMPLE("classe '{58} e ancora qui"),
        SL_TEST_EXAMPLE("sono del {1958}, nato a Bari"),
        SL_TEST_EXAMPLE("Buongiorno, sono del {1958} e non capisco il menu"),
        SL_TEST_EXAMPLE("mia madre è del {1938}, abbiate pazienza"),
    };
    EXPECT(examples);
}

Test(identify_birth_date, look_other_dates_leaves_them) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("contratto del 14 settembre 2023"),
        SL_TEST_EXAMPLE("guasto dal 14/09/2024"),
        SL_TEST_EXAMPLE("fattura 14.09.2024 mai arrivata"),
        SL_TEST_EXAMPLE("è nato un problema 3 giorni fa"),
        SL_TEST_EXAMPLE("il problema è nato il 14/09/2024"),
        SL_TEST_EXAMPLE("il guasto è nato il 3 novembre"),
        SL_TEST_EXAMPLE("azienda nata nel 1994"),
        SL_TEST_EXAMPLE("nato 21 giorni fa"),
        SL_TEST_EXAMPLE("nati con 60 mega"),
        SL_TEST_EXAMPLE("nati a Roma 15 nuovi negozi"),
        SL_TEST_EXAMPLE("nata così la 2a versione"),
        SL_TEST_EXAMPLE("le date di nascita :3"),
        SL_TEST_EXAMPLE("data di nascita richiesta 2 volte"),
        SL_TEST_EXAMPLE("data di nascita sbagliata, chiamato 3 volte"),
        SL_TEST_EXAMPLE("buon compleanno! offerta fino al 30/6"),
        SL_TEST_EXAMPLE("compleanno rovinato, 4 ore senza rete"),
        SL_TEST_EXAMPLE("compleanno alle 18:00"),
        SL_TEST_EXAMPLE("happy birthday 5 times"),
        SL_TEST_EXAMPLE("classe 5 di velocità"),
        SL_TEST_EXAMPLE("in classe 25 alunni senza wifi"),
        SL_TEST_EXAMPLE("prima classe 1990 lire"),
        SL_TEST_EXAMPLE("le bollette sono del 2009"),
        SL_TEST_EXAMPLE("i dati sono del 2009 ormai"),
        SL_TEST_EXAMPLE("sono del 20% più cari"),
        SL_TEST_EXAMPLE("edizione del 1958"),
        SL_TEST_EXAMPLE("uomo del 1962"),
        SL_TEST_EXAMPLE("born in the 80s"),
        SL_TEST_EXAMPLE("born to 2 parents"),
        SL_TEST_EXAMPLE("order of 14 September 2023"),
        SL_TEST_EXAMPLE("nascita 99/99/1971"),
        SL_TEST_EXAMPLE("nato il 45/13"),
        SL_TEST_EXAMPLE("nascita 12345"),
        SL_TEST_EXAMPLE("l'app è nata il 3/11/2021"),
        SL_TEST_EXAMPLE("the company was born in 1994"),
        SL_TEST_EXAMPLE("sono del parere che 1985 fosse meglio"),
        SL_TEST_EXAMPLE("appuntamento il 22 luglio"),
        SL_TEST_EXAMPLE("dal 3 novembre 1966 non si vedeva una cosa così"),
        SL_TEST_EXAMPLE("classe A++ 2020"),
        SL_TEST_EXAMPLE("data di nascita: [BIRTH_DATE] scaduta il 12/05/2023"),
        SL_TEST_EXAMPLE("nato il [BIRTH_DATE], patente del 12/05/2003"),
        SL_TEST_EXAMPLE("buon compleanno! 22 luglio, la festa della radio"),
        SL_TEST_EXAMPLE("happy birthday 22 July to the whole team"),
    };
    EXPECT(examples);
}
